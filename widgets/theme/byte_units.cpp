// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/byte_units.h"

#include <atomic>

namespace lens {
namespace {

std::atomic<ByteUnits> chosen{ByteUnits::Binary};

} // namespace

void setByteUnits(ByteUnits units)
{
    chosen = units;
}

ByteUnits byteUnits()
{
    return chosen;
}

} // namespace lens
