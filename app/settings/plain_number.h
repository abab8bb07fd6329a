// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Settings as people write them: 32, 0.95, 2e-04, without zeros that say nothing.
#pragma once

#include "widgets/theme/format.h"

#include <QString>

namespace lens {

inline QString plainNumber(double value)
{
    return numberLocale().toString(value, 'g', 6);
}

} // namespace lens
