// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What one rendering may use. Everything is in proportion to what went in, with room for small inputs: a
// template of a hundred bytes cannot run for seconds or fill the memory. Not thread-safe: one owner.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lens::jinja {

class Budget {
public:
    // inputBytes: of the template and of all that is given to it.
    explicit Budget(std::size_t inputBytes);

    // A step is about an evaluated expression. Throws Failure(Limit) when all are used.
    void step(std::uint64_t count = 1)
    {
        if (count > m_steps)
            outOfSteps();
        m_steps -= count;
    }
    // Work in proportion to bytes that are read or written.
    void work(std::size_t bytes) { step(bytes / 64 + 1); }

    // Memory held by values. Throws Failure(Limit) beyond the bound.
    void take(std::size_t bytes)
    {
        if (bytes > m_maxBytes || m_live > m_maxBytes - bytes)
            outOfMemory();
        m_live += bytes;
    }
    void give(std::size_t bytes) noexcept { m_live -= bytes; }
    // Whether one text may be that long; throws Failure(Limit).
    void checkLength(std::size_t bytes) const
    {
        if (bytes > m_maxBytes)
            outOfMemory();
    }

    void enter()
    {
        if (++m_depth > kMaxDepth)
            tooDeep();
    }
    void leave() noexcept { --m_depth; }

    // Expressions, statements and calls inside each other.
    static constexpr int kMaxDepth = 1800;

private:
    [[noreturn]] static void outOfSteps();
    [[noreturn]] static void outOfMemory();
    [[noreturn]] static void tooDeep();

    std::uint64_t m_steps;
    std::size_t m_maxBytes;
    std::size_t m_live = 0;
    int m_depth = 0;
};

class DepthGuard {
public:
    explicit DepthGuard(Budget& budget) : m_budget(budget) { m_budget.enter(); }
    ~DepthGuard() { m_budget.leave(); }
    DepthGuard(const DepthGuard&) = delete;
    DepthGuard& operator=(const DepthGuard&) = delete;

private:
    Budget& m_budget;
};

} // namespace lens::jinja
