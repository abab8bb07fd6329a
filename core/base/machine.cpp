// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/machine.h"

#include "core/base/cpu_quota.h"
#include "core/base/process.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <set>
#include <sstream>
#include <sys/utsname.h>

namespace lens {
namespace {

constexpr const char* kFeatures[] = {"sse4_2",   "avx",         "avx2",        "fma",         "f16c",
                                     "avx512f",  "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_tile",
                                     "amx_bf16", "amx_int8",    "asimd",       "bf16",        "sve"};

std::string firstLine(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The value after "key<separator>" in a file of such lines; empty if there is none.
std::string valueOf(const std::filesystem::path& path, const std::string& key, char separator)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto end = line.find(separator);
        if (end != std::string::npos && trimmed(line.substr(0, end)) == key)
            return trimmed(line.substr(end + 1));
    }
    return {};
}

std::uint64_t memoryValue(const std::string& key)
{
    std::uint64_t kibibytes = 0;
    std::istringstream(valueOf("/proc/meminfo", key, ':')) >> kibibytes;
    return kibibytes * 1024;
}

std::vector<int> usableProcessors()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    std::vector<int> processors;
    if (::sched_getaffinity(0, sizeof set, &set) == 0)
        for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
            if (CPU_ISSET(cpu, &set))
                processors.push_back(cpu);
    if (processors.empty())
        processors.push_back(0);
    return processors;
}

std::vector<std::string> knownFeatures()
{
    std::string line = valueOf("/proc/cpuinfo", "flags", ':');
    if (line.empty())
        line = valueOf("/proc/cpuinfo", "Features", ':'); // arm64
    std::istringstream stream(line);
    std::set<std::string> all;
    for (std::string word; stream >> word;)
        all.insert(word);
    std::vector<std::string> known;
    for (const char* feature : kFeatures)
        if (all.count(feature) != 0)
            known.emplace_back(feature);
    return known;
}

std::vector<std::string> gpuNames()
{
    std::vector<std::string> names;
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", code))
        names.push_back(valueOf(entry.path() / "information", "Model", ':'));
    std::sort(names.begin(), names.end());
    return names;
}

std::string systemName()
{
    std::string name = valueOf("/etc/os-release", "PRETTY_NAME", '=');
    name.erase(std::remove(name.begin(), name.end(), '"'), name.end());
    return name;
}

} // namespace

int physicalCores()
{
    // Threads of one core name the same siblings.
    std::set<std::string> cores;
    const auto processors = usableProcessors();
    for (const int cpu : processors) {
        const std::string siblings =
            firstLine("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list");
        cores.insert(siblings.empty() ? std::to_string(cpu) : siblings);
    }
    const auto count = static_cast<double>(cores.size());
    // Half a processor more is a thread more: it is idle at times, the whole is faster.
    return static_cast<int>(std::min(count, std::ceil(cpuQuota().value_or(count))));
}

Machine readMachine()
{
    Machine machine;
    machine.host = hostName();
    machine.system = systemName();
    utsname names{};
    if (::uname(&names) == 0)
        machine.kernel = names.release;
    machine.cpu = valueOf("/proc/cpuinfo", "model name", ':');
    if (machine.cpu.empty())
        machine.cpu = names.machine;
    machine.physicalCores = physicalCores();
    machine.logicalCores = static_cast<int>(usableProcessors().size());
    machine.memoryBytes = memoryValue("MemTotal");
    machine.availableBytes = memoryValue("MemAvailable");
    machine.features = knownFeatures();
    machine.gpus = gpuNames();
    return machine;
}

} // namespace lens
