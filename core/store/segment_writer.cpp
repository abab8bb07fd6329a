// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/segment_writer.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/file_lock.h"
#include "core/base/ids.h"
#include "core/store/record_type.h"
#include "core/store/segment_name.h"
#include "core/store/stored_text.h"
#include "core/store/table.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <hdf5.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

namespace lens {
namespace {

constexpr std::uint64_t kReserveBytes = 4u << 20;
// What HDF5 may need beyond the rows themselves: new chunks and their index.
constexpr std::uint64_t kSlackBytes = 1u << 20;

std::string hostName()
{
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

// HDF5 cannot get rid of a file that it could not write, so a full disk is found out before.
void requireRoom(const std::filesystem::path& folder)
{
    const int probe = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (probe < 0)
        return;
    const int refusal = ::fallocate(probe, 0, 0, kSlackBytes) == 0 ? 0 : errno;
    ::close(probe);
    if (refusal == ENOSPC || refusal == EDQUOT)
        throw systemError("no room for further metrics", folder.string(), refusal);
}

PropertyHandle creationProperties()
{
    // Paged space: kill -9 tears a write at 4 KiB borders, and no metadata block may lie across one.
    PropertyHandle list(H5Pcreate(H5P_FILE_CREATE));
    checked(H5Pset_file_space_strategy(list.get(), H5F_FSPACE_STRATEGY_PAGE, false, 1), "cannot set up", {});
    checked(H5Pset_file_space_page_size(list.get(), layout::kFilePageBytes), "cannot set up", {});
    return list;
}

PropertyHandle accessProperties()
{
    // No chunk cache: only the new row is written, not its whole chunk again. It must be set here, as
    // H5Fstart_swmr_write forgets the datasets' own.
    PropertyHandle list(H5Pcreate(H5P_FILE_ACCESS));
    checked(H5Pset_libver_bounds(list.get(), H5F_LIBVER_V110, H5F_LIBVER_V110), "cannot set up", {});
    checked(H5Pset_cache(list.get(), 0, 521, 0, 0.75), "cannot set up", {});
    return list;
}

// Rows per chunk such that a chunk stays below HDF5's 1 MiB, at least 1.
std::size_t modulesChunkRows(std::size_t rowBytes)
{
    return std::clamp<std::size_t>((1u << 20) / std::max<std::size_t>(rowBytes, 1), 1,
                                   layout::kModulesChunkRows);
}

} // namespace

SegmentWriter::SegmentWriter(const std::filesystem::path& metricsFolder, const SegmentInfo& info,
                             const SegmentPart& part)
    : m_path(metricsFolder / segmentFileName({info.segment, part.part}))
    , m_part(part)
    , m_segment(static_cast<std::uint32_t>(info.segment))
    , m_moduleCount(info.moduleNames.size())
{
    if (info.moduleNames.size() > layout::kMaxModules || info.configJson.size() > layout::kMaxTextBytes)
        throw Error("too many modules or too long a configuration", m_path.string());
    if (std::filesystem::exists(m_path))
        throw Error("this segment exists already and is never written again", m_path.string());
    requireRoom(metricsFolder);
    const auto temporary = metricsFolder / (".tmp-" + m_path.stem().string() + "-" + randomHex(4) + ".h5");
    try {
        create(temporary, info);
        publish(temporary);
    } catch (...) {
        // Its descriptor stays open, so that no other file gets this one's inode: HDF5 would take it for this
        // one.
        forget();
        ::unlink(temporary.c_str());
        throw;
    }
}

SegmentWriter::~SegmentWriter() = default;

void SegmentWriter::create(const std::filesystem::path& temporary, const SegmentInfo& info)
{
    m_file = FileHandle(checked(
        H5Fcreate(temporary.c_str(), H5F_ACC_EXCL, creationProperties().get(), accessProperties().get()),
        "cannot create", m_path));
    m_scalarType = scalarRecordType();
    m_indexType = modulesIndexType();
    writeHeader(info);
    createTables(info);
    checked(H5Fstart_swmr_write(m_file.get()), "cannot start writing", m_path);
    void* descriptor = nullptr;
    checked(H5Fget_vfd_handle(m_file.get(), H5P_DEFAULT, &descriptor), "cannot start writing", m_path);
    m_descriptor = *static_cast<int*>(descriptor);
    ::fcntl(m_descriptor, F_SETFD, FD_CLOEXEC);
}

void SegmentWriter::writeHeader(const SegmentInfo& info)
{
    const Hdf5Id root = m_file.get();
    writeAttribute(root, layout::kSchema, layout::kSegmentSchema);
    writeAttribute(root, layout::kVersion, layout::kSchemaVersion);
    writeAttribute(root, layout::kRunId, info.runId);
    writeAttribute(root, layout::kSegment, info.segment);
    writeAttribute(root, layout::kPart, m_part.part);
    writeAttribute(root, layout::kFirstStep, info.firstStep);
    writeAttribute(root, layout::kFirstSeq, m_part.firstSeq);
    writeAttribute(root, layout::kFirstModulesSeq, m_part.firstModulesSeq);
    writeAttribute(root, layout::kCreated, utcNow());
    writeAttribute(root, layout::kHost, hostName());
    writeAttribute(root, layout::kEngineVersion, std::string(LENS_VERSION));
    writeText(root, layout::kConfig, info.configJson);
}

void SegmentWriter::createTables(const SegmentInfo& info)
{
    const Hdf5Id root = m_file.get();
    m_scalars = createTable(root, layout::kScalars, m_scalarType.get(), {}, {layout::kScalarChunkRows});
    if (m_moduleCount == 0)
        return;
    m_modules = createTable(root, layout::kModules, H5T_NATIVE_FLOAT, {m_moduleCount, kModuleFieldCount},
                            {modulesChunkRows(bytesPerModulesRow())});
    m_modulesIndex =
        createTable(root, layout::kModulesIndex, m_indexType.get(), {}, {layout::kIndexChunkRows});
    writeTexts(root, layout::kModuleNames, info.moduleNames);
    std::vector<std::string> fields;
    for (const ModuleFieldInfo& field : moduleFieldCatalogue())
        fields.emplace_back(field.key);
    writeTexts(root, layout::kModuleFields, fields);
}

// A reader sees the file only once SWMR has started: before, it would be refused or misled.
void SegmentWriter::publish(const std::filesystem::path& temporary)
{
    syncToDisk();
    if (!takeFileLock(m_descriptor, m_path.string()))
        throw Error("is locked by another process", m_path.string());
    if (::rename(temporary.c_str(), m_path.c_str()) != 0)
        throw systemError("cannot rename into place", m_path.string(), errno);
    syncPath(m_path.parent_path());
}

void SegmentWriter::reserve(std::uint64_t bytes)
{
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0)
        throw systemError("cannot ask for the size", m_path.string(), errno);
    const auto size = static_cast<std::uint64_t>(status.st_size);
    const std::uint64_t needed = size + kSlackBytes + 2 * bytes;
    if (needed <= m_reservedEnd)
        return;
    const std::uint64_t end = needed + kReserveBytes;
    if (::fallocate(m_descriptor, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(end)) != 0 &&
        errno != EOPNOTSUPP && errno != ENOSYS)
        throw systemError("no room for further metrics", m_path.string(), errno);
    m_reservedEnd = end;
}

void SegmentWriter::writeScalars(const std::deque<MetricsRow>& rows, std::size_t count)
{
    m_scalarBuffer.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        layout::ScalarRecord& record = m_scalarBuffer[i];
        record.seq = nextSeq() + i;
        record.step = rows[i].step;
        record.seconds = rows[i].seconds;
        record.present = rows[i].present;
        std::copy(rows[i].values.begin(), rows[i].values.end(), record.values.begin());
        record.segment = m_segment;
        record.crc = crcOf(record);
    }
    m_failed = true;
    writeRows(m_scalars, m_scalarType.get(), m_rows, count, m_scalarBuffer.data());
    flush(m_scalars);
    m_rows += count;
    m_failed = false;
}

