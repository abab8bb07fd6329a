// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The program around the window: arguments, language, theme, and the order of the start (first the frame,
// then the library).
#pragma once

namespace lens {

int runWindow(int argc, char** argv);

} // namespace lens
