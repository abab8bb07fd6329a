// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The look of Qt's own widgets: a palette and one style sheet over the Fusion style.
#pragma once

#include <QPalette>
#include <QString>

class QApplication;

namespace lens {

struct Theme;

QPalette themePalette(const Theme& theme);
QString themeStyleSheet(const Theme& theme);

// Sets style, palette, font and style sheet. Widgets that paint themselves learn through setThemeOf().
void applyTheme(QApplication& application, const Theme& theme);

} // namespace lens
