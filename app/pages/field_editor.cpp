// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/field_editor.h"

#include "app/settings/core_text.h"
#include "widgets/theme/themed.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace lens {
namespace {

constexpr int kLabelWidth = 148;
constexpr int kListHeight = 84;

QString plainNumber(const Json& value)
{
    if (value.is_number_float())
        return QLocale::c().toString(value.get<double>(), 'g', 10);
    return QString::fromStdString(value.dump());
}

QString lineText(const Json& value)
{
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    if (value.is_number())
        return plainNumber(value);
    QStringList parts;
    if (value.is_array())
        for (const Json& item : value)
            parts << lineText(item);
    else if (value.is_object() && !value.empty())
        return QString::fromStdString(value.dump());
    return parts.join(QStringLiteral(", "));
}

Json numberOrText(const QString& text)
{
    bool whole = false;
    const qlonglong integer = text.toLongLong(&whole);
    if (whole)
        return Json(static_cast<std::int64_t>(integer));
    bool good = false;
    const double number = QLocale::c().toDouble(text, &good);
    return good ? Json(number) : Json(text.toStdString());
}

bool isName(const QString& text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar letter) {
        return letter.isLetterOrNumber() || letter == QLatin1Char('_');
    });
}

// "all-linear", a list of names, or else a regular expression.
Json targetModules(const QString& text)
{
    if (text == QLatin1String("all-linear"))
        return text.toStdString();
    Json names = Json::array();
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!isName(part.trimmed()))
            return text.toStdString();
        names.push_back(part.trimmed().toStdString());
    }
    return names;
}

// A list of names, or else a regular expression; nothing for no text.
Json moduleNames(const QString& text)
{
    return text.isEmpty() ? Json::array() : targetModules(text);
}

// Text that is read as JSON between two brackets; what is none stays a text.
Json jsonBetween(const char* before, const QString& text, const char* after)
{
    const Json json = Json::parse(before + text.toStdString() + after, nullptr, false);
    return json.is_discarded() ? Json(text.toStdString()) : json;
}

} // namespace

FieldEditor::FieldEditor(const ConfigField& field, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_problem(new QLabel(this))
    , m_note(new QLabel(this))
{
    setObjectName(QString::fromStdString(field.path()));
    createLayout(createInput());
    focusTarget()->setAccessibleName(coreText(field.label));
    focusTarget()->setAccessibleDescription(coreText(field.description));
    updateLines();
}

QWidget* FieldEditor::createInput()
{
    switch (m_field.kind()) {
    case FieldKind::Boolean:
        m_box = new QCheckBox(this);
        connect(m_box, &QCheckBox::toggled, this, &FieldEditor::edited);
        return m_box;
    case FieldKind::Choice:
        return createChoice();
    case FieldKind::TextList:
        return createTextList();
    case FieldKind::Path:
        return createPathInput();
    default:
        return createLine();
    }
}

QWidget* FieldEditor::createLine()
{
    m_line = new QLineEdit(this);
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    return m_line;
}

QWidget* FieldEditor::createChoice()
{
    m_choice = new QComboBox(this);
    for (const std::string_view word : m_field.choices())
        m_choice->addItem(QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_choice, &QComboBox::activated, this, &FieldEditor::edited);
    return m_choice;
}

QWidget* FieldEditor::createTextList()
{
    m_list = new QPlainTextEdit(this);
    m_list->setFixedHeight(kListHeight);
    m_list->setTabChangesFocus(true);
    m_list->setPlaceholderText(tr("one per line"));
    connect(m_list, &QPlainTextEdit::textChanged, this, &FieldEditor::edited);
    return m_list;
}

QWidget* FieldEditor::createPathInput()
{
    auto* both = new QWidget(this);
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(createLine());
    auto* button = new QToolButton(both);
    button->setText(QStringLiteral("…"));
    button->setToolTip(tr("Choose"));
    button->setAccessibleName(tr("Choose: %1").arg(coreText(m_field.label)));
    connect(button, &QToolButton::clicked, this, &FieldEditor::browse);
    row->addWidget(button);
    return both;
}

void FieldEditor::createLayout(QWidget* input)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    grid->setColumnMinimumWidth(0, kLabelWidth);
    grid->setColumnStretch(1, 1);
    auto* label = new QLabel(coreText(m_field.label), this);
    label->setWordWrap(true);
    label->setFixedWidth(kLabelWidth);
    label->setBuddy(focusTarget());
    setRole(*label, "muted");
    setToolTip(QStringLiteral("<p>%1</p><p>%2: %3</p>")
                   .arg(coreText(m_field.description).toHtmlEscaped(),
                        QString::fromStdString(m_field.path()).toHtmlEscaped(),
                        QString::fromStdString(allowedText(m_field, coreTranslator())).toHtmlEscaped()));
    setRole(*m_problem, "error");
    setRole(*m_note, "small");
    for (QLabel* line : {m_problem, m_note}) {
        line->setWordWrap(true);
        line->setTextFormat(Qt::PlainText);
    }
    grid->addWidget(label, 0, 0, m_list ? Qt::AlignTop : Qt::AlignVCenter);
    grid->addWidget(input, 0, 1);
    grid->addWidget(m_problem, 1, 1);
    grid->addWidget(m_note, 2, 1);
}

