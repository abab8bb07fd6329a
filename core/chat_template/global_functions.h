// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The functions a template finds without being given them: range, dict, namespace, cycler, joiner,
// raise_exception, strftime_now.
#pragma once

namespace lens::jinja {

class Renderer;

void addGlobals(Renderer& renderer);

} // namespace lens::jinja
