// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/action_button.h"

#include "widgets/theme/themed.h"

#include <QAction>

namespace lens {

ActionButton::ActionButton(QAction& action, QWidget* parent) : QPushButton(parent), m_action(&action)
{
    setObjectName(action.objectName() + QStringLiteral("Button"));
    connect(this, &QPushButton::clicked, &action, &QAction::trigger);
    connect(&action, &QAction::changed, this, &ActionButton::follow);
    follow();
}

void ActionButton::follow()
{
    if (!m_action)
        return;
    setText(m_action->text().remove(QLatin1Char('&')));
    setIcon(m_action->icon());
    setEnabled(m_action->isEnabled());
    const QString keys = m_action->shortcut().toString(QKeySequence::NativeText);
    setToolTip(keys.isEmpty() ? m_action->toolTip()
                              : QStringLiteral("%1 (%2)").arg(m_action->toolTip(), keys));
    setAccessibleName(text());
    setAccessibleDescription(m_action->toolTip());
}

void ActionButton::setPrimary(bool primary)
{
    if (primary == m_primary)
        return;
    m_primary = primary;
    setRole(*this, primary ? "primary" : "");
}

} // namespace lens
