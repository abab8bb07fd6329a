// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The real program, run to its end as a user runs it.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <filesystem>

namespace lens::test {

struct EngineAnswer {
    int code = -1; // −1: it crashed or took longer than two minutes
    QString out;
    QString err;

    QStringList outLines() const { return out.split('\n', Qt::SkipEmptyParts); }
};

struct EngineCall {
    std::filesystem::path folder = std::filesystem::temp_directory_path(); // to run in
    QByteArray input;                                                      // of standard input
    QStringList environment;                                               // "NAME=value", on top of this one
};

EngineAnswer runEngine(const QStringList& arguments, const EngineCall& call = {});

// For arguments.
QString word(const std::filesystem::path& path);

} // namespace lens::test
