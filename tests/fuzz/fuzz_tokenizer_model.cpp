// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// tokenizer.model. Fields that SentencePiece does not have say what is done with it: 1000 the text that is
// encoded and decoded, 1001 whether it is read as transformers does, 1002 a tokenizer_config.json for that.
#include "core/tokenizer/protobuf.h"
#include "core/tokenizer/token_pipeline.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/json_mutator.h"
#include "tests/fuzz/protobuf_mutator.h"
#include "tests/fuzz/round_trip.h"

#include <algorithm>
#include <cstring>

namespace {

struct Wishes {
    std::string_view text = lens::fuzz::kSampleText;
    std::string_view config;
    bool asTransformers = false;
};

Wishes wishesOf(std::string_view model)
{
    const std::string where = "tokenizer.model";
    lens::ProtobufReader reader(model, where);
    Wishes wishes;
    while (const auto field = reader.next()) {
        if (field->number == 1000)
            wishes.text = field->bytes;
        else if (field->number == 1001)
            wishes.asTransformers = field->value != 0;
        else if (field->number == 1002)
            wishes.config = field->bytes;
    }
    return wishes;
}

void readModel(std::string_view model)
{
    const Wishes wishes = wishesOf(model);
    lens::TokenizerConfig config;
    if (!wishes.config.empty())
        config = lens::tokenizerConfigOf(lens::parseJson(wishes.config, "config"), "config");
    auto parts = lens::partsOfSentencePiece(model, config, wishes.asTransformers, "tokenizer.model");
    const lens::TokenPipeline tokenizer(std::move(parts), std::move(config));
    lens::fuzz::checkRoundTrip(tokenizer, tokenizer.idLimit(), wishes.text);
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t maxSize,
                                               unsigned seed)
{
    const std::string_view model(reinterpret_cast<const char*>(bytes), std::min(size, maxSize));
    const std::string changed = lens::fuzz::mutatedProtobuf(model, maxSize, seed);
    std::memcpy(bytes, changed.data(), changed.size());
    return changed.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    return lens::fuzz::readOrRefuse(bytes, size, readModel);
}
