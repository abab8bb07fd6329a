// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// cycler and joiner: objects that give something else each time.
#pragma once

#include "core/chat_template/object.h"

namespace lens::jinja {

Value makeCycler(Renderer& renderer, Arguments& arguments);
Value makeJoiner(Renderer& renderer, Arguments& arguments);

} // namespace lens::jinja
