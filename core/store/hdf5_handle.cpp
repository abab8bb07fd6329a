// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/hdf5_handle.h"

#include "core/base/error.h"

#include <hdf5.h>
#include <type_traits>

namespace lens {
namespace {

static_assert(std::is_same_v<hid_t, Hdf5Id> && std::is_same_v<herr_t, int>);

// The system's own words where HDF5 quotes them, else the innermost description.
herr_t collectReason(unsigned, const H5E_error2_t* entry, void* target)
{
    auto& reason = *static_cast<std::string*>(target);
    const std::string text = entry->desc ? entry->desc : "";
    const std::string mark = "error message = '";
    const auto begin = text.find(mark);
    if (begin != std::string::npos) {
        const auto start = begin + mark.size();
        reason = text.substr(start, text.find('\'', start) - start);
        return 1;
    }
    if (reason.empty())
        reason = text;
    return 0;
}

} // namespace

int closeHdf5File(Hdf5Id id)
{
    return H5Fclose(id);
}

int closeHdf5Group(Hdf5Id id)
{
    return H5Gclose(id);
}

int closeHdf5Dataset(Hdf5Id id)
{
    return H5Dclose(id);
}

int closeHdf5Space(Hdf5Id id)
{
    return H5Sclose(id);
}

int closeHdf5Type(Hdf5Id id)
{
    return H5Tclose(id);
}

int closeHdf5Attribute(Hdf5Id id)
{
    return H5Aclose(id);
}

int closeHdf5Property(Hdf5Id id)
{
    return H5Pclose(id);
}

void silenceHdf5()
{
    [[maybe_unused]] static const herr_t once = H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

void throwHdf5Error(const std::string& action, const std::filesystem::path& path)
{
    std::string reason;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collectReason, &reason);
    H5Eclear2(H5E_DEFAULT);
    throw Error(reason.empty() ? action : action + ": " + reason, path.string());
}

} // namespace lens
