// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/segmented.h"

#include "widgets/theme/themed.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace lens {

Segmented::Segmented(const QStringList& texts, QWidget* parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this))
{
    setObjectName(QStringLiteral("segmented"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    m_buttons->setExclusive(true);
    for (const QString& text : texts) {
        auto* button = new QToolButton(this);
        button->setText(text);
        button->setAccessibleName(text);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        setRole(*button, "segment");
        m_buttons->addButton(button, static_cast<int>(m_buttons->buttons().size()));
        layout->addWidget(button);
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCurrent(0);
    connect(m_buttons, &QButtonGroup::idClicked, this, &Segmented::currentChanged);
}

void Segmented::setCurrent(int index)
{
    if (QAbstractButton* button = m_buttons->button(index)) {
        button->setChecked(true);
    }
}

int Segmented::current() const
{
    return m_buttons->checkedId();
}

void Segmented::setTip(int index, const QString& tip)
{
    if (QAbstractButton* button = m_buttons->button(index)) {
        button->setToolTip(tip);
    }
}

} // namespace lens