QWidget* FieldEditor::focusTarget() const
{
    if (m_box)
        return m_box;
    if (m_choice)
        return m_choice;
    return m_list ? static_cast<QWidget*>(m_list) : m_line;
}

void FieldEditor::browse()
{
    const bool folder = m_field.path() == "model.path" || m_field.path() == "adapter.start_from";
    const QString chosen =
        folder ? QFileDialog::getExistingDirectory(this, coreText(m_field.label), m_line->text())
               : QFileDialog::getOpenFileName(this, coreText(m_field.label), m_line->text());
    if (chosen.isEmpty())
        return;
    m_line->setText(chosen);
    emit edited();
}

Json FieldEditor::value() const
{
    if (m_box)
        return m_box->isChecked();
    if (m_choice)
        return m_choice->currentText().toStdString();
    if (m_list) {
        Json lines = Json::array();
        for (const QString& line : m_list->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts))
            lines.push_back(line.trimmed().toStdString());
        return lines;
    }
    const QString text = m_line->text().trimmed();
    switch (m_field.kind()) {
    case FieldKind::Integer:
    case FieldKind::Number:
        return numberOrText(text);
    case FieldKind::TargetModules:
        return targetModules(text);
    case FieldKind::ModuleNames:
        return moduleNames(text);
    case FieldKind::WholeNumberList:
        return jsonBetween("[", text, "]");
    case FieldKind::Pattern:
        return text.isEmpty() ? Json::object() : jsonBetween("", text, "");
    default:
        return text.toStdString();
    }
}

void FieldEditor::setValue(const Json& value)
{
    const QSignalBlocker quiet(this);
    if (m_box)
        m_box->setChecked(value.is_boolean() && value.get<bool>());
    else if (m_choice)
        m_choice->setCurrentText(lineText(value));
    else if (m_list)
        m_list->setPlainText(lineText(value).isEmpty() ? QString() : [&value] {
            QStringList lines;
            for (const Json& item : value)
                lines << lineText(item);
            return lines.join(QLatin1Char('\n'));
        }());
    else
        m_line->setText(lineText(value));
}

void FieldEditor::showProblem(const QString& text)
{
    if (text == m_problemText)
        return;
    m_problemText = text;
    QWidget* target = focusTarget();
    target->setProperty("invalid", !text.isEmpty());
    target->style()->unpolish(target);
    target->style()->polish(target);
    updateLines();
}

void FieldEditor::showNote(const QString& text)
{
    m_noteText = text;
    updateLines();
}

void FieldEditor::updateLines()
{
    m_problem->setText(m_problemText);
    m_problem->setVisible(!m_problemText.isEmpty());
    m_note->setText(m_noteText);
    m_note->setVisible(!m_noteText.isEmpty() && m_problemText.isEmpty());
}

} // namespace lens
