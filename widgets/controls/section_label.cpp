// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/section_label.h"

#include "widgets/theme/themed.h"

#include <QLocale>

namespace lens {

SectionLabel::SectionLabel(const QString& text, QWidget* parent) : QLabel(parent)
{
    setRole(*this, "section");
    setTextFormat(Qt::PlainText);
    setHeading(text);
}

void SectionLabel::setHeading(const QString& text)
{
    setText(QLocale().toUpper(text));
    setAccessibleName(text);
}

} // namespace lens
