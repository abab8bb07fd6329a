// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/pattern_field.h"

#include "core/base/error.h"

namespace lens {

Regex patternOf(const JsonPart& part)
{
    const JsonPart pattern = part.object("pattern");
    if (pattern.has("Regex"))
        return Regex::ofOniguruma(pattern.text("Regex"), pattern.path("Regex"));
    if (!pattern.has("String"))
        throw Error("is neither {\"Regex\": …} nor {\"String\": …}", pattern.where);
    if (pattern.text("String").empty())
        throw Error("is empty", pattern.path("String"));
    return Regex::ofLiteral(pattern.text("String"));
}

} // namespace lens
