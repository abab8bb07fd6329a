// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The messages of a Qt Linguist .ts file.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace lens::test {

struct TranslationMessage {
    QString context;
    QString source;
    QString comment;
    bool plural = false;
    QString state;            // "", "unfinished", "vanished", "obsolete"
    QStringList translations; // one, or one for each plural form

    QString key() const { return context + QStringLiteral(" | ") + source + QStringLiteral(" | ") + comment; }
};

// Throws std::runtime_error if the file cannot be read or is not well-formed.
std::vector<TranslationMessage> readTranslationFile(const QString& path);

// The %1, %n, %L1 and {name} parts, sorted: a translation must have the same ones.
QStringList placeholders(const QString& text);

} // namespace lens::test
