// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace lens {
namespace {

constexpr std::size_t kMostThreads = 16;

class Work {
public:
    Work(std::size_t count, const std::function<void(std::size_t)>& work) : m_count(count), m_work(work) {}

    void run()
    {
        for (std::size_t i = m_next++; i < m_count; i = m_next++) {
            try {
                m_work(i);
            } catch (...) {
                failed(i);
            }
        }
    }
    void throwIfFailed() const
    {
        if (m_error)
            std::rethrow_exception(m_error);
    }

private:
    void failed(std::size_t index)
    {
        const std::lock_guard lock(m_mutex);
        if (index < m_failed)
            m_error = std::current_exception();
        m_failed = std::min(m_failed, index);
    }

    std::size_t m_count;
    const std::function<void(std::size_t)>& m_work;
    std::atomic<std::size_t> m_next = 0;
    std::mutex m_mutex;
    std::size_t m_failed = std::numeric_limits<std::size_t>::max();
    std::exception_ptr m_error;
};

} // namespace

void parallelFor(std::size_t count, const std::function<void(std::size_t)>& work)
{
    Work shared(count, work);
    const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
    const std::size_t helpers = std::min({cores, kMostThreads, count}) - (count > 0 ? 1 : 0);
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < helpers; ++i)
        threads.emplace_back([&] { shared.run(); });
    shared.run();
    threads.clear(); // joins
    shared.throwIfFailed();
}

} // namespace lens
