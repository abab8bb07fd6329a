// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/launch_facts.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/mapped_file.h"
#include "core/base/user_paths.h"
#include "core/model_files/folder_description.h"
#include "core/safetensors/safetensors.h"

#include <QCoreApplication>

#include <algorithm>

namespace lens {
namespace {

constexpr std::size_t kMostRowBytes = 4u << 20;

QString tr(const char* text)
{
    return QCoreApplication::translate("lens", text);
}

std::string_view textOf(const MappedFile& file)
{
    const auto bytes = file.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::uint64_t nonEmptyLines(std::string_view text)
{
    std::uint64_t lines = 0;
    bool any = false;
    for (const char letter : text) {
        if (letter == '\n') {
            lines += any ? 1 : 0;
            any = false;
        } else if (letter != ' ' && letter != '\r' && letter != '\t') {
            any = true;
        }
    }
    return lines + (any ? 1 : 0);
}

QStringList keysOf(const Json& row)
{
    QStringList keys;
    if (row.is_object())
        for (const auto& [key, value] : row.items())
            keys << QString::fromStdString(key);
    return keys;
}

void readTokenBatches(const std::filesystem::path& path, DataFacts& facts)
{
    const SafetensorsFile file(path);
    facts.kind = tr("token batches");
    for (const auto& [name, tensor] : file.tensors()) {
        facts.fields << QString::fromStdString(name);
        if (name == "input_ids" && tensor.shape.size() >= 2)
            facts.rows = static_cast<std::uint64_t>(tensor.elements() /
                                                    std::max<std::int64_t>(1, tensor.shape.back()));
    }
}

void readJsonLines(std::string_view text, const std::string& path, DataFacts& facts)
{
    facts.kind = tr("JSON lines");
    facts.rows = nonEmptyLines(text);
    const std::size_t begin = std::min(text.find_first_not_of(" \r\n\t"), text.size());
    const std::string_view line = text.substr(begin, std::min(text.find('\n', begin) - begin, kMostRowBytes));
    if (!line.empty())
        facts.fields = keysOf(parseJson(line, path + ":1"));
}

void readJsonArray(const std::filesystem::path& path, DataFacts& facts)
{
    facts.kind = QStringLiteral("JSON");
    const Json rows = readJsonFile(path);
    if (!rows.is_array())
        throw Error("is no list of rows", path.string());
    facts.rows = rows.size();
    if (!rows.empty())
        facts.fields = keysOf(rows.front());
}

} // namespace

ModelFacts readModelFacts(const QString& folder)
{
    const FolderDescription found = describeFolder(expandUser(folder.toStdString()));
    throwIfAny(found.problems);
    throwIfAny(found.weightProblems);
    if (found.kind != FolderKind::Model)
        throw Error("is an adapter, a model is expected", folder.toStdString());
    ModelFacts facts;
    facts.family = QString::fromStdString(found.family);
    facts.layers = found.layers;
    facts.hiddenSize = found.hiddenSize;
    facts.vocabularySize = found.vocabularySize;
    facts.parameters = found.parameters;
    facts.storage = QString::fromStdString(found.storage);
    facts.tokenizer = found.hasTokenizer;
    return facts;
}

DataFacts readDataFacts(const QString& file)
{
    const std::filesystem::path path = expandUser(file.toStdString());
    DataFacts facts;
    const MappedFile mapped(path);
    const std::string_view text = textOf(mapped);
    facts.bytes = text.size();
    if (path.extension() == ".safetensors")
        readTokenBatches(path, facts);
    else if (path.extension() == ".json" &&
             text.substr(0, 64).find_first_of('[') == text.find_first_not_of(" \r\n\t"))
        readJsonArray(path, facts);
    else if (path.extension() == ".txt") {
        facts.kind = tr("text");
        facts.rows = nonEmptyLines(text);
    } else
        readJsonLines(text, path.string(), facts);
    return facts;
}

} // namespace lens
