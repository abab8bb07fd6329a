// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Whether memory is told in powers of 1024 (GiB) or of 1000 (GB). Like QLocale's default: chosen once, before
// the first widget is made, and read wherever bytes are written.
#pragma once

namespace lens {

enum class ByteUnits { Binary, Decimal };

void setByteUnits(ByteUnits units);
ByteUnits byteUnits();

} // namespace lens
