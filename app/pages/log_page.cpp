// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/log_page.h"

#include "core/run/run_paths.h"
#include "widgets/theme/format.h"
#include "widgets/theme/interface_font.h"
#include "widgets/theme/themed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr int kMostLines = 50000; // older ones leave the view, not the file
constexpr int kMostMarks = 2000;
constexpr int kLogPixels = 12;

} // namespace

LogPage::LogPage(WorkerThread& files, QWidget* parent) : QWidget(parent), m_files(files)
{
    setObjectName(QStringLiteral("logPage"));
    createLayout();
}

LogPage::~LogPage()
{
    if (m_follower)
        m_follower->deleteLater();
}

void LogPage::createLayout()
{
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("logSearch"));
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(tr("Search the log"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &LogPage::markMatches);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { search(false); });
    m_matches = new QLabel(this);
    setRole(*m_matches, "small");
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_search, 1);
    head->addWidget(m_matches);
    for (const bool backward : {true, false}) {
        auto* button = new QToolButton(this);
        button->setText(backward ? tr("Previous") : tr("Next"));
        connect(button, &QToolButton::clicked, this, [this, backward] { search(backward); });
        head->addWidget(button);
    }
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("logText"));
    m_text->setAccessibleName(tr("Output of the engine"));
    m_text->setReadOnly(true);
    m_text->setFont(monospaceFont(kLogPixels));
    m_text->setMaximumBlockCount(kMostLines);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setPlaceholderText(
        tr("The engine has not written anything yet. Its output appears here as it runs."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_text, 1);
}

void LogPage::showRun(const QString& runFolder)
{
    if (m_follower) {
        m_follower->disconnect(this);
        m_follower->deleteLater();
        m_follower = nullptr;
    }
    m_text->clear();
    if (runFolder.isEmpty())
        return;
    m_follower = new LogFollower(QString::fromStdString(RunPaths{runFolder.toStdString()}.log().string()));
    connect(m_follower, &LogFollower::restarted, this, &LogPage::restart);
    connect(m_follower, &LogFollower::textRead, this, &LogPage::append);
    m_files.adopt(m_follower);
    setFollowing(isVisible());
}

void LogPage::setFollowing(bool following)
{
    if (m_follower)
        QMetaObject::invokeMethod(m_follower,
                                  [follower = m_follower, following] { follower->setFollowing(following); });
}

void LogPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    setFollowing(true);
}

void LogPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    setFollowing(false);
}

void LogPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void LogPage::restart(bool cutAtStart)
{
    m_text->clear();
    if (cutAtStart)
        m_text->appendPlainText(tr("(older lines are in the file only)"));
}

void LogPage::append(const QString& text)
{
    QScrollBar* bar = m_text->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 2;
    const int place = bar->value();
    QString lines = text;
    if (lines.endsWith(QLatin1Char('\n')))
        lines.chop(1);
    m_text->appendPlainText(lines);
    bar->setValue(atEnd ? bar->maximum() : place);
    if (!m_search->text().isEmpty())
        markMatches();
}

void LogPage::search(bool backward)
{
    const QString words = m_search->text();
    const QTextDocument::FindFlags flags =
        backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (words.isEmpty() || m_text->find(words, flags))
        return;
    // Around the end.
    QTextCursor cursor = m_text->textCursor();
    cursor.movePosition(backward ? QTextCursor::End : QTextCursor::Start);
    m_text->setTextCursor(cursor);
    m_text->find(words, flags);
}

void LogPage::markMatches()
{
    const QString words = m_search->text();
    QList<QTextEdit::ExtraSelection> marks;
    QTextCursor cursor(m_text->document());
    while (!words.isEmpty() && marks.size() < kMostMarks) {
        cursor = m_text->document()->find(words, cursor);
        if (cursor.isNull())
            break;
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursor;
        mark.format.setBackground(palette().color(QPalette::Highlight));
        mark.format.setForeground(palette().color(QPalette::HighlightedText));
        marks << mark;
    }
    m_text->setExtraSelections(marks);
    if (words.isEmpty())
        return m_matches->clear();
    m_matches->setText(marks.size() < kMostMarks ? tr("%1 found").arg(formatCount(marks.size()))
                                                 : tr("more than %1 found").arg(formatCount(kMostMarks)));
}

} // namespace lens
