// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/key_figure.h"

#include "widgets/controls/elided_label.h"
#include "widgets/controls/figure_label.h"
#include "widgets/theme/interface_font.h"
#include "widgets/theme/themed.h"

#include <QVBoxLayout>

namespace lens {

KeyFigure::KeyFigure(const QString& caption, QWidget* parent) : QFrame(parent)
{
    setRole(*this, "panel");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(2);
    m_value = new FigureLabel({}, this);
    m_value->setFont(interfaceFont(18, QFont::DemiBold));
    m_caption = new ElidedLabel({}, this);
    setRole(*m_caption, "small");
    layout->addWidget(m_value);
    layout->addWidget(m_caption);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(104);
    setValue({});
    setCaption(caption);
}

void KeyFigure::setValue(const QString& value)
{
    m_value->setText(value.isEmpty() ? QStringLiteral("–") : value);
    nameForAccess();
}

void KeyFigure::setCaption(const QString& caption)
{
    m_caption->setFullText(caption);
    nameForAccess();
}

QString KeyFigure::value() const
{
    return m_value->text();
}

QString KeyFigure::caption() const
{
    return m_caption->fullText();
}

void KeyFigure::nameForAccess()
{
    setAccessibleName(QStringLiteral("%1: %2").arg(caption(), value()));
}

} // namespace lens
