// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A safetensors file: header, the ranges it names, and the same file as token batches.
#include "core/base/json.h"
#include "core/dataset/token_batches.h"
#include "core/safetensors/safetensors_header.h"
#include "tests/fuzz/file_in_memory.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/json_mutator.h"

#include <algorithm>
#include <cstring>

namespace {

constexpr std::size_t kLengthBytes = 8;

// Offsets that fit shapes and types, one tensor behind the other; returns how many data bytes they need.
std::size_t layOut(lens::Json& header)
{
    std::size_t end = 0;
    for (auto& [name, tensor] : header.items()) {
        if (!tensor.is_object() || !tensor.contains("shape") || !tensor["shape"].is_array())
            continue;
        const lens::Json& type = tensor.contains("dtype") ? tensor["dtype"] : header;
        const auto known = type.is_string() ? lens::dtypeOf(type.get<std::string>()) : std::nullopt;
        std::size_t bytes = known ? lens::dtypeBytes(*known) : 1;
        for (const lens::Json& size : tensor["shape"])
            bytes *= size.is_number_unsigned() ? size.get<std::size_t>() : 1;
        tensor["data_offsets"] = {end, end + bytes};
        end += bytes;
    }
    return end;
}

// The JSON part is changed and given its length; every second time the data is made to fit as well.
std::string mutatedFile(std::string_view file, std::size_t maxSize, unsigned seed)
{
    std::uint64_t length = 0;
    std::memcpy(&length, file.data(), kLengthBytes);
    length = std::min<std::uint64_t>(length, file.size() - kLengthBytes);
    std::string json =
        lens::fuzz::mutatedJson(file.substr(kLengthBytes, length), maxSize - kLengthBytes, seed / 2);
    std::string content(file.substr(kLengthBytes + length));
    lens::Json header = seed % 2 == 0 ? lens::Json::parse(json, nullptr, false) : lens::Json();
    if (header.is_object()) {
        content.resize(std::min(layOut(header), maxSize));
        json = header.dump(-1, ' ', false, lens::Json::error_handler_t::replace);
    }
    length = json.size();
    std::string changed(kLengthBytes, '\0');
    std::memcpy(changed.data(), &length, kLengthBytes);
    changed += json + content;
    return changed.substr(0, maxSize);
}

void readTensors(std::string_view file)
{
    const auto bytes = std::as_bytes(std::span(file));
    const auto header = lens::readSafetensorsHeader(bytes, "model.safetensors");
    for (const auto& [name, tensor] : header.tensors) {
        lens::fuzz::require(tensor.bytes.size() ==
                                static_cast<std::size_t>(tensor.elements()) * lens::dtypeBytes(tensor.type),
                            "a tensor's bytes are its shape times its type");
        lens::fuzz::require(tensor.bytes.empty() ||
                                (tensor.bytes.data() >= bytes.data() && tensor.bytes.size() <= bytes.size()),
                            "a tensor lies inside of the file");
    }
    static lens::fuzz::FileInMemory copy("data.safetensors");
    copy.write(file);
    for (const lens::TokenRow& row : lens::readTokenBatches(copy.path()).rows)
        lens::fuzz::require(row.ids.size() == row.trained.size() && !row.ids.empty(), "a row has tokens");
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t maxSize,
                                               unsigned seed)
{
    const std::string file(reinterpret_cast<const char*>(bytes), std::min(size, maxSize));
    const bool asBytes = file.size() <= kLengthBytes || seed % 8 == 0;
    const std::string changed =
        asBytes ? lens::fuzz::mutatedBytes(file, maxSize) : mutatedFile(file, maxSize, seed / 8);
    std::memcpy(bytes, changed.data(), changed.size());
    return changed.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    return lens::fuzz::readOrRefuse(bytes, size, readTensors);
}
