// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A function that is written here and called by a template: globals and methods of objects.
#pragma once

#include "core/chat_template/object.h"

#include <functional>

namespace lens::jinja {

using NativeFunction = std::function<Value(Renderer&, Arguments&)>;

class Function : public Object {
public:
    Function(std::string name, int nesting, NativeFunction function)
        : m_name(std::move(name))
        , m_nesting(nesting)
        , m_function(std::move(function))
    {
    }

    std::string typeName() const override { return "function"; }
    std::string repr(Renderer&) const override { return "<function " + m_name + ">"; }
    bool isCallable() const override { return true; }
    Value call(Renderer& renderer, Arguments& arguments) override { return m_function(renderer, arguments); }
    int nesting() const override { return m_nesting; }

private:
    std::string m_name;
    int m_nesting;
    NativeFunction m_function;
};

// nesting: one more than that of what the function holds.
inline Value makeFunction(std::string name, int nesting, NativeFunction function)
{
    return Value(std::static_pointer_cast<Object>(
        std::make_shared<Function>(std::move(name), nesting, std::move(function))));
}

} // namespace lens::jinja
