// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The records of layout.h as HDF5 types, and small pieces every file needs: texts, attributes, growing
// tables. Private to core/store.
#pragma once

#include "core/store/hdf5_handle.h"
#include "core/store/layout.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lens {

TypeHandle scalarRecordType();
TypeHandle modulesIndexType();
TypeHandle segmentRecordType();
// UTF-8 of fixed length, padded with zeros.
TypeHandle textType(std::size_t bytes);

std::uint32_t crcOf(const layout::ScalarRecord& record);
std::uint32_t crcOf(const layout::ModulesIndexRecord& record, std::span<const float> row);

void writeAttribute(hid_t object, const char* name, const std::string& text);
void writeAttribute(hid_t object, const char* name, std::uint64_t value);
void writeAttribute(hid_t object, const char* name, double value);
// Absent if there is none of that name, or it is not of that kind.
std::optional<std::string> textAttribute(hid_t object, const char* name);
std::optional<std::uint64_t> numberAttribute(hid_t object, const char* name);

// A one-dimensional dataset of texts, all of the length of the longest.
void writeTexts(hid_t location, const char* name, const std::vector<std::string>& texts);
// A scalar dataset of one text.
void writeText(hid_t location, const char* name, const std::string& text);
// Empty if there is none. Throws Error if it is not of that kind or too large.
std::vector<std::string> readTexts(hid_t location, const char* name);
std::string readText(hid_t location, const char* name);

// An empty dataset that grows along its first dimension. `row` holds the further dimensions.
DatasetHandle createTable(hid_t location, const char* name, hid_t type, std::size_t chunkRows,
                          const std::vector<hsize_t>& row, int deflateLevel = 0);
// Opens a dataset and checks that its rows have that shape; the type is the caller's affair.
DatasetHandle openTable(hid_t location, const char* name, const std::vector<hsize_t>& row);
std::uint64_t tableRows(hid_t table);
// The second and third dimension of /modules.
std::vector<hsize_t> tableShape(hid_t table);
// Rows [first, first + count) along the first dimension, all of the others.
void writeRows(hid_t table, hid_t type, std::uint64_t first, std::uint64_t count, const void* rows);
void readRows(hid_t table, hid_t type, std::uint64_t first, std::uint64_t count, void* rows);

} // namespace lens
