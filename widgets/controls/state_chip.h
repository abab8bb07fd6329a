// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The state of a run as a rounded chip: shape, word and colour say the same.
#pragma once

#include "core/run/run_status.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/themed.h"

#include <QWidget>

namespace lens {

class StateChip : public QWidget, public Themed {
    Q_OBJECT
public:
    explicit StateChip(const Theme& theme, QWidget* parent = nullptr);

    void setState(RunState state);
    RunState state() const { return m_state; }
    void setTheme(const Theme& theme) override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme;
    RunState m_state = RunState::Queued;
};

} // namespace lens
