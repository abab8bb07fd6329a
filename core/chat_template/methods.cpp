// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/methods.h"

#include "core/chat_template/comparing.h"

namespace lens::jinja {
namespace {

class BoundMethod : public Object {
public:
    BoundMethod(Value self, std::string name, Method method)
        : m_self(std::move(self))
        , m_name(std::move(name))
        , m_method(method)
    {
    }

    std::string typeName() const override { return "builtin_function_or_method"; }
    std::string repr(Renderer&) const override
    {
        return "<built-in method " + m_name + " of " + jinja::typeName(m_self) + " object>";
    }
    bool isCallable() const override { return true; }
    Value call(Renderer& renderer, Arguments& arguments) override
    {
        return m_method(renderer, m_self, arguments);
    }
    int nesting() const override { return m_self.nesting() + 1; }

private:
    Value m_self;
    std::string m_name;
    Method m_method;
};

Method stringMethod(std::string_view name)
{
    for (const auto find : {&splitMethod, &searchMethod, &caseMethod, &paddingMethod}) {
        if (const Method method = find(name))
            return method;
    }
    return nullptr;
}

} // namespace

Method methodOf(const Value& value, std::string_view name)
{
    switch (value.kind()) {
    case Kind::String:
        return stringMethod(name);
    case Kind::List:
    case Kind::Tuple:
    case Kind::Dict:
        return containerMethod(value, name);
    case Kind::Bool:
    case Kind::Int:
    case Kind::Float:
        return numberMethod(value, name);
    default:
        return nullptr;
    }
}

Value boundMethod(const Value& value, std::string_view name, Method method)
{
    return Value(std::make_shared<BoundMethod>(value, std::string(name), method));
}

} // namespace lens::jinja
