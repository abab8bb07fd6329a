// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/fuzz/fuzz_input.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <sanitizer/allocator_interface.h>
#include <sanitizer/common_interface_defs.h>

namespace lens::fuzz {
namespace {

constexpr double kMostSeconds = 1;
constexpr std::size_t kFreeBytes = 64u << 20;
constexpr std::size_t kBytesPerInputByte = 1000;

// Of the one thread that fuzzes; the hooks must not allocate.
struct Account {
    bool open = false;
    std::size_t limit = 0;
    std::ptrdiff_t alive = 0;
};
Account account;

void onAllocation(const volatile void*, std::size_t bytes)
{
    if (!account.open)
        return;
    account.alive += static_cast<std::ptrdiff_t>(bytes);
    if (account.alive <= static_cast<std::ptrdiff_t>(account.limit))
        return;
    account.open = false;
    finding("allocation out of proportion: " + std::to_string(account.alive) + " bytes alive, " +
            std::to_string(account.limit) + " allowed");
}

void onRelease(const volatile void* pointer)
{
    if (account.open && pointer)
        account.alive -=
            static_cast<std::ptrdiff_t>(__sanitizer_get_allocated_size(const_cast<const void*>(pointer)));
}

double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

} // namespace

void finding(const std::string& what)
{
    account.open = false;
    std::fprintf(stderr, "FINDING: %s\n", what.c_str());
    __sanitizer_print_stack_trace();
    std::abort();
}

InputWatch::InputWatch(std::size_t inputBytes) : m_begin(processorSeconds())
{
    static const int installed = __sanitizer_install_malloc_and_free_hooks(onAllocation, onRelease);
    if (installed == 0)
        finding("the allocation hooks could not be installed");
    account = {true, kFreeBytes + kBytesPerInputByte * inputBytes, 0};
}

InputWatch::~InputWatch()
{
    account.open = false;
    const double seconds = processorSeconds() - m_begin;
    if (seconds > kMostSeconds)
        finding("slow: " + std::to_string(seconds) + " s of processor time");
}

} // namespace lens::fuzz
