// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Move-only owners of HDF5 ids, and HDF5's errors as lens::Error. Private to core/store. HDF5 keeps its error
// stack per thread and prints it to stderr unless told not to: every thread that uses HDF5 calls
// silenceHdf5() first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace lens {

using Hdf5Id = std::int64_t; // hid_t; this header keeps hdf5.h out of the others

// Negative if HDF5 refused.
int closeHdf5File(Hdf5Id id);
int closeHdf5Group(Hdf5Id id);
int closeHdf5Dataset(Hdf5Id id);
int closeHdf5Space(Hdf5Id id);
int closeHdf5Type(Hdf5Id id);
int closeHdf5Attribute(Hdf5Id id);
int closeHdf5Property(Hdf5Id id);

template <int (*Close)(Hdf5Id)>
class Hdf5Handle {
public:
    Hdf5Handle() = default;
    explicit Hdf5Handle(Hdf5Id id) : m_id(id) {}
    ~Hdf5Handle() { reset(); }
    Hdf5Handle(Hdf5Handle&& other) noexcept : m_id(std::exchange(other.m_id, kNone)) {}
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept
    {
        if (this != &other) {
            reset();
            m_id = std::exchange(other.m_id, kNone);
        }
        return *this;
    }
    Hdf5Handle(const Hdf5Handle&) = delete;
    Hdf5Handle& operator=(const Hdf5Handle&) = delete;

    Hdf5Id get() const { return m_id; }
    explicit operator bool() const { return m_id >= 0; }
    // Gives the id up without closing it.
    void release() { m_id = kNone; }
    // Closes now. Negative if HDF5 refused.
    int reset() { return m_id >= 0 ? Close(std::exchange(m_id, kNone)) : 0; }

private:
    static constexpr Hdf5Id kNone = -1;
    Hdf5Id m_id = kNone;
};

using FileHandle = Hdf5Handle<closeHdf5File>;
using GroupHandle = Hdf5Handle<closeHdf5Group>;
using DatasetHandle = Hdf5Handle<closeHdf5Dataset>;
using SpaceHandle = Hdf5Handle<closeHdf5Space>;
using TypeHandle = Hdf5Handle<closeHdf5Type>;
using AttributeHandle = Hdf5Handle<closeHdf5Attribute>;
using PropertyHandle = Hdf5Handle<closeHdf5Property>;

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
