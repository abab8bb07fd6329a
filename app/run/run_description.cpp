// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/run_description.h"

#include "core/base/error.h"
#include "core/run/run_folder.h"
#include "core/run/run_labels.h"
#include "widgets/theme/format.h"

#include <QCoreApplication>

namespace lens {
namespace {

QString methodText(const AdapterSettings& adapter)
{
    if (adapter.method == Method::Full)
        return QCoreApplication::translate("lens::RunDescription", "all weights");
    return QStringLiteral("LoRA r %1 α %2")
        .arg(adapter.r)
        .arg(numberLocale().toString(adapter.loraAlpha, 'g', 6));
}

std::optional<RunRecord> recordOf(const RunPaths& paths)
{
    try {
        return readRunRecord(paths.runJson());
    } catch (const Error&) {
        return std::nullopt; // told by readRunIdentity
    }
}

} // namespace

QString RunDescription::subject() const
{
    QStringList parts;
    for (const QString& part : {model, method, data})
        if (!part.isEmpty())
            parts << part;
    QString text = parts.join(QStringLiteral(" · "));
    if (record && record->data.trainRows > 0)
        text += QCoreApplication::translate("lens::RunDescription", " (%1 rows)")
                    .arg(formatCount(static_cast<std::int64_t>(record->data.trainRows)));
    return text;
}

RunDescription readRunDescription(const RunPaths& paths)
{
    const RunIdentity identity = readRunIdentity(paths);
    RunDescription run;
    run.folder = QString::fromStdString(paths.folder.string());
    run.id = QString::fromStdString(paths.folder.filename().string());
    run.name = QString::fromStdString(identity.name);
    for (const std::string& tag : identity.tags)
        run.tags << QString::fromStdString(tag);
    run.model = QString::fromStdString(identity.modelName);
    run.config = identity.config;
    run.method = methodText(run.config.adapter);
    run.data = QString::fromStdString(std::filesystem::path(run.config.data.trainFile).filename().string());
    run.trouble = QString::fromStdString(identity.trouble);
    run.record = recordOf(paths);
    if (run.name.isEmpty())
        run.name = run.id;
    return run;
}

void writeRunName(const RunPaths& paths, const QString& name)
{
    RunLabels labels = readRunLabels(paths);
    labels.name = name.isEmpty() ? std::nullopt : std::optional(name.toStdString());
    writeRunLabels(paths, labels);
}

void writeRunTags(const RunPaths& paths, const QStringList& tags)
{
    RunLabels labels = readRunLabels(paths);
    labels.tags.emplace();
    for (const QString& tag : tags)
        labels.tags->push_back(tag.toStdString());
    writeRunLabels(paths, labels);
}

} // namespace lens
