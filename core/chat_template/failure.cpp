// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/failure.h"

namespace lens::jinja {

void fail(FailureKind kind, const std::string& what)
{
    throw Failure(kind, what);
}

void typeError(const std::string& what)
{
    throw Failure(FailureKind::Type, what);
}

void valueError(const std::string& what)
{
    throw Failure(FailureKind::Value, what);
}

void overflow(const std::string& what)
{
    throw Failure(FailureKind::Overflow, what);
}

} // namespace lens::jinja
