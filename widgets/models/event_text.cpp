// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/models/event_text.h"

#include "widgets/theme/format.h"

#include <QCoreApplication>

namespace lens {

namespace {

QString phrase(const char* text)
{
    return QCoreApplication::translate("lens::EventText", text);
}

QString textField(const Json& fields, const char* key)
{
    const auto found = fields.find(key);
    return found != fields.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                       : QString();
}

std::optional<double> numberField(const Json& fields, const char* key)
{
    const auto found = fields.find(key);
    return found != fields.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

std::optional<std::uint64_t> stepField(const Json& fields, const char* key)
{
    const auto found = fields.find(key);
    return found != fields.end() && found->is_number_unsigned() ? std::optional(found->get<std::uint64_t>())
                                                                : std::nullopt;
}

bool flagField(const Json& fields, const char* key)
{
    const auto found = fields.find(key);
    return found != fields.end() && found->is_boolean() && found->get<bool>();
}

QString withReason(const QString& text, const QString& reason)
{
    return reason.isEmpty() ? text : QStringLiteral("%1: %2").arg(text, reason);
}

QString startText(const Json& fields)
{
    if (const auto from = stepField(fields, "resumed_from")) {
        return phrase(QT_TRANSLATE_NOOP("lens::EventText", "resumed from step %1"))
            .arg(formatCount(static_cast<std::int64_t>(*from)));
    }
    return phrase(QT_TRANSLATE_NOOP("lens::EventText", "started"));
}

QString evaluationText(const Event& event)
{
    const auto loss = numberField(event.fields, "loss");
    QString text = event.step == 0
                       ? phrase(QT_TRANSLATE_NOOP("lens::EventText", "evaluation before training"))
                       : phrase(QT_TRANSLATE_NOOP("lens::EventText", "evaluation"));
    if (loss) {
        text += u' ' + formatSeriesValue(Series::EvalLoss, *loss);
    }
    if (flagField(event.fields, "best")) {
        text += u' ' + phrase(QT_TRANSLATE_NOOP("lens::EventText", "(best)"));
    }
    return text;
}

QString checkpointText(const Json& fields)
{
    const auto bytes = numberField(fields, "bytes");
    const QString word = phrase(QT_TRANSLATE_NOOP("lens::EventText", "checkpoint"));
    return bytes ? QStringLiteral("%1 · %2").arg(word, formatBytes(*bytes)) : word;
}

QString settingText(const Json& fields)
{
    const auto written = [&fields](const char* key) {
        const auto found = fields.find(key);
        return found == fields.end() ? QString()
               : found->is_string()
                   ? QString::fromStdString(found->get<std::string>())
                   : QString::fromStdString(found->dump(-1, ' ', false, Json::error_handler_t::replace));
    };
    return phrase(QT_TRANSLATE_NOOP("lens::EventText", "%1 changed from %2 to %3"))
        .arg(textField(fields, "key"), written("old"), written("new"));
}

QString endText(const Json& fields)
{
    const QString state = textField(fields, "state");
    const QString reason = textField(fields, "reason");
    if (state == QLatin1String("finished")) {
        return phrase(QT_TRANSLATE_NOOP("lens::EventText", "finished"));
    }
    if (state == QLatin1String("failed")) {
        return withReason(phrase(QT_TRANSLATE_NOOP("lens::EventText", "failed")), reason);
    }
    return withReason(phrase(QT_TRANSLATE_NOOP("lens::EventText", "stopped")), reason);
}

FindingSeverity severityOf(const QString& name)
{
    return name == QLatin1String("failure")     ? FindingSeverity::Failure
           : name == QLatin1String("attention") ? FindingSeverity::Attention
           : name == QLatin1String("good")      ? FindingSeverity::Good
                                                : FindingSeverity::Notice;
}

} // namespace

std::optional<EventRow> describedEvent(const Event& event)
{
    EventRow row{EventKind::Phase, event.step, QString::fromStdString(event.time), {}, false};
    switch (event.type) {
    case EventType::Start:
        row.kind = stepField(event.fields, "resumed_from") ? EventKind::Resume : EventKind::Start;
        row.text = startText(event.fields);
        return row;
    case EventType::Evaluation:
        row.kind = EventKind::Evaluation;
        row.text = evaluationText(event);
        return row;
    case EventType::Checkpoint:
        row.kind = EventKind::Checkpoint;
        row.text = checkpointText(event.fields);
        return row;
    case EventType::Finding:
        row.kind = EventKind::Finding;
        row.text = textField(event.fields, "title");
        row.attention = severityOf(textField(event.fields, "severity")) >= FindingSeverity::Attention;
        return row.text.isEmpty() ? std::nullopt : std::optional(row);
    case EventType::Setting:
        row.kind = EventKind::Setting;
        row.text = settingText(event.fields);
        return row;
    case EventType::End:
        row.kind = EventKind::End;
        row.text = endText(event.fields);
        row.attention = textField(event.fields, "state") == QLatin1String("failed");
        return row;
    case EventType::Phase:
        if (textField(event.fields, "phase") == QLatin1String("paused")) {
            row.kind = EventKind::Pause;
            row.text = withReason(phrase(QT_TRANSLATE_NOOP("lens::EventText", "paused")),
                                  textField(event.fields, "reason"));
            return row;
        }
        return std::nullopt;
    case EventType::CheckpointRemoved:
    case EventType::Acknowledged:
        break;
    }
    return std::nullopt;
}

std::optional<FindingRow> findingOf(const Event& event)
{
    const QString title = textField(event.fields, "title");
    if (event.type != EventType::Finding || title.isEmpty()) {
        return std::nullopt;
    }
    FindingRow row;
    row.severity = severityOf(textField(event.fields, "severity"));
    row.kind = textField(event.fields, "kind");
    row.title = title;
    row.text = textField(event.fields, "text");
    row.step = event.step;
    row.firstStep = stepField(event.fields, "first_step");
    row.value = numberField(event.fields, "value");
    row.threshold = numberField(event.fields, "threshold");
    row.module = textField(event.fields, "module");
    return row;
}

} // namespace lens
