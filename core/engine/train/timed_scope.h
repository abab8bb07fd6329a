// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/clock.h"

namespace lens {

// Adds the seconds of a scope to a sum.
class TimedScope {
public:
    explicit TimedScope(double& sum) : m_sum(sum) {}
    ~TimedScope() { m_sum += monotonicSeconds() - m_begin; }
    TimedScope(const TimedScope&) = delete;
    TimedScope& operator=(const TimedScope&) = delete;

private:
    double& m_sum;
    double m_begin = monotonicSeconds();
};

} // namespace lens
