// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/config_form.h"

#include "widgets/theme/themed.h"

#include <QCoreApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr int kFieldGap = 8;
constexpr int kSectionGap = 16;

} // namespace

QString sectionTitle(const std::string& section)
{
    static const std::map<std::string, const char*> titles{
        {"", QT_TRANSLATE_NOOP("lens::ConfigForm", "Run")},
        {"model", QT_TRANSLATE_NOOP("lens::ConfigForm", "Model")},
        {"data", QT_TRANSLATE_NOOP("lens::ConfigForm", "Data")},
        {"adapter", QT_TRANSLATE_NOOP("lens::ConfigForm", "Adapter")},
        {"training", QT_TRANSLATE_NOOP("lens::ConfigForm", "Training")},
        {"evaluation", QT_TRANSLATE_NOOP("lens::ConfigForm", "Evaluation")},
        {"checkpoints", QT_TRANSLATE_NOOP("lens::ConfigForm", "Checkpoints")},
        {"monitor", QT_TRANSLATE_NOOP("lens::ConfigForm", "Monitor")},
    };
    const auto title = titles.find(section);
    return title == titles.end() ? QString::fromStdString(section)
                                 : QCoreApplication::translate("lens::ConfigForm", title->second);
}

ConfigForm::ConfigForm(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(kFieldGap);
    createSection("", layout);
    for (const std::string& section : configSections())
        createSection(section, layout);
    layout->addStretch(1);
    setConfig(RunConfig{});
}

void ConfigForm::createSection(const std::string& section, QVBoxLayout* layout)
{
    if (!m_sections.empty())
        layout->addSpacing(kSectionGap - kFieldGap);
    m_sections[section] = {};
    auto* head = new QLabel(sectionTitle(section).toUpper(), this);
    setRole(*head, "section");
    layout->addWidget(head);
    std::vector<FieldEditor*> hidden;
    for (const ConfigField& field : configFields()) {
        if (section != field.section)
            continue;
        auto* editor = new FieldEditor(field, this);
        connect(editor, &FieldEditor::edited, this, &ConfigForm::edited);
        m_editors[field.path()] = editor;
        if (field.level == FieldLevel::Basic)
            layout->addWidget(editor);
        else
            hidden.push_back(editor);
    }
    if (!hidden.empty())
        createMore(section, hidden, layout);
}

void ConfigForm::createMore(const std::string& section, const std::vector<FieldEditor*>& hidden,
                            QVBoxLayout* layout)
{
    Section& parts = m_sections[section];
    parts.toggle = new QPushButton(this);
    parts.toggle->setObjectName(QStringLiteral("more.") + QString::fromStdString(section));
    setRole(*parts.toggle, "link");
    connect(parts.toggle, &QPushButton::clicked, this,
            [this, section] { setUnfolded(section, m_sections[section].more->isHidden()); });
    parts.more = new QWidget(this);
    auto* inner = new QVBoxLayout(parts.more);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(kFieldGap);
    for (FieldEditor* editor : hidden)
        inner->addWidget(editor);
    layout->addWidget(parts.more);
    layout->addWidget(parts.toggle, 0, Qt::AlignLeft);
    setUnfolded(section, false);
}

void ConfigForm::setUnfolded(const std::string& section, bool unfolded)
{
    const Section& parts = m_sections[section];
    if (!parts.more)
        return;
    parts.more->setVisible(unfolded);
    const QString title = sectionTitle(section);
    parts.toggle->setText(unfolded ? tr("Less") : tr("More"));
    parts.toggle->setAccessibleName(unfolded ? tr("Less of %1").arg(title) : tr("More of %1").arg(title));
}

void ConfigForm::setConfig(const RunConfig& config)
{
    for (const auto& [path, editor] : m_editors) {
        editor->setValue(fieldValue(editor->field(), config));
        editor->showProblem({});
        editor->showNote({});
    }
}

Json ConfigForm::values() const
{
    Json config = Json::object();
    for (const ConfigField& field : configFields()) {
        Json& section = *field.section ? config[field.section] : config;
        section[field.key] = m_editors.at(field.path())->value();
    }
    return config;
}

FieldEditor* ConfigForm::editor(const std::string& path) const
{
    const auto found = m_editors.find(path);
    return found == m_editors.end() ? nullptr : found->second;
}

// Problems name a field by its path, perhaps behind the name of a file.
std::string ConfigForm::fieldOf(const Problem& problem) const
{
    if (m_editors.count(problem.where))
        return problem.where;
    const std::size_t space = problem.where.rfind(' ');
    const std::string last = space == std::string::npos ? std::string() : problem.where.substr(space + 1);
    return m_editors.count(last) ? last : std::string();
}

std::vector<Problem> ConfigForm::showProblems(const std::vector<Problem>& problems)
{
    std::map<std::string, QString> lines;
    std::vector<Problem> rest;
    for (const Problem& problem : problems) {
        const std::string path = fieldOf(problem);
        if (path.empty()) {
            rest.push_back(problem);
            continue;
        }
        const Problem shown{problem.what, {}, problem.hint};
        QString& text = lines[path];
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + QString::fromStdString(shown.text());
    }
    for (const auto& [path, editor] : m_editors) {
        editor->showProblem(lines.count(path) ? lines[path] : QString());
        if (editor->hasProblem() && editor->field().level != FieldLevel::Basic)
            setUnfolded(editor->field().section, true);
    }
    return rest;
}

} // namespace lens
