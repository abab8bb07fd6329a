// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The settings of a run as a form: sections of core's table, the common settings visible, the rest under
// "More".
#pragma once

#include "app/pages/field_editor.h"
#include "core/base/error.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QPushButton;
class QVBoxLayout;

namespace lens {

class ConfigForm : public QWidget {
    Q_OBJECT

public:
    explicit ConfigForm(QWidget* parent = nullptr);

    void setConfig(const RunConfig& config);
    // As a configuration file would hold them.
    Json values() const;
    // Every problem at its field, the section unfolded where it is hidden; returns those that name no field.
    std::vector<Problem> showProblems(const std::vector<Problem>& problems);
    FieldEditor* editor(const std::string& path) const;

signals:
    void edited();

private:
    struct Section {
        QWidget* more = nullptr; // holds the folded fields
        QPushButton* toggle = nullptr;
    };

    void createSection(const std::string& section, QVBoxLayout* layout);
    void createMore(const std::string& section, const std::vector<FieldEditor*>& hidden, QVBoxLayout* layout);
    void setUnfolded(const std::string& section, bool unfolded);
    std::string fieldOf(const Problem& problem) const;

    std::map<std::string, FieldEditor*> m_editors;
    std::map<std::string, Section> m_sections;
};

// A section's title for people.
QString sectionTitle(const std::string& section);

} // namespace lens
