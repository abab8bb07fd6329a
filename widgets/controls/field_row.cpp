// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/field_row.h"

#include "widgets/theme/themed.h"

#include <QGridLayout>
#include <QLabel>
#include <QStyle>

namespace lens {

namespace {

constexpr int kLabelWidth = 148;

void markInvalid(QWidget& editor, bool invalid)
{
    if (editor.property("invalid").toBool() == invalid) {
        return;
    }
    editor.setProperty("invalid", invalid);
    editor.style()->unpolish(&editor);
    editor.style()->polish(&editor);
    editor.update();
}

} // namespace

FieldRow::FieldRow(const QString& label, QWidget* editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_marked(editor)
{
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(3);
    m_label = new QLabel(label, this);
    setRole(*m_label, "muted");
    m_label->setBuddy(editor);
    m_line = new QLabel(this);
    m_line->setWordWrap(true);
    m_line->setTextFormat(Qt::PlainText);
    setRole(*m_line, "small");
    layout->addWidget(m_label, 0, 0, Qt::AlignVCenter);
    layout->addWidget(editor, 0, 1);
    layout->addWidget(m_line, 1, 1);
    layout->setColumnStretch(1, 1);
    setLabelWidth(kLabelWidth);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    editor->setAccessibleName(label);
    showLine();
}

void FieldRow::setNote(const QString& note)
{
    m_note = note;
    showLine();
}

void FieldRow::setError(const QString& error)
{
    m_error = error;
    showLine();
}

void FieldRow::showLine()
{
    const bool wrong = !m_error.isEmpty();
    setRole(*m_line, wrong ? "error" : "small");
    m_line->setText(wrong ? m_error : m_note);
    m_line->setVisible(!m_line->text().isEmpty());
    m_marked->setAccessibleDescription(m_line->text());
    markInvalid(*m_marked, wrong);
}

void FieldRow::setLabelWidth(int pixels)
{
    m_label->setFixedWidth(pixels);
}

void FieldRow::setHelp(const QString& help)
{
    m_label->setToolTip(help);
    m_editor->setToolTip(help);
}

void FieldRow::setFocusEditor(QWidget* editor)
{
    markInvalid(*m_marked, false);
    m_marked = editor;
    m_label->setBuddy(editor);
    editor->setAccessibleName(m_label->text());
    showLine();
}

} // namespace lens
