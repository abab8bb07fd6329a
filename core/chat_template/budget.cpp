// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/budget.h"

#include "core/chat_template/failure.h"

namespace lens::jinja {
namespace {

constexpr std::uint64_t kSteps = 1'000'000;
constexpr std::uint64_t kStepsPerByte = 200;
constexpr std::size_t kBytes = 16u << 20;
constexpr std::size_t kBytesPerByte = 32;

} // namespace

Budget::Budget(std::size_t inputBytes)
    : m_steps(kSteps + kStepsPerByte * inputBytes)
    , m_maxBytes(kBytes + kBytesPerByte * inputBytes)
{
}

void Budget::outOfSteps()
{
    fail(FailureKind::Limit, "the template takes too many steps");
}

void Budget::outOfMemory()
{
    fail(FailureKind::Limit, "the template makes too much text or too large values");
}

void Budget::tooDeep()
{
    fail(FailureKind::Limit, "the template calls itself too deeply");
}

} // namespace lens::jinja
