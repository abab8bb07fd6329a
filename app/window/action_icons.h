// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The few shapes on verb buttons, drawn in the theme's colours; always beside a word.
#pragma once

namespace lens {

struct Actions;
struct ActionContext;
struct Theme;

void setActionIcons(const Actions& actions, const Theme& theme, const ActionContext& context);

} // namespace lens
