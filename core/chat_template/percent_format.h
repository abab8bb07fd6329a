// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The % operator of strings: "%s is %d" % (a, b), "%(name)s" % mapping.
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

Value percentFormatted(Renderer& renderer, const Value& format, const Value& arguments);

} // namespace lens::jinja
