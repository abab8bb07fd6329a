// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Continues the fixed prompts of a run, formatted like its training rows, so that one sees what the model
// writes at every evaluation.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"
#include "core/engine/model/model.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lens {

struct Sample {
    std::string text; // the answer alone
    std::uint64_t tokens = 0;
    double seconds = 0;
};

// How prompts are written: as the training rows are.
struct PromptForm {
    DataFormat format = DataFormat::Text;
    std::string chatTemplate; // data.chat_template
};

class Sampler {
public:
    // `tokenizer` outlives this object; without one there are no samples.
    Sampler(const Tokenizer* tokenizer, PromptForm form, std::vector<std::int64_t> stopIds);

    bool canSample() const { return m_tokenizer != nullptr; }
    // Puts the model into evaluation mode and leaves it there. onPiece gets the text as it grows, in whole
    // characters; may be empty.
    Sample continueText(Model& model, const std::string& prompt, const GenerateOptions& options,
                        const std::function<void(std::string_view)>& onPiece = {}) const;

private:
    const Tokenizer* m_tokenizer;
    PromptForm m_form;
    std::vector<std::int64_t> m_stopIds;
};

} // namespace lens
