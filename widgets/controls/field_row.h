// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A line of a form: label, editor, and under the editor a muted note or, in its place, what is wrong in red.
#pragma once

#include <QWidget>

class QLabel;

namespace lens {

class FieldRow : public QWidget {
    Q_OBJECT
public:
    // Takes the editor. Several editors: put them into one widget and name the first by setFocusEditor().
    FieldRow(const QString& label, QWidget* editor, QWidget* parent = nullptr);

    QWidget* editor() const { return m_editor; }
    QLabel* label() const { return m_label; }
    // Muted, below the editor; empty hides the line.
    void setNote(const QString& note);
    // Shown instead of the note, with a red border around the editor; empty shows the note again.
    void setError(const QString& error);
    QString error() const { return m_error; }
    void setLabelWidth(int pixels);
    // Tooltip of label and editor: what the setting does.
    void setHelp(const QString& help);
    // The widget that gets the border of an error and the label's shortcut; the editor unless told otherwise.
    void setFocusEditor(QWidget* editor);

private:
    void showLine();

    QLabel* m_label = nullptr;
    QWidget* m_editor = nullptr;
    QWidget* m_marked = nullptr;
    QLabel* m_line = nullptr;
    QString m_note;
    QString m_error;
};

} // namespace lens
