// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/stored_text.h"

#include "core/base/error.h"
#include "core/store/layout.h"

#include <algorithm>
#include <cstring>
#include <hdf5.h>

namespace lens {
namespace {

TypeHandle textType(std::size_t bytes)
{
    TypeHandle type(checked(H5Tcopy(H5T_C_S1), "cannot make a text type", {}));
    checked(H5Tset_size(type.get(), std::max<std::size_t>(bytes, 1)), "cannot make a text type", {});
    H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    return type;
}

bool has(Hdf5Id location, const char* name)
{
    return H5Lexists(location, name, H5P_DEFAULT) > 0;
}

// Fixed-length texts only: the programs write no others, and variable ones cannot be read while a file grows.
std::vector<std::string> textsOf(Hdf5Id object, Hdf5Id space, Hdf5Id type, const char* name,
                                 herr_t (*read)(Hdf5Id, Hdf5Id, void*))
{
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    const std::size_t bytes = H5Tget_size(type);
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 || count < 0 || bytes == 0 ||
        static_cast<std::size_t>(count) > layout::kMaxTextBytes / bytes)
        throw Error("is not a text of fixed length", name);
    std::string buffer(static_cast<std::size_t>(count) * bytes, '\0');
    if (count > 0)
        checked(read(object, type, buffer.data()), "cannot read a text", name);
    std::vector<std::string> texts;
    for (hssize_t i = 0; i < count; ++i) {
        const char* begin = buffer.data() + static_cast<std::size_t>(i) * bytes;
        texts.emplace_back(begin, ::strnlen(begin, bytes));
    }
    return texts;
}

herr_t readDataset(Hdf5Id dataset, Hdf5Id type, void* target)
{
    return H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, target);
}

void writeValue(Hdf5Id object, const char* name, Hdf5Id type, const void* value)
{
    const SpaceHandle space(checked(H5Screate(H5S_SCALAR), "cannot make an attribute", name));
    const AttributeHandle attribute(
        checked(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                "cannot make an attribute", name));
    checked(H5Awrite(attribute.get(), type, value), "cannot write an attribute", name);
}

} // namespace

void writeAttribute(Hdf5Id object, const char* name, const std::string& text)
{
    const TypeHandle type = textType(text.size());
    const std::string padded = text.empty() ? std::string(1, '\0') : text;
    writeValue(object, name, type.get(), padded.data());
}

void writeAttribute(Hdf5Id object, const char* name, std::uint64_t value)
{
    writeValue(object, name, H5T_NATIVE_UINT64, &value);
}

void writeAttribute(Hdf5Id object, const char* name, double value)
{
    writeValue(object, name, H5T_NATIVE_DOUBLE, &value);
}

std::optional<std::string> textAttribute(Hdf5Id object, const char* name)
{
    if (H5Aexists(object, name) <= 0)
        return std::nullopt;
    const AttributeHandle attribute(checked(H5Aopen(object, name, H5P_DEFAULT), "cannot open", name));
    const SpaceHandle space(checked(H5Aget_space(attribute.get()), "cannot read", name));
    const TypeHandle type(checked(H5Aget_type(attribute.get()), "cannot read", name));
    const auto texts = textsOf(attribute.get(), space.get(), type.get(), name, H5Aread);
    return texts.size() == 1 ? std::optional(texts.front()) : std::nullopt;
}

std::optional<std::uint64_t> numberAttribute(Hdf5Id object, const char* name)
{
    if (H5Aexists(object, name) <= 0)
        return std::nullopt;
    const AttributeHandle attribute(checked(H5Aopen(object, name, H5P_DEFAULT), "cannot open", name));
    const SpaceHandle space(checked(H5Aget_space(attribute.get()), "cannot read", name));
    const TypeHandle type(checked(H5Aget_type(attribute.get()), "cannot read", name));
    std::uint64_t value = 0;
    if (H5Tget_class(type.get()) != H5T_INTEGER || H5Sget_simple_extent_npoints(space.get()) != 1 ||
        H5Aread(attribute.get(), H5T_NATIVE_UINT64, &value) < 0)
        return std::nullopt;
    return value;
}

void writeTexts(Hdf5Id location, const char* name, const std::vector<std::string>& texts)
{
    std::size_t bytes = 1;
    for (const std::string& text : texts)
        bytes = std::max(bytes, text.size());
    std::string buffer(texts.size() * bytes, '\0');
    for (std::size_t i = 0; i < texts.size(); ++i)
        std::copy(texts[i].begin(), texts[i].end(), buffer.begin() + static_cast<std::ptrdiff_t>(i * bytes));
    const TypeHandle type = textType(bytes);
    const hsize_t count = texts.size();
    const SpaceHandle space(checked(H5Screate_simple(1, &count, nullptr), "cannot create", name));
    const DatasetHandle dataset(
        checked(H5Dcreate2(location, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                "cannot create", name));
    if (count > 0)
        checked(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer.data()),
                "cannot write", name);
}

void writeText(Hdf5Id location, const char* name, const std::string& text)
{
    const TypeHandle type = textType(text.size());
    const std::string padded = text.empty() ? std::string(1, '\0') : text;
    const SpaceHandle space(checked(H5Screate(H5S_SCALAR), "cannot create", name));
    const DatasetHandle dataset(
        checked(H5Dcreate2(location, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                "cannot create", name));
    checked(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()), "cannot write",
            name);
}

std::vector<std::string> readTexts(Hdf5Id location, const char* name)
{
    if (!has(location, name))
        return {};
    const DatasetHandle dataset(checked(H5Dopen2(location, name, H5P_DEFAULT), "cannot open", name));
    const SpaceHandle space(checked(H5Dget_space(dataset.get()), "cannot read", name));
    const TypeHandle type(checked(H5Dget_type(dataset.get()), "cannot read", name));
    return textsOf(dataset.get(), space.get(), type.get(), name, readDataset);
}

std::string readText(Hdf5Id location, const char* name)
{
    const std::vector<std::string> texts = readTexts(location, name);
    return texts.empty() ? std::string() : texts.front();
}

} // namespace lens
