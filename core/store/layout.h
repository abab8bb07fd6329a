// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Every name, record and size of the metrics files, written down once. Used by core/store only.
//
// metrics/seg-NNNN.h5 (and seg-NNNN-PP.h5, a further part of the same engine start, made when the disk
// refused the part before): SWMR, format 1.10, paged 4096, no filters, one process writes it once and never
// reopens it.
//   root attributes  schema, schema_version, run_id, segment, part, first_step, first_seq, first_modules_seq,
//                    created, host, engine_version; frozen before SWMR starts
//   /config          one string: the configuration as JSON
//   /scalars         ScalarRecord, one per step; writing it is the commit of the step
//   /modules         float32 [n, modules, fields], and /modules_index: ModulesIndexRecord
//   /module_names    strings [modules], /module_fields: strings [fields]
// Row i of a table is valid iff its seq is first_seq + i and its crc fits; the first invalid row ends the
// table. seq counts the rows of the engine start from 1, also across parts: a later part may repeat rows of
// an earlier one.
//
// metrics.h5: the consolidated file, format 1.8 ("earliest"), compressed, opens anywhere.
//   root attributes  schema, schema_version, run_id, created, engine_version and a summary of the run
//   /config          as above, of the newest engine start
//   /segments        SegmentRecord, one per engine start, in order
//   /scalars/…       one dataset per series that has values, and step, segment, active, t, present
//   /modules/…       values [n, modules, fields], step, segment, active, t, names, fields
//   /lod/<series>/{min,max}  of each kLodRows rows, where there are more than kLodFrom
#pragma once

#include "core/metrics/catalogue.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace lens::layout {

inline constexpr char kSegmentSchema[] = "training-lens-segment";
inline constexpr char kConsolidatedSchema[] = "training-lens-metrics";
inline constexpr std::uint64_t kSchemaVersion = 1;

// Files of a run folder. core/run's RunPaths stands above this folder and names the same.
inline constexpr char kSegmentsFolder[] = "metrics";
inline constexpr char kConsolidatedFile[] = "metrics.h5";
inline constexpr char kMaintenanceLock[] = "maintenance.lock";

// Root attributes.
inline constexpr char kSchema[] = "schema";
inline constexpr char kVersion[] = "schema_version";
inline constexpr char kRunId[] = "run_id";
inline constexpr char kSegment[] = "segment";
inline constexpr char kPart[] = "part";
inline constexpr char kFirstStep[] = "first_step";
inline constexpr char kFirstSeq[] = "first_seq";
inline constexpr char kFirstModulesSeq[] = "first_modules_seq";
inline constexpr char kCreated[] = "created";
inline constexpr char kHost[] = "host";
inline constexpr char kEngineVersion[] = "engine_version";
// The summary of a consolidated file; floating point, absent where undefined.
inline constexpr char kSteps[] = "steps";
inline constexpr char kRows[] = "rows";
inline constexpr char kSeconds[] = "seconds";
inline constexpr char kFinalTrainLoss[] = "final_train_loss";
inline constexpr char kFinalEvalLoss[] = "final_eval_loss";
inline constexpr char kBestEvalLoss[] = "best_eval_loss";
inline constexpr char kBestEvalStep[] = "best_eval_step";
// Attributes of a series' dataset.
inline constexpr char kName[] = "name";
inline constexpr char kUnit[] = "unit";
inline constexpr char kDescription[] = "description";
inline constexpr char kBit[] = "bit"; // of the series in /scalars/present

// Segment datasets.
inline constexpr char kConfig[] = "config";
inline constexpr char kScalars[] = "scalars";
inline constexpr char kModules[] = "modules";
inline constexpr char kModulesIndex[] = "modules_index";
inline constexpr char kModuleNames[] = "module_names";
inline constexpr char kModuleFields[] = "module_fields";

// Consolidated datasets.
inline constexpr char kSegments[] = "segments";
inline constexpr char kScalarsGroup[] = "scalars";
inline constexpr char kModulesGroup[] = "modules";
inline constexpr char kLodGroup[] = "lod";
inline constexpr char kStep[] = "step";
inline constexpr char kSegmentColumn[] = "segment";
inline constexpr char kActive[] = "active";
inline constexpr char kTime[] = "t";
inline constexpr char kPresent[] = "present";
inline constexpr char kValues[] = "values";
inline constexpr char kNames[] = "names";
inline constexpr char kFields[] = "fields";
inline constexpr char kMin[] = "min";
inline constexpr char kMax[] = "max";

// Columns kSeriesCount and up are spare, for series that later versions append to the catalogue.
inline constexpr std::size_t kScalarColumns = 38;
static_assert(kSeriesCount <= kScalarColumns && kScalarColumns < 64);

// No padding, the same type in memory and file: converting costs five times as much as writing.
struct ScalarRecord {
    std::uint64_t seq = 0;
    std::uint64_t step = 0;
    double seconds = 0;
    std::uint64_t present = 0;
    std::array<double, kScalarColumns> values{};
    std::uint32_t segment = 0;
    std::uint32_t crc = 0; // of all bytes before it
};
static_assert(sizeof(ScalarRecord) == 40 + 8 * kScalarColumns);

struct ModulesIndexRecord {
    std::uint64_t seq = 0;
    std::uint64_t step = 0;
    double seconds = 0;
    std::uint32_t bytes = 0; // of the row of /modules
    std::uint32_t crc = 0;   // of all bytes before it, then of that row
};
static_assert(sizeof(ModulesIndexRecord) == 32);

struct SegmentRecord {
    std::uint64_t segment = 0;
    std::uint64_t firstStep = 0;
    std::uint64_t rows = 0;
    std::uint64_t modulesRows = 0;
};
static_assert(sizeof(SegmentRecord) == 32);

// Rows per chunk.
inline constexpr std::size_t kScalarChunkRows = 256;
inline constexpr std::size_t kIndexChunkRows = 256;
inline constexpr std::size_t kModulesChunkRows = 4;
inline constexpr std::size_t kConsolidatedChunkRows = 16384;
inline constexpr std::size_t kFilePageBytes = 4096;
// HDF5 has one global lock: a longer read would stop every other thread for too long.
inline constexpr std::size_t kReadBlockRows = 65536;
inline constexpr std::size_t kLodFrom = 65536;
inline constexpr std::size_t kLodRows = 256;
inline constexpr int kDeflateLevel = 4;
inline constexpr int kModulesDeflateLevel = 1;
// A reader of a torn file fails after this many attempts in about 10 ms; the default of 100 hangs.
inline constexpr unsigned kReadAttempts = 18;

// Bounds for files from elsewhere.
inline constexpr std::size_t kMaxModules = 1u << 20;
inline constexpr std::size_t kMaxTextBytes = 64u << 20;

} // namespace lens::layout
