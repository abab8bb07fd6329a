// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// FNV-1a (64 bits) over bytes, as the scripts in tests/data/tokenizer make it.
#pragma once

#include <QString>

#include <string_view>

namespace lens::test {

class Digest {
public:
    void add(std::string_view bytes)
    {
        for (const char c : bytes)
            m_hash = (m_hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    }
    QString text() const { return QString("%1").arg(m_hash, 16, 16, QLatin1Char('0')); }

private:
    qulonglong m_hash = 0xCBF29CE484222325u;
};

} // namespace lens::test
