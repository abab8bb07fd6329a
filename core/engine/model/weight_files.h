// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The safetensors files of a model folder, one or sharded with an index, as one set of named tensors.
#pragma once

#include "core/engine/model/family.h"
#include "core/safetensors/safetensors.h"

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lens {

// Throws Error for a type that weights do not have (integers and such); `where` names the tensor.
at::ScalarType scalarTypeOf(DType type, const std::string& where);

// A view of the mapped bytes, valid while the file is; a copy where they are not aligned. Never write to it.
at::Tensor mappedTensor(const TensorEntry& entry, const std::string& where);

// Gives the memory of a mapped tensor back that is not read again soon; its bytes stay what they are.
void dropPages(std::span<const std::byte> bytes);

class WeightFiles {
public:
    // Throws Error if there are no safetensors, or if index and files disagree.
    explicit WeightFiles(const std::filesystem::path& folder);

    const std::map<std::string, const TensorEntry*>& tensors() const { return m_tensors; }
    // Files of a base model alone (without the class that adds a head) leave out the first part of each name
    // ("h.0.…" for "transformer.h.0.…"): puts it before all names but the head's. Nothing changes where names
    // have it.
    void completeNames(const ModuleNames& names);
    // What was read need not stay in memory (MappedFile).
    void releasePages() const;

private:
    void open(const std::filesystem::path& file);
    void openShards(const std::filesystem::path& index);

    std::vector<SafetensorsFile> m_files;
    std::map<std::string, const TensorEntry*> m_tensors;
};

} // namespace lens
