// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// ChatML, the one conversation format that is written here: <|im_start|>role\ncontent<|im_end|>\n. Other chat
// templates need a renderer and are refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lens {

inline constexpr const char* kTurnBegin = "<|im_start|>";
inline constexpr const char* kTurnEnd = "<|im_end|>";

struct ChatFormat {
    // What the model's template puts first where a conversation has no system message (Qwen's does).
    std::optional<std::string> defaultSystem;
};

// Without a template: plain ChatML. Throws Error if the template is not recognised as ChatML.
ChatFormat chatFormatOf(const std::optional<std::string>& chatTemplate);

} // namespace lens
