// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/interface_font.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace lens {

namespace {

// Without a desktop Qt answers with fontconfig's generic name.
bool isGenericFamily(const QString& family)
{
    static const QStringList names = {"Sans Serif", "Sans", "sans-serif", "sans", ""};
    return names.contains(family);
}

QString interfaceFamily()
{
    const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    if (!isGenericFamily(system)) {
        return system;
    }
    for (const char* name : {"Inter", "Noto Sans", "Cantarell", "Ubuntu", "Open Sans"}) {
        if (QFontDatabase::hasFamily(name)) {
            return name;
        }
    }
    return system;
}

void askForTabularFigures(QFont& font)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#else
    Q_UNUSED(font)
#endif
}

double widestDigit(const QFontMetricsF& metrics)
{
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    }
    return widest;
}

bool isFigure(QChar character)
{
    return character >= u'0' && character <= u'9';
}

// Length of the run of non-figures that starts at `from`.
qsizetype plainRun(const QString& text, qsizetype from)
{
    qsizetype end = from;
    while (end < text.size() && !isFigure(text[end])) {
        ++end;
    }
    return end - from;
}

double startOf(const QRectF& area, Qt::Alignment alignment, double width)
{
    if (alignment & Qt::AlignRight) {
        return area.right() - width;
    }
    return alignment & Qt::AlignHCenter ? area.center().x() - width / 2 : area.left();
}

} // namespace

QFont interfaceFont(int pixelSize, QFont::Weight weight)
{
    QFont font(interfaceFamily());
    font.setPixelSize(pixelSize);
    font.setWeight(weight);
    askForTabularFigures(font);
    return font;
}

QFont monospaceFont(int pixelSize)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(pixelSize);
    return font;
}

bool hasTabularFigures(const QFont& font)
{
    const QFontMetricsF metrics(font);
    const double first = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        if (std::abs(metrics.horizontalAdvance(QChar(digit)) - first) > 0.01) {
            return false;
        }
    }
    return true;
}

double figuresWidth(const QFontMetricsF& metrics, const QString& text)
{
    const double cell = widestDigit(metrics);
    double width = 0;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype plain = plainRun(text, i);
        width += plain == 0 ? cell : metrics.horizontalAdvance(text.mid(i, plain));
        i += std::max<qsizetype>(plain, 1);
    }
    return width;
}

void drawFigures(QPainter& painter, const QRectF& area, Qt::Alignment alignment, const QString& text)
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double cell = widestDigit(metrics);
    double x = startOf(area, alignment, figuresWidth(metrics, text));
    const double baseline = area.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype plain = plainRun(text, i);
        const QString run = text.mid(i, std::max<qsizetype>(plain, 1));
        const double advance = metrics.horizontalAdvance(run);
        painter.drawText(QPointF(plain == 0 ? x + (cell - advance) / 2 : x, baseline), run);
        x += plain == 0 ? cell : advance;
        i += run.size();
    }
}

QString elidedFigures(const QFontMetricsF& metrics, const QString& text, double width)
{
    if (figuresWidth(metrics, text) <= width) {
        return text;
    }
    qsizetype kept = text.size();
    while (kept > 0 && figuresWidth(metrics, text.left(kept) + QChar(0x2026)) > width) {
        --kept;
    }
    return text.left(kept).trimmed() + QChar(0x2026);
}

} // namespace lens
