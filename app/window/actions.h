// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Every action of the window, in one place: id, text, shortcut. Whether it is enabled, and what its tooltip
// says, comes from action_rules. The menus and buttons show these actions; the wiring connects them.
#pragma once

#include "app/window/action_rules.h"

#include <QAction>
#include <QObject>

#include <array>

namespace lens {

struct ActionSpec {
    ActionId id;
    const char* name; // object name
    const char* text; // for lupdate
    const char* shortcut;
    bool checkable;
};

const std::array<ActionSpec, static_cast<std::size_t>(ActionId::Count)>& actionTable();

struct Actions {
    explicit Actions(QObject* parent);

    QAction& operator[](ActionId id) const { return *m_actions[static_cast<std::size_t>(id)]; }
    // Enabled state, text and tooltips for what is in view now.
    void apply(const ActionContext& context);

private:
    std::array<QAction*, static_cast<std::size_t>(ActionId::Count)> m_actions{};
};

} // namespace lens
