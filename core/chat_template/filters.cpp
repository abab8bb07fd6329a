// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/filters.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"

namespace lens::jinja {
namespace {

Value refused(Renderer&, const Value&, Arguments&)
{
    fail(FailureKind::Runtime, "the filters urlize and random are not supported in chat templates");
}

} // namespace

Filter filterNamed(std::string_view name)
{
    for (const auto find :
         {&textFilter, &sequenceFilter, &selectFilter, &orderFilter, &numberFilter, &htmlFilter}) {
        if (const Filter filter = find(name))
            return filter;
    }
    return name == "urlize" || name == "random" ? &refused : nullptr;
}

Value filtered(Renderer& renderer, const Value& name, const Value& input, Arguments& arguments)
{
    const Filter filter = name.isString() ? filterNamed(name.bytes()) : nullptr;
    if (!filter)
        fail(FailureKind::Runtime,
             "No filter named " + (name.isString() ? "'" + std::string(name.bytes()) + "'" : typeName(name)));
    return filter(renderer, input, arguments);
}

} // namespace lens::jinja