// The rows first, then the index that vouches for them.
void SegmentWriter::writeModules(const std::deque<ModulesRow>& rows, std::size_t count)
{
    const std::size_t width = m_moduleCount * kModuleFieldCount;
    m_modulesBuffer.clear();
    m_indexBuffer.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        layout::ModulesIndexRecord& index = m_indexBuffer[i];
        index.seq = nextModulesSeq() + i;
        index.step = rows[i].step;
        index.seconds = rows[i].seconds;
        index.bytes = static_cast<std::uint32_t>(width * sizeof(float));
        index.crc = crcOf(index, rows[i].values);
        m_modulesBuffer.insert(m_modulesBuffer.end(), rows[i].values.begin(), rows[i].values.end());
    }
    m_failed = true;
    writeRows(m_modules, H5T_NATIVE_FLOAT, m_modulesRows, count, m_modulesBuffer.data());
    flush(m_modules);
    writeRows(m_modulesIndex, m_indexType.get(), m_modulesRows, count, m_indexBuffer.data());
    flush(m_modulesIndex);
    m_modulesRows += count;
    m_failed = false;
}

void SegmentWriter::flush(const DatasetHandle& table)
{
    checked(H5Dflush(table.get()), "cannot write", m_path);
}

void SegmentWriter::syncToDisk()
{
    if (::fdatasync(m_descriptor) != 0)
        throw systemError("cannot flush to disk", m_path.string(), errno);
}

void SegmentWriter::forget()
{
    m_scalars.release();
    m_modules.release();
    m_modulesIndex.release();
    m_file.release();
}

void SegmentWriter::abandon()
{
    forget();
    // Frees the lock; HDF5 keeps the number of the descriptor and does not use it any more.
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere >= 0) {
        ::dup3(nowhere, m_descriptor, O_CLOEXEC);
        ::close(nowhere);
    }
}

void SegmentWriter::close()
{
    herr_t result = 0;
    for (DatasetHandle* table : {&m_scalars, &m_modules, &m_modulesIndex})
        result = std::min(result, table->reset());
    checked(std::min(result, m_file.reset()), "cannot close", m_path);
}

} // namespace lens
