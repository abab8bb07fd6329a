// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Move-only owners of HDF5 ids, and HDF5's errors as lens::Error. Private to core/store. HDF5 keeps its error
// stack per thread and prints it to stderr unless told not to: every thread that uses HDF5 calls
// silenceHdf5() first.
#pragma once

#include <hdf5.h>

#include <filesystem>
#include <string>
#include <utility>

namespace lens {

template <herr_t (*Close)(hid_t)>
class Hdf5Handle {
public:
    Hdf5Handle() = default;
    explicit Hdf5Handle(hid_t id) : m_id(id) {}
    ~Hdf5Handle() { reset(); }
    Hdf5Handle(Hdf5Handle&& other) noexcept : m_id(std::exchange(other.m_id, H5I_INVALID_HID)) {}
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept
    {
        if (this != &other) {
            reset();
            m_id = std::exchange(other.m_id, H5I_INVALID_HID);
        }
        return *this;
    }
    Hdf5Handle(const Hdf5Handle&) = delete;
    Hdf5Handle& operator=(const Hdf5Handle&) = delete;

    hid_t get() const { return m_id; }
    explicit operator bool() const { return m_id >= 0; }
    // Gives the id up without closing it.
    void release() { m_id = H5I_INVALID_HID; }
    // Negative if HDF5 refused.
    herr_t reset() { return m_id >= 0 ? Close(std::exchange(m_id, H5I_INVALID_HID)) : 0; }

private:
    hid_t m_id = H5I_INVALID_HID;
};

using FileHandle = Hdf5Handle<H5Fclose>;
using GroupHandle = Hdf5Handle<H5Gclose>;
using DatasetHandle = Hdf5Handle<H5Dclose>;
using SpaceHandle = Hdf5Handle<H5Sclose>;
using TypeHandle = Hdf5Handle<H5Tclose>;
using AttributeHandle = Hdf5Handle<H5Aclose>;
using PropertyHandle = Hdf5Handle<H5Pclose>;

// Switches the error output of the calling thread off. It also keeps HDF5 from closing what is open at the
// end of the process: it crashes there over a file that could not be closed (a full disk). All files are
// closed by their owners.
void silenceHdf5();

// Throws Error "action: <HDF5's innermost reason>".
[[noreturn]] void throwHdf5Error(const std::string& action, const std::filesystem::path& path);

// Passes a result of HDF5 on, throws if it is negative.
template <typename Result>
Result checked(Result result, const char* action, const std::filesystem::path& path)
{
    if (result < 0)
        throwHdf5Error(action, path);
    return result;
}

} // namespace lens
