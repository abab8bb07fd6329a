// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/run_writer.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/store/segment_writer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace lens {
namespace {

// The thread looks for rows this often. Waking it for each row would cost the training thread a system call.
constexpr std::chrono::milliseconds kPoll(10);
constexpr double kSyncSeconds = 5;
constexpr double kRetrySeconds = 1;
constexpr std::size_t kQueueRows = 4096;
constexpr std::size_t kBatchRows = 256;
constexpr std::size_t kBatchBytes = 4u << 20;

// Signals (Ctrl-C) are for the training thread: a thread started inside this scope gets none.
class SignalsBlocked {
public:
    SignalsBlocked()
    {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t m_before{};
};

// Left by starts that were killed before their file had its name.
void removeUnpublished(const std::filesystem::path& metricsFolder)
{
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(metricsFolder, code)) {
        if (entry.path().filename().string().starts_with(".tmp-seg-"))
            std::filesystem::remove(entry.path(), code);
    }
}

} // namespace

class RunWriter::Worker {
public:
    Worker(std::filesystem::path metricsFolder, SegmentInfo info);
    ~Worker();

    void append(const MetricsRow& row);
    void append(ModulesRow row);
    bool sync();
    std::string trouble() const;
    void close();

private:
    void run(std::promise<void> started);
    void takeIncoming();
    void writeWaiting(bool now);
    void writeModulesBatch();
    void writeScalarsBatch();
    void syncFile();
    void abandonFile();
    void closeFile();
    void report(const std::string& trouble);

    const std::filesystem::path m_folder;
    const SegmentInfo m_info;

    // Shared; the lock is held for the copy of one row, or for a swap.
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_answered;
    std::vector<MetricsRow> m_incoming;
    std::vector<ModulesRow> m_incomingModules;
    std::string m_trouble;
    std::uint64_t m_syncsAsked = 0;
    std::uint64_t m_syncsAnswered = 0;
    bool m_syncResult = false;
    bool m_stop = false;

    // The thread's own.
    std::vector<MetricsRow> m_taken;
    std::vector<ModulesRow> m_takenModules;
    std::deque<MetricsRow> m_rows;
    std::deque<ModulesRow> m_modules;
    SegmentPart m_part;
    std::unique_ptr<SegmentWriter> m_file;
    bool m_unsynced = false;
    double m_lastSync = 0;
    double m_retryAt = 0;

    std::thread m_thread;
};

RunWriter::Worker::Worker(std::filesystem::path metricsFolder, SegmentInfo info)
    : m_folder(std::move(metricsFolder))
    , m_info(std::move(info))
{
    m_incoming.reserve(kQueueRows);
    m_taken.reserve(kQueueRows);
    m_incomingModules.reserve(kQueueRows);
    m_takenModules.reserve(kQueueRows);
    makeFolder(m_folder);
    removeUnpublished(m_folder);
    std::promise<void> started;
    std::future<void> outcome = started.get_future();
    {
        const SignalsBlocked blocked;
        m_thread = std::thread(&Worker::run, this, std::move(started));
    }
    try {
        outcome.get();
    } catch (...) {
        m_thread.join();
        throw;
    }
}

RunWriter::Worker::~Worker()
{
    try {
        close();
    } catch (const Error&) {
        // close() is there for whoever wants to know.
    }
}

void RunWriter::Worker::append(const MetricsRow& row)
{
    const std::lock_guard lock(m_mutex);
    m_incoming.push_back(row);
}

void RunWriter::Worker::append(ModulesRow row)
{
    if (m_info.moduleNames.empty())
        return;
    row.values.resize(m_info.moduleNames.size() * kModuleFieldCount, std::numeric_limits<float>::quiet_NaN());
    const std::lock_guard lock(m_mutex);
    m_incomingModules.push_back(std::move(row));
}

bool RunWriter::Worker::sync()
{
    std::unique_lock lock(m_mutex);
    if (m_stop)
        return false;
    const std::uint64_t ticket = ++m_syncsAsked;
    m_wake.notify_one();
    m_answered.wait(lock, [&] { return m_syncsAnswered >= ticket; });
    return m_syncResult;
}

std::string RunWriter::Worker::trouble() const
{
    const std::lock_guard lock(m_mutex);
    return m_trouble;
}

void RunWriter::Worker::close()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
    const std::size_t lost = m_rows.size() + m_modules.size();
    if (lost > 0)
        throw Error(std::to_string(lost) + " rows could not be written: " + m_trouble, m_folder.string());
}

