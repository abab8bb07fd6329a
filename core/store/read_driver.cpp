// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/read_driver.h"

#include "core/store/layout.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <hdf5.h>
#include <limits>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#if __has_include(<H5FDdevelop.h>)
#include <H5FDdevelop.h> // HDF5 1.14
#endif

namespace lens {
namespace {

constexpr haddr_t kLargestAddress = std::numeric_limits<off_t>::max();

struct ReadFile : H5FD_t {
    int descriptor = -1;
    haddr_t endOfAllocation = 0;
    haddr_t size = 0; // at opening, as HDF5's own driver has it
};

ReadFile& self(H5FD_t* file)
{
    return *static_cast<ReadFile*>(file);
}

const ReadFile& self(const H5FD_t* file)
{
    return *static_cast<const ReadFile*>(file);
}

herr_t fail(const char* action, int errorNumber)
{
    // In the form in which HDF5 quotes the system, for throwHdf5Error().
    H5Epush2(H5E_DEFAULT, __FILE__, __func__, __LINE__, H5E_ERR_CLS, H5E_VFL, H5E_READERROR,
             "%s: error message = '%s'", action, std::strerror(errorNumber));
    return -1;
}

H5FD_t* openFile(const char* name, unsigned flags, hid_t, haddr_t)
{
    if ((flags & H5F_ACC_RDWR) != 0)
        return nullptr;
    const int descriptor = ::open(name, O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
        fail("open", errno);
        if (descriptor >= 0)
            ::close(descriptor);
        return nullptr;
    }
    auto file = std::make_unique<ReadFile>();
    file->descriptor = descriptor;
    file->size = static_cast<haddr_t>(status.st_size);
    return file.release();
}

herr_t closeFile(H5FD_t* file)
{
    const std::unique_ptr<ReadFile> owned(&self(file));
    ::close(owned->descriptor);
    return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags)
{
    *flags = H5FD_FEAT_ACCUMULATE_METADATA_READ | H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_SUPPORTS_SWMR_IO |
             H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

haddr_t endOfAllocation(const H5FD_t* file, H5FD_mem_t)
{
    return self(file).endOfAllocation;
}

herr_t setEndOfAllocation(H5FD_t* file, H5FD_mem_t, haddr_t address)
{
    self(file).endOfAllocation = address;
    return 0;
}

haddr_t endOfFile(const H5FD_t* file, H5FD_mem_t)
{
    return self(file).size;
}

herr_t getHandle(H5FD_t* file, hid_t, void** handle)
{
    *handle = &self(file).descriptor;
    return 0;
}

// Beyond the end of the file there are zeros, as for HDF5's own driver: what is read so fails its checksum.
herr_t readFile(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t size, void* buffer)
{
    auto* target = static_cast<char*>(buffer);
    while (size > 0) {
        const ssize_t count = ::pread(self(file).descriptor, target, size, static_cast<off_t>(address));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail("read", errno);
        if (count == 0) {
            std::memset(target, 0, size);
            return 0;
        }
        target += count;
        address += static_cast<haddr_t>(count);
        size -= static_cast<size_t>(count);
    }
    return 0;
}

herr_t writeNothing(H5FD_t*, H5FD_mem_t, hid_t, haddr_t, size_t, const void*)
{
    return fail("write", EROFS);
}

H5FD_class_t driverClass()
{
    H5FD_class_t driver{};
#ifdef H5FD_CLASS_VERSION
    driver.version = H5FD_CLASS_VERSION;
    driver.value = static_cast<H5FD_class_value_t>(40117); // any number above those reserved by HDF5
#endif
    driver.name = "lens-read";
    driver.maxaddr = kLargestAddress;
    driver.fc_degree = H5F_CLOSE_WEAK;
    driver.open = openFile;
    driver.close = closeFile;
    driver.query = query;
    driver.get_eoa = endOfAllocation;
    driver.set_eoa = setEndOfAllocation;
    driver.get_eof = endOfFile;
    driver.get_handle = getHandle;
    driver.read = readFile;
    driver.write = writeNothing;
    // No cmp: HDF5 then compares addresses, and no two openings are the same file.
    return driver;
}

Hdf5Id driverId()
{
    static const H5FD_class_t driver = driverClass();
    static const Hdf5Id id = checked(H5FDregister(&driver), "cannot set up reading", {});
    return id;
}

} // namespace

FileHandle openForReading(const std::filesystem::path& path, bool live)
{
    const PropertyHandle access(checked(H5Pcreate(H5P_FILE_ACCESS), "cannot set up reading", path));
    checked(H5Pset_driver(access.get(), driverId(), nullptr), "cannot set up reading", path);
    unsigned flags = H5F_ACC_RDONLY;
    if (live) {
        flags |= H5F_ACC_SWMR_READ;
        checked(H5Pset_metadata_read_attempts(access.get(), layout::kReadAttempts), "cannot set up reading",
                path);
    }
    return FileHandle(checked(H5Fopen(path.c_str(), flags, access.get()), "cannot open", path));
}

} // namespace lens
