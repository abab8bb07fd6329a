// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Texts and numbers that stand beside the tables: attributes and small datasets. Texts are UTF-8 of fixed
// length, padded with zeros: variable ones cannot be read while a file grows. Private to core/store.
#pragma once

#include "core/store/hdf5_handle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lens {

void writeAttribute(Hdf5Id object, const char* name, const std::string& text);
void writeAttribute(Hdf5Id object, const char* name, std::uint64_t value);
void writeAttribute(Hdf5Id object, const char* name, double value);
// Absent if there is none of that name, or it is not of that kind.
std::optional<std::string> textAttribute(Hdf5Id object, const char* name);
std::optional<std::uint64_t> numberAttribute(Hdf5Id object, const char* name);

// A one-dimensional dataset of texts, all of the length of the longest.
void writeTexts(Hdf5Id location, const char* name, const std::vector<std::string>& texts);
// A scalar dataset of one text.
void writeText(Hdf5Id location, const char* name, const std::string& text);
// Empty if there is none. Throw Error if it is not of that kind or too large.
std::vector<std::string> readTexts(Hdf5Id location, const char* name);
std::string readText(Hdf5Id location, const char* name);

} // namespace lens
