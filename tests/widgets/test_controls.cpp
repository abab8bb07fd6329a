// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/collapsible_pane.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/empty_state.h"
#include "widgets/controls/event_list_view.h"
#include "widgets/controls/field_row.h"
#include "widgets/controls/finding_card.h"
#include "widgets/controls/key_figure.h"
#include "widgets/controls/log_view.h"
#include "widgets/controls/message_bar.h"
#include "widgets/controls/run_list_delegate.h"
#include "widgets/controls/segmented.h"
#include "widgets/controls/state_chip.h"
#include "widgets/models/run_list_model.h"
#include "widgets/plots/sparkline.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

using namespace lens;

class TestControls : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, lightTheme()); }

    void chipSaysItsState()
    {
        StateChip chip(lightTheme());
        chip.setState(RunState::Failed);
        QCOMPARE(chip.accessibleName(), QStringLiteral("State: Failed"));
        QVERIFY(!chip.grab().isNull());
    }

    void unknownFigureIsADash()
    {
        KeyFigure figure(QStringLiteral("tokens/s"));
        QCOMPARE(figure.value(), QStringLiteral("–"));
        figure.setValue(QStringLiteral("412"));
        QCOMPARE(figure.accessibleName(), QStringLiteral("tokens/s: 412"));
    }

    void longTextIsElidedAndKeptInTheTip()
    {
        ElidedLabel label(QStringLiteral("SmolLM2-135M · LoRA r 16 α 32 · alpaca-clean"));
        label.resize(80, 20);
        label.grab();
        QCOMPARE(label.toolTip(), label.fullText());
        label.resize(900, 20);
        label.grab();
        QVERIFY(label.toolTip().isEmpty());
    }

    void fieldShowsErrorInPlaceOfNote()
    {
        auto* editor = new QLineEdit;
        FieldRow row(QStringLiteral("Learning rate"), editor);
        row.setNote(QStringLiteral("peak, after warm-up"));
        row.setError(QStringLiteral("0.02 is above 0.01"));
        QVERIFY(editor->property("invalid").toBool());
        QCOMPARE(editor->accessibleDescription(), QStringLiteral("0.02 is above 0.01"));
        row.setError({});
        QVERIFY(!editor->property("invalid").toBool());
        QCOMPARE(editor->accessibleDescription(), QStringLiteral("peak, after warm-up"));
        QCOMPARE(editor->accessibleName(), QStringLiteral("Learning rate"));
    }

    void messageBarActsAndLeaves()
    {
        MessageBar bar(lightTheme());
        QVERIFY(bar.isHidden());
        bar.showMessage(MessageBar::Kind::Failure, QStringLiteral("The disk is full."),
                        QStringLiteral("Open folder"));
        QVERIFY(!bar.isHidden());
        const QSignalSpy acted(&bar, &MessageBar::actionRequested);
        const QSignalSpy dismissed(&bar, &MessageBar::dismissed);
        bar.findChild<QPushButton*>("messageAction")->click();
        QCOMPARE(acted.count(), 1);
        bar.findChild<QToolButton*>("messageDismiss")->click();
        QCOMPARE(dismissed.count(), 1);
        QVERIFY(bar.isHidden());
    }

    void emptyStateOffersItsAction()
    {
        EmptyState state(QStringLiteral("No runs yet"), QStringLiteral("Runs you start appear here."));
        auto* button = state.findChild<QPushButton*>("emptyAction");
        QVERIFY(button->isHidden());
        state.setAction(QStringLiteral("Start the demo"));
        const QSignalSpy acted(&state, &EmptyState::actionRequested);
        button->click();
        QCOMPARE(acted.count(), 1);
    }

    void segmentedHasOneChoice()
    {
        Segmented segmented({"Step", "Time", "Tokens"});
        QCOMPARE(segmented.current(), 0);
        const QSignalSpy changed(&segmented, &Segmented::currentChanged);
        segmented.setCurrent(2);
        QCOMPARE(segmented.current(), 2);
        QCOMPARE(changed.count(), 0);
        segmented.findChildren<QToolButton*>().at(1)->click();
        QCOMPARE(changed.count(), 1);
        QCOMPARE(segmented.current(), 1);
    }

    void paneFolds()
    {
        CollapsiblePane pane(QStringLiteral("Advanced"));
        auto* inside = new QLabel(QStringLiteral("inside"));
        pane.body()->addWidget(inside);
        pane.show();
        QVERIFY(inside->isVisible());
        pane.findChild<QToolButton*>("collapsibleHead")->click();
        QVERIFY(pane.isCollapsed());
        QVERIFY(!inside->isVisible());
    }

    void findingGoesToItsStep()
    {
        FindingCard card(lightTheme());
        FindingRow finding;
        finding.title = QStringLiteral("Loss spike");
        finding.step = 1182;
        finding.firstStep = 1176;
        card.setFinding(finding);
        const QSignalSpy wanted(&card, &FindingCard::stepRequested);
        card.resize(280, 80);
        card.show();
        QTest::keyClick(&card, Qt::Key_Return);
        QTest::mouseClick(&card, Qt::LeftButton);
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(wanted.first().first().toULongLong(), 1176ull);
    }

    void libraryRowsHaveOneHeight()
    {
        RunListModel model;
        RunRow longRow;
        longRow.id = "a";
        longRow.name = QString(200, u'x');
        longRow.reason = QString(200, u'y');
        longRow.state = RunState::Failed;
        longRow.sparkline = {1.0f, 0.5f, 0.2f};
        RunRow bare;
        bare.id = "b";
        model.apply({longRow, bare});
        QListView view;
        RunListDelegate delegate(lightTheme());
        view.setItemDelegate(&delegate);
        view.setModel(&model);
        view.resize(260, 300);
        view.grab();
        QCOMPARE(view.visualRect(model.index(0, 0)).height(), view.visualRect(model.index(1, 0)).height());
    }

    void logFollowsUntilScrolledUp()
    {
        LogView log;
        log.resize(400, 200);
        log.show();
        log.appendText(QStringLiteral("one\ntwo\nthr"));
        QCOMPARE(log.lineCount(), 2);
        log.appendText(QStringLiteral("ee\r\n"));
        QCOMPARE(log.lineCount(), 3);
        QCOMPARE(log.textView()->toPlainText(), QStringLiteral("one\ntwo\nthree"));
        QString many;
        for (int i = 0; i < 500; ++i) {
            many += QStringLiteral("line %1\n").arg(i);
        }
        log.appendText(many);
        QScrollBar* bar = log.textView()->verticalScrollBar();
        QCOMPARE(bar->value(), bar->maximum());
        const QSignalSpy changed(&log, &LogView::followingChanged);
        bar->setValue(0);
        QVERIFY(!log.isFollowing());
        log.appendText(many);
        QCOMPARE(bar->value(), 0);
        bar->setValue(bar->maximum());
        QVERIFY(log.isFollowing());
        QCOMPARE(changed.count(), 2);
    }

    void logForgetsItsOldestLines()
    {
        LogView log;
        QString many;
        for (int i = 0; i < LogView::kMaximumLines + 1000; ++i) {
            many += QStringLiteral("line %1\n").arg(i);
        }
        log.appendText(many);
        QCOMPARE(log.lineCount(), LogView::kMaximumLines);
        QVERIFY(log.textView()->document()->lastBlock().text().endsWith(
            QString::number(LogView::kMaximumLines + 999)));
    }

    void logIsSearched()
    {
        LogView log;
        log.appendText(QStringLiteral("alpha\nbeta\nalpha two\n"));
        auto* search = log.findChild<QLineEdit*>("logSearch");
        log.textView()->moveCursor(QTextCursor::Start);
        search->setText(QStringLiteral("alpha"));
        log.findNext();
        QCOMPARE(log.textView()->textCursor().blockNumber(), 0);
        log.findNext();
        QCOMPARE(log.textView()->textCursor().blockNumber(), 2);
        log.findNext(); // round again
        QCOMPARE(log.textView()->textCursor().blockNumber(), 0);
        log.findPrevious();
        QCOMPARE(log.textView()->textCursor().blockNumber(), 2);
    }

    void sparklineTakesWhatComes()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QImage image(64, 20, QImage::Format_RGB32);
        const auto ink = [&image](const QList<float>& values) {
            image.fill(Qt::white);
            QPainter painter(&image);
            paintSparkline(painter, QRectF(1, 2, 62, 16), values, Qt::black);
            painter.end();
            int count = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    count += qGray(image.pixel(x, y)) < 128;
                }
            }
            return count;
        };
        QCOMPARE(ink({}), 0);
        QCOMPARE(ink({1}), 0);
        QCOMPARE(ink({nan, nan, nan}), 0);
        QVERIFY(ink({1, 1, 1}) > 40); // flat, not divided by zero
        QVERIFY(ink({3, 2, 1, 1}) > 40);
        const int whole = ink({2, 2, 2, 2, 2});
        QVERIFY(ink({2, 2, nan, 2, 2}) < whole);
    }
};

QTEST_MAIN(TestControls)
#include "test_controls.moc"
