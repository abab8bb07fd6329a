// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/dataset/random_conversation.h"

#include <array>

namespace lens::test {
namespace {

constexpr std::array kPieces{"hello",
                             " world",
                             "\n",
                             "\n\n",
                             "\t",
                             "  ",
                             "don't",
                             "1234567",
                             "…",
                             "你好",
                             "世界",
                             "привет",
                             "مرحبا",
                             "नमस्ते",
                             "e\u0301",
                             "\u00E9",
                             "👩‍👩‍👧",
                             "🇩🇪",
                             "\u00A0",
                             "\u200B",
                             "{\"a\":",
                             "<|fake|>",
                             "<|im_strt|>",
                             "</ s>",
                             "[INST",
                             "### x:",
                             "\r\n",
                             "\u2028",
                             "<b>",
                             "|>",
                             " a ",
                             ".",
                             "?!",
                             "assistant",
                             "user:",
                             "x = y[0];\n    "};
constexpr std::array kEnds{"", "", "", " ", "  ", "\n", "\n\n", "\t", " \n ", "\u3000"};

} // namespace

std::string RandomConversation::text()
{
    if (below(12) == 0)
        return {};
    const std::uint32_t pieces = below(25) == 0 ? 400 : 1 + below(12);
    const std::uint32_t at = below(pieces);
    std::string text = kEnds[below(kEnds.size())];
    for (std::uint32_t i = 0; i < pieces; ++i) {
        text += kPieces[below(kPieces.size())];
        if (i == at)
            text += "w" + std::to_string(m_word++) + "q";
    }
    return text + kEnds[below(kEnds.size())];
}

Json RandomConversation::messages(bool withSystem)
{
    m_word = 0;
    Json list = Json::array();
    if (withSystem)
        list.push_back({{"role", "system"}, {"content", text()}});
    const std::uint32_t turns = 1 + below(4);
    for (std::uint32_t i = 0; i < turns; ++i) {
        list.push_back({{"role", "user"}, {"content", text()}});
        list.push_back({{"role", "assistant"}, {"content", text()}});
        if (below(6) == 0)
            list.back()["weight"] = 0;
    }
    // Not all answers empty: such a row is refused only by what it lacks, not by what it is.
    if (list.back()["content"].get_ref<const std::string&>().empty())
        list.back()["content"] = "w" + std::to_string(m_word++) + "q";
    return list;
}

} // namespace lens::test
