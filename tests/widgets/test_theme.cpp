// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/interface_font.h"
#include "widgets/theme/run_state_style.h"
#include "widgets/theme/style_sheet.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace lens;

class TestTheme : public QObject {
    Q_OBJECT
private slots:
    void contrastKnowsPublishedValues()
    {
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        // #767676 is the lightest grey that passes on white (WCAG technique G18 example).
        QVERIFY(std::abs(contrastRatio(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.005);
    }

    void textIsReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void textIsReadable()
    {
        QFETCH(bool, dark);
        const Theme theme = dark ? darkTheme() : lightTheme();
        const std::pair<const char*, QColor> grounds[] = {{"background", theme.background},
                                                          {"panel", theme.panel},
                                                          {"field", theme.field},
                                                          {"selection", theme.selection},
                                                          {"hover", theme.hover}};
        const std::pair<const char*, QColor> texts[] = {
            {"text", theme.text}, {"muted", theme.muted}, {"good", theme.good}, {"failure", theme.failure}};
        for (const auto& [groundName, ground] : grounds) {
            for (const auto& [textName, text] : texts) {
                const double ratio = contrastRatio(text, ground);
                // Muted on a hovered or selected row and coloured words there are never the only copy of a
                // text.
                const bool strong = ground == theme.panel || ground == theme.background || text == theme.text;
                QVERIFY2(ratio >= (strong ? 4.5 : 4.2),
                         qPrintable(QStringLiteral("%1 on %2: %3").arg(textName, groundName).arg(ratio)));
            }
        }
        QVERIFY(contrastRatio(theme.onAccent, theme.accent) >= 4.5);
        QVERIFY(contrastRatio(theme.accent, theme.panel) >= 4.5);
        QVERIFY(contrastRatio(theme.attention, theme.panel) >= 4.5);
    }

    void styleSheetNamesEveryColour()
    {
        for (const Theme& theme : {lightTheme(), darkTheme()}) {
            const QString sheet = themeStyleSheet(theme);
            QVERIFY(!sheet.contains(QRegularExpression(QStringLiteral("\\{[a-zA-Z]+\\}"))));
            QVERIFY(sheet.contains(theme.accent.name()));
        }
    }

    void everyStateHasWordColourAndShape()
    {
        QSet<QString> words;
        for (int i = 0; i <= static_cast<int>(RunState::Interrupted); ++i) {
            const auto state = static_cast<RunState>(i);
            QVERIFY(!stateText(state).isEmpty());
            words.insert(stateText(state));
            QVERIFY(stateColour(lightTheme(), state).isValid());
        }
        QCOMPARE(words.size(), static_cast<int>(RunState::Interrupted) + 1);
    }

    void figuresAreEquallyWide()
    {
        for (const char* family : {"Inter", "DejaVu Sans", "Noto Sans CJK SC"}) {
            QFont font(family);
            font.setPixelSize(18);
            const QFontMetricsF metrics(font);
            QCOMPARE(figuresWidth(metrics, "1,111"), figuresWidth(metrics, "8,888"));
            QVERIFY(figuresWidth(metrics, "step 12") > figuresWidth(metrics, "step 1"));
        }
    }

    // The ink of what follows the number stays where it is.
    void drawnFiguresDoNotMoveWhatFollows()
    {
        QFont font(QStringLiteral("Inter"));
        font.setPixelSize(18);
        const auto lastInk = [&font](const QString& text) {
            QImage image(200, 30, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setFont(font);
            drawFigures(painter, image.rect(), Qt::AlignLeft, text);
            painter.end();
            for (int x = image.width() - 1; x >= 0; --x) {
                for (int y = 0; y < image.height(); ++y) {
                    if (qGray(image.pixel(x, y)) < 128) {
                        return x;
                    }
                }
            }
            return -1;
        };
        QVERIFY(lastInk("111 GiB") > 0);
        QCOMPARE(lastInk("111 GiB"), lastInk("408 GiB"));
    }

    void elidedFiguresFit()
    {
        QFont font(QStringLiteral("Inter"));
        font.setPixelSize(13);
        const QFontMetricsF metrics(font);
        const QString text = QStringLiteral("SmolLM2-135M · step 1,740 of 3,000");
        QCOMPARE(elidedFigures(metrics, text, 1000), text);
        const QString shorter = elidedFigures(metrics, text, 120);
        QVERIFY(shorter.endsWith(QChar(0x2026)));
        QVERIFY(figuresWidth(metrics, shorter) <= 120);
    }

    void applyingSetsPaletteAndSheet()
    {
        applyTheme(*qApp, darkTheme());
        QCOMPARE(qApp->palette().color(QPalette::Window), darkTheme().background);
        applyTheme(*qApp, lightTheme());
        QCOMPARE(qApp->palette().color(QPalette::Window), lightTheme().background);
        QCOMPARE(QApplication::font().pixelSize(), 13);
        QVERIFY(QFile::exists(QStringLiteral(":/lens/theme/chevron-down.png")));
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