void RunWriter::Worker::run(std::promise<void> started)
{
    silenceHdf5();
    try {
        m_file = std::make_unique<SegmentWriter>(m_folder, m_info, m_part);
        m_lastSync = monotonicSeconds();
    } catch (...) {
        started.set_exception(std::current_exception());
        return;
    }
    started.set_value();
    for (bool stop = false; !stop;) {
        std::uint64_t syncsAsked = 0;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, kPoll, [this] { return m_stop || m_syncsAsked > m_syncsAnswered; });
            stop = m_stop;
            syncsAsked = m_syncsAsked;
            takeIncoming();
        }
        const bool now = stop || syncsAsked > m_syncsAnswered;
        writeWaiting(now);
        if (now || monotonicSeconds() >= m_lastSync + kSyncSeconds)
            syncFile();
        if (now) {
            const std::lock_guard lock(m_mutex);
            m_syncsAnswered = syncsAsked;
            m_syncResult = m_rows.empty() && m_modules.empty() && !m_unsynced;
            m_answered.notify_all();
        }
    }
    closeFile();
}

// With the lock held.
void RunWriter::Worker::takeIncoming()
{
    m_taken.swap(m_incoming);
    m_takenModules.swap(m_incomingModules);
}

// Writes what waits, and keeps what the disk refuses. `now`: try even if the last attempt was a moment ago.
void RunWriter::Worker::writeWaiting(bool now)
{
    m_rows.insert(m_rows.end(), m_taken.begin(), m_taken.end());
    std::move(m_takenModules.begin(), m_takenModules.end(), std::back_inserter(m_modules));
    m_taken.clear();
    m_takenModules.clear();
    if ((m_rows.empty() && m_modules.empty()) || (!now && monotonicSeconds() < m_retryAt))
        return;
    try {
        if (!m_file)
            m_file = std::make_unique<SegmentWriter>(m_folder, m_info, m_part);
        while (!m_modules.empty())
            writeModulesBatch();
        while (!m_rows.empty())
            writeScalarsBatch();
        m_retryAt = 0;
        report({});
    } catch (const Error& error) {
        if (m_file && m_file->failed())
            abandonFile();
        m_retryAt = monotonicSeconds() + kRetrySeconds;
        report(error.what());
    }
}

void RunWriter::Worker::writeModulesBatch()
{
    const std::size_t fitting = std::max<std::size_t>(1, kBatchBytes / m_file->bytesPerModulesRow());
    const std::size_t count = std::min({m_modules.size(), kBatchRows, fitting});
    m_file->reserve(count * m_file->bytesPerModulesRow());
    m_file->writeModules(m_modules, count);
    m_unsynced = true;
    m_modules.erase(m_modules.begin(), m_modules.begin() + static_cast<std::ptrdiff_t>(count));
}

void RunWriter::Worker::writeScalarsBatch()
{
    const std::size_t count = std::min(m_rows.size(), kBatchRows);
    m_file->reserve(count * sizeof(layout::ScalarRecord));
    m_file->writeScalars(m_rows, count);
    m_unsynced = true;
    m_rows.erase(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(count));
}

void RunWriter::Worker::syncFile()
{
    m_lastSync = monotonicSeconds();
    if (!m_unsynced || !m_file)
        return;
    try {
        m_file->syncToDisk();
        m_unsynced = false;
    } catch (const Error& error) {
        report(error.what());
    }
}

// After a failed write HDF5's idea of the file is not to be trusted: what was flushed stays, the rest goes
// into a further part.
void RunWriter::Worker::abandonFile()
{
    m_part = {m_part.part + 1, m_file->nextSeq(), m_file->nextModulesSeq()};
    m_file->abandon();
    m_file.reset();
}

void RunWriter::Worker::closeFile()
{
    if (!m_file)
        return;
    try {
        m_file->close();
    } catch (const Error& error) {
        report(error.what());
    }
    m_file.reset();
}

void RunWriter::Worker::report(const std::string& trouble)
{
    const std::lock_guard lock(m_mutex);
    m_trouble = trouble;
}

RunWriter::RunWriter(const std::filesystem::path& metricsFolder, SegmentInfo info)
    : m_worker(std::make_unique<Worker>(metricsFolder, std::move(info)))
{
}

RunWriter::~RunWriter() = default;

void RunWriter::append(const MetricsRow& row)
{
    m_worker->append(row);
}

void RunWriter::append(ModulesRow row)
{
    m_worker->append(std::move(row));
}

bool RunWriter::sync()
{
    return m_worker->sync();
}

std::string RunWriter::trouble() const
{
    return m_worker->trouble();
}

void RunWriter::close()
{
    m_worker->close();
}

} // namespace lens
