// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The records of layout.h as HDF5 types, and their checksums. Private to core/store.
#pragma once

#include "core/store/hdf5_handle.h"
#include "core/store/layout.h"

#include <cstdint>
#include <span>

namespace lens {

TypeHandle scalarRecordType();
TypeHandle modulesIndexType();
TypeHandle segmentRecordType();

std::uint32_t crcOf(const layout::ScalarRecord& record);
std::uint32_t crcOf(const layout::ModulesIndexRecord& record, std::span<const float> row);

} // namespace lens
