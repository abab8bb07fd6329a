// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One setting of the new-run form: label, an input that fits the kind of the setting, and below it what is
// wrong, or what was found. Texts, ranges and choices come from core's table of settings.
#pragma once

#include "core/config/config_field.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace lens {

class FieldEditor : public QWidget {
    Q_OBJECT

public:
    explicit FieldEditor(const ConfigField& field, QWidget* parent = nullptr);

    const ConfigField& field() const { return m_field; }
    // As it would stand in a configuration file; what is no number stays a text, so that core can say so.
    Json value() const;
    void setValue(const Json& value);
    // Empty texts take the line away. A problem hides the note.
    void showProblem(const QString& text);
    void showNote(const QString& text);
    bool hasProblem() const { return !m_problemText.isEmpty(); }

signals:
    void edited();

private:
    QWidget* createInput();
    QWidget* createPathInput();
    QWidget* createChoice();
    QWidget* createTextList();
    QWidget* createLine();
    void createLayout(QWidget* input);
    void browse();
    void updateLines();
    QWidget* focusTarget() const;

    const ConfigField& m_field;
    QCheckBox* m_box = nullptr;
    QComboBox* m_choice = nullptr;
    QLineEdit* m_line = nullptr;
    QPlainTextEdit* m_list = nullptr;
    QLabel* m_problem;
    QLabel* m_note;
    QString m_problemText;
    QString m_noteText;
};

} // namespace lens
