// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Over the tabs of a run: its name, state, what it trains, the verbs, and the six key figures.
#pragma once

#include "app/run/run_description.h"
#include "app/run/run_figures.h"
#include "core/run/run_status.h"
#include "widgets/theme/theme.h"

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;

namespace lens {

class ActionButton;
class ElidedLabel;
class KeyFigure;
class StateChip;

class RunHeader : public QWidget {
    Q_OBJECT

public:
    explicit RunHeader(const Theme& theme, QWidget* parent = nullptr);

    // Buttons from left to right, in the order added.
    ActionButton* addVerb(QAction& action);
    void showDescription(const RunDescription& description);
    void showStatus(const RunStatus& status);
    void showFigures(const RunFigures& figures, const std::optional<SecondsRange>& left);
    void clear();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QHBoxLayout* createTitle(const Theme& theme);
    QHBoxLayout* createFigures();
    void updateBest();
    void updateProgress();
    void updateTime();

    ElidedLabel* m_name = nullptr;
    StateChip* m_chip = nullptr;
    ElidedLabel* m_subject = nullptr;
    QHBoxLayout* m_verbs = nullptr;
    KeyFigure* m_progress = nullptr;
    KeyFigure* m_loss = nullptr;
    KeyFigure* m_best = nullptr;
    KeyFigure* m_rate = nullptr;
    KeyFigure* m_memory = nullptr;
    KeyFigure* m_time = nullptr;
    RunStatus m_status;
    RunFigures m_figures;
    std::optional<SecondsRange> m_left;
    bool m_compact = false;
};

} // namespace lens
