// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/global_functions.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/native_function.h"
#include "core/chat_template/range.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/take_turns.h"
#include "core/chat_template/wall_clock.h"

namespace lens::jinja {
namespace {

Value makeRange(Renderer&, Arguments& arguments)
{
    expectPositional("range", arguments, 1, 3);
    for (const Value& one : arguments.positional) {
        if (!one.isIntegral())
            typeError("'" + typeName(one) + "' object cannot be interpreted as an integer");
    }
    const Values& given = arguments.positional;
    if (given.size() == 1)
        return Range::make(0, given[0].asInt(), 1);
    return Range::make(given[0].asInt(), given[1].asInt(), given.size() > 2 ? given[2].asInt() : 1);
}

std::shared_ptr<Dict> dictOf(Renderer& renderer, const char* function, Arguments& arguments)
{
    if (arguments.positional.size() > 1)
        typeError(std::string(function) + " expected at most 1 argument");
    if (!arguments.positional.empty())
        expectDefined(arguments.positional[0]);
    const std::shared_ptr<Dict> dict = renderer.heap().dict();
    if (!arguments.positional.empty() && arguments.positional[0].isDict()) {
        for (const auto& [key, value] : arguments.positional[0].dict().entries())
            dict->set(key, value);
    } else if (!arguments.positional.empty()) {
        for (const Value& pair : listed(renderer, arguments.positional[0])) {
            const Values parts = listed(renderer, pair);
            if (parts.size() != 2)
                valueError("dictionary update sequence element has not length 2");
            dict->set(parts[0], parts[1]);
        }
    }
    for (const auto& [name, value] : arguments.named)
        dict->set(renderer.heap().text(name), value);
    return dict;
}

Value makeDict(Renderer& renderer, Arguments& arguments)
{
    return Value(std::shared_ptr<const Dict>(dictOf(renderer, "dict", arguments)));
}

Value makeNamespace(Renderer& renderer, Arguments& arguments)
{
    return renderer.makeNamespace(dictOf(renderer, "namespace", arguments));
}

Value raiseException(Renderer& renderer, Arguments& arguments)
{
    const BoundArguments bound("raise_exception", arguments, {"message"});
    fail(FailureKind::Raised, std::string(textOf(renderer, bound.at(0)).bytes()));
}

Value strftimeNow(Renderer& renderer, Arguments& arguments)
{
    const BoundArguments bound("strftime_now", arguments, {"format"});
    if (!bound.at(0).isString())
        typeError("strftime() argument 1 must be str, not " + typeName(bound.at(0)));
    return renderer.heap().text(wallClockText(renderer.now(), bound.at(0).bytes()));
}

Value lipsum(Renderer&, Arguments&)
{
    fail(FailureKind::Runtime, "lipsum() is not supported in chat templates");
}

} // namespace

void addGlobals(Renderer& renderer)
{
    const auto add = [&](const char* name, NativeFunction function) {
        renderer.setContext(name, [&] { return makeFunction(name, 0, function); });
    };
    add("range", &makeRange);
    add("dict", &makeDict);
    add("namespace", &makeNamespace);
    add("cycler", &makeCycler);
    add("joiner", &makeJoiner);
    add("lipsum", &lipsum);
    add("raise_exception", &raiseException);
    add("strftime_now", &strftimeNow);
}

} // namespace lens::jinja
