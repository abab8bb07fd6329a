// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Text that lies on every Debian, in documents of 16 KiB, and tokenizers to encode it with.
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace lens::test {

struct Corpus {
    std::string name;
    std::vector<std::string> documents;
    std::size_t bytes = 0;
};

// Cuts a text into documents.
void addDocuments(Corpus& corpus, const std::string& text);
// Documentation (English), the headers of the C++ library (code), manual pages in other languages
// (multilingual), about 8 MB each; without documents where the files are missing.
std::vector<Corpus> usualCorpora();

// Of a folder whose tokenizer.json may be packed; unpacking is done once for calls one after the other.
Tokenizer loadedTokenizer(const std::filesystem::path& folder);

} // namespace lens::test
