// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/safetensors/safetensors.h"
#include "core/safetensors/safetensors_header.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace lens {

// A temporary file beside its target: renamed into place by commit(), removed otherwise.
class SafetensorsStream::PendingFile {
public:
    explicit PendingFile(const std::filesystem::path& target)
        : m_target(target)
        , m_temporary(target.string() + ".tmp-" + randomHex(4))
    {
        m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (m_descriptor < 0)
            throw systemError("cannot create", m_temporary.string(), errno);
    }
    ~PendingFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        if (!m_committed)
            ::unlink(m_temporary.c_str());
    }
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;

    void write(const void* begin, std::size_t size)
    {
        constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;
        const char* next = static_cast<const char*>(begin);
        while (size > 0) {
            const ssize_t written = ::write(m_descriptor, next, std::min(size, kMostAtOnce));
            if (written < 0 && errno != EINTR)
                throw systemError("cannot write", m_target.string(), errno);
            if (written > 0) {
                next += written;
                size -= static_cast<std::size_t>(written);
            }
        }
    }

    void commit()
    {
        if (::fsync(m_descriptor) != 0)
            throw systemError("cannot write", m_target.string(), errno);
        const int descriptor = m_descriptor;
        m_descriptor = -1;
        if (::close(descriptor) != 0)
            throw systemError("cannot write", m_target.string(), errno);
        if (::rename(m_temporary.c_str(), m_target.c_str()) != 0)
            throw systemError("cannot rename into place", m_target.string(), errno);
        m_committed = true;
    }

private:
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
    bool m_committed = false;
};

SafetensorsStream::SafetensorsStream(const std::filesystem::path& path,
                                     const std::vector<TensorForm>& tensors,
                                     const std::map<std::string, std::string>& metadata)
    : m_path(path)
{
    const std::string header = safetensorsHeader(tensors, metadata);
    for (const TensorForm& tensor : tensors)
        m_missing += tensor.byteCount();
    m_file = std::make_unique<PendingFile>(path);
    m_file->write(header.data(), header.size());
}

SafetensorsStream::~SafetensorsStream() = default;

void SafetensorsStream::write(std::span<const std::byte> bytes)
{
    if (bytes.size() > m_missing)
        throw Error("more bytes than the tensors have", m_path.string());
    m_file->write(bytes.data(), bytes.size());
    m_missing -= bytes.size();
}

void SafetensorsStream::commit()
{
    if (m_missing > 0)
        throw Error(std::to_string(m_missing) + " bytes of the tensors are missing", m_path.string());
    m_file->commit();
    syncPath(m_path.has_parent_path() ? m_path.parent_path() : std::filesystem::path("."));
}

void writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors,
                      const std::map<std::string, std::string>& metadata)
{
    writeSafetensorsHeader(tensors, metadata); // whether the bytes fit
    std::vector<TensorForm> forms;
    for (const TensorToWrite& tensor : tensors)
        forms.push_back({tensor.name, tensor.type, tensor.shape});
    SafetensorsStream stream(path, forms, metadata);
    for (const TensorToWrite& tensor : tensors)
        stream.write(tensor.bytes);
    stream.commit();
}

} // namespace lens
