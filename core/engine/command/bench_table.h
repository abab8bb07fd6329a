// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What `bench` measured, as a table for people.
#pragma once

#include "core/base/json.h"

#include <string>

namespace lens {

// `document`: of one or more variants.
std::string benchText(const Json& document);
// As JSON or as the table, on standard output.
void printBench(const Json& document, bool asJson);

} // namespace lens
