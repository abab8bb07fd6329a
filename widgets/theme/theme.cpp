// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/theme.h"

#include "widgets/theme/interface_font.h"

#include <algorithm>
#include <cmath>

namespace lens {

namespace {

void setFonts(Theme& theme)
{
    theme.body = interfaceFont(13);
    theme.bold = interfaceFont(13, QFont::DemiBold);
    theme.small = interfaceFont(12);
    theme.section = interfaceFont(11, QFont::DemiBold);
    theme.section.setCapitalization(QFont::AllUppercase);
    theme.section.setLetterSpacing(QFont::AbsoluteSpacing, 0.5);
    theme.figure = interfaceFont(18, QFont::DemiBold);
    theme.name = interfaceFont(19, QFont::DemiBold);
    theme.mono = monospaceFont(12);
}

// WCAG 2.1, "relative luminance".
double linearChannel(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linearChannel(colour.redF()) + 0.7152 * linearChannel(colour.greenF()) +
           0.0722 * linearChannel(colour.blueF());
}

} // namespace

Theme lightTheme()
{
    Theme theme;
    theme.background = QColor(0xf6, 0xf7, 0xf9);
    theme.panel = QColor(0xff, 0xff, 0xff);
    theme.field = QColor(0xf6, 0xf7, 0xf9);
    theme.line = QColor(0xdf, 0xe3, 0xe8);
    theme.grid = QColor(0xec, 0xef, 0xf3);
    theme.hover = QColor(0xf0, 0xf3, 0xf6);
    theme.selection = QColor(0xe6, 0xf1, 0xfc);
    theme.track = QColor(0xe6, 0xea, 0xee);
    theme.text = QColor(0x1c, 0x23, 0x2b);
    theme.muted = QColor(0x66, 0x72, 0x7f);
    theme.onAccent = QColor(0xff, 0xff, 0xff);
    theme.accent = QColor(0x0b, 0x6b, 0xcb);
    theme.accentHover = QColor(0x09, 0x5b, 0xae);
    theme.good = QColor(0x1a, 0x7f, 0x4b);
    theme.attention = QColor(0xb3, 0x5c, 0x00);
    theme.failure = QColor(0xc2, 0x2f, 0x2f);
    theme.train = QColor(0x00, 0x72, 0xb2);
    theme.evaluation = QColor(0xd5, 0x5e, 0x00);
    theme.learningRate = QColor(0x00, 0x9e, 0x73);
    theme.gradNorm = QColor(0xcc, 0x79, 0xa7);
    theme.gradCosine = QColor(0x56, 0xb4, 0xe9);
    theme.memory = QColor(0x7a, 0x6f, 0xf0);
    theme.throughput = QColor(0x8c, 0x6d, 0x1f);
    theme.superseded = QColor(0xb4, 0xbc, 0xc4);
    setFonts(theme);
    return theme;
}

Theme darkTheme()
{
    Theme theme;
    theme.dark = true;
    theme.background = QColor(0x15, 0x19, 0x1e);
    theme.panel = QColor(0x1c, 0x21, 0x27);
    theme.field = QColor(0x15, 0x19, 0x1e);
    theme.line = QColor(0x2c, 0x33, 0x3b);
    theme.grid = QColor(0x26, 0x2d, 0x35);
    theme.hover = QColor(0x24, 0x2b, 0x33);
    theme.selection = QColor(0x22, 0x34, 0x47);
    theme.track = QColor(0x2c, 0x33, 0x3b);
    theme.text = QColor(0xe6, 0xea, 0xee);
    theme.muted = QColor(0x93, 0xa0, 0xad);
    theme.onAccent = QColor(0x10, 0x15, 0x1a);
    theme.accent = QColor(0x5a, 0xa9, 0xf2);
    theme.accentHover = QColor(0x7b, 0xba, 0xf5);
    theme.good = QColor(0x4c, 0xc3, 0x8a);
    theme.attention = QColor(0xf0, 0xa3, 0x3e);
    theme.failure = QColor(0xff, 0x7b, 0x72);
    theme.train = QColor(0x58, 0xa6, 0xe0);
    theme.evaluation = QColor(0xf0, 0x88, 0x3e);
    theme.learningRate = QColor(0x3e, 0xcf, 0x9a);
    theme.gradNorm = QColor(0xe3, 0x9c, 0xc6);
    theme.gradCosine = QColor(0x7f, 0xd0, 0xf5);
    theme.memory = QColor(0xa7, 0x9d, 0xf8);
    theme.throughput = QColor(0xd6, 0xb6, 0x56);
    theme.superseded = QColor(0x55, 0x5f, 0x69);
    setFonts(theme);
    return theme;
}

QColor blended(const QColor& over, const QColor& under, double weight)
{
    const double w = std::clamp(weight, 0.0, 1.0);
    const auto mix = [w](int a, int b) { return static_cast<int>(std::lround(a * w + b * (1.0 - w))); };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()),
                  mix(over.blue(), under.blue()));
}

double contrastRatio(const QColor& first, const QColor& second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace lens
