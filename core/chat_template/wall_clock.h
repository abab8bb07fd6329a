// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a clock on the wall shows, for strftime_now.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lens::jinja {

// Python's datetime.strftime of a time without zone, English names. seconds: since 1970-01-01 00:00:00 on
// that clock. Throws Failure(Value) for a time or a format that cannot be shown.
std::string wallClockText(std::int64_t seconds, std::string_view format);

} // namespace lens::jinja
