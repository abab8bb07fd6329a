// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Looking for one text in another, in time that grows with their lengths and not with the product of them:
// templates are untrusted, and std::string_view::find takes the product in the worst case.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lens::jinja {

// Byte position at or behind `from`, npos if there is none.
std::size_t findText(std::string_view text, std::string_view what, std::size_t from = 0);

// Goes through a text from its end; keeps reversed copies of both.
class BackwardSearch {
public:
    BackwardSearch(std::string_view text, std::string_view what);
    // Byte position of the last occurrence that ends at or before `end`, npos if there is none.
    std::size_t findBefore(std::size_t end) const;

private:
    std::string m_text;
    std::string m_what;
};

} // namespace lens::jinja
