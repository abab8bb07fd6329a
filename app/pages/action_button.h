// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A push button that shows an action: its text without the mnemonic, its icon, tooltip and enabled state.
#pragma once

#include <QPointer>
#include <QPushButton>

class QAction;

namespace lens {

class ActionButton : public QPushButton {
    Q_OBJECT

public:
    explicit ActionButton(QAction& action, QWidget* parent = nullptr);

    // Filled, as the one thing to do next.
    void setPrimary(bool primary);

private:
    void follow();

    QPointer<QAction> m_action;
    bool m_primary = false;
};

} // namespace lens
