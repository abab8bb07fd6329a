// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Every control once, for pictures that people look at.
#pragma once

#include "widgets/theme/theme.h"

class QWidget;

namespace lens::test {

QWidget* createControlsGallery(const Theme& theme);

} // namespace lens::test
