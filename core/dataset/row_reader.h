// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The rows of a data file, one after another, as stretches of its mapped bytes: lines (JSONL, plain text) or
// the elements of one JSON list. Nothing is copied.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace lens {

enum class RowFile { JsonLines, JsonList, PlainText, Safetensors };

// By the ending (.jsonl, .ndjson, .json, .txt, .safetensors) and, for .json and other endings, by the first
// character that is no blank: '[' a list, '{' lines, else plain text.
RowFile rowFileOf(const std::filesystem::path& path, std::string_view bytes);

struct RawRow {
    std::string_view text;
    std::uint64_t line = 0; // 1-based line of the file where it begins
    std::size_t endByte = 0;
};

class RowReader {
public:
    // kind: JsonLines, JsonList or PlainText. `bytes` must outlive this.
    RowReader(std::string_view bytes, RowFile kind);

    // The next row; blank lines are passed over. Throws Error (where: the line alone) if the list as such is
    // malformed.
    std::optional<RawRow> next();

private:
    std::optional<RawRow> nextLine();
    std::optional<RawRow> nextElement();
    std::size_t elementEnd() const;
    void skipBlanks();

    std::string_view m_bytes;
    std::size_t m_at = 0;
    std::uint64_t m_line = 1;
    RowFile m_kind;
    bool m_inList = false;
    bool m_done = false;
};

} // namespace lens
