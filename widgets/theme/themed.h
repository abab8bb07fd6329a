// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What paints itself learns of a change of theme through this; no singleton, no global notifier. The window
// calls setThemeOf(itself, theme) after applyTheme().
#pragma once

class QWidget;

namespace lens {

struct Theme;

class Themed {
public:
    virtual ~Themed() = default;
    virtual void setTheme(const Theme& theme) = 0;
};

// setTheme() of `root` and of every widget, delegate and model below it that is Themed.
void setThemeOf(QWidget& root, const Theme& theme);

// What the style sheet looks for: "primary" (the one filled button), "quiet" (no border), "danger", "muted",
// "small" (muted and smaller), "section", "name", "panel", "error". Sets the dynamic property `role` and
// polishes again.
void setRole(QWidget& widget, const char* role);

} // namespace lens
