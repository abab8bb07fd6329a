// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The linked plots of the run in view, and the choices over them (x axis, smoothing, follow). GUI thread;
// rows come from the feed, marks from the journal.
#pragma once

#include "app/run/run_description.h"
#include "app/settings/settings.h"
#include "core/protocol/event.h"
#include "core/store/run_reader.h"
#include "widgets/plots/plot_spec.h"
#include "widgets/theme/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

class QToolButton;

namespace lens {

class PlotStack;

class LivePage : public QWidget {
    Q_OBJECT

public:
    explicit LivePage(const Theme& theme, QWidget* parent = nullptr);

    // Placed beside the tabs.
    QWidget& tools() { return *m_tools; }
    PlotStack& plots() { return *m_plots; }
    void clear();
    void showDescription(const RunDescription& description);
    void setTotalSteps(std::uint64_t steps);
    void addBatch(const MetricsBatch& batch);
    void addEvents(const std::vector<Event>& events);
    void goToStep(std::uint64_t step);
    void fitAll();

    void setXAxis(XAxisChoice choice);
    void setSmoothing(double weight);
    void setFollowing(bool follow);
    void setLogLoss(bool logarithmic);

signals:
    void xAxisChosen(lens::XAxisChoice choice);
    void smoothingChosen(double weight);
    void followingChanged(bool follow);

private:
    void createTools();
    void showFollowing(bool follow);
    void createAxisTool();
    void createSmoothingTool();
    QToolButton* createTool(const char* name, const QString& accessibleName);

    QWidget* m_tools;
    PlotStack* m_plots;
    QToolButton* m_axis = nullptr;
    QToolButton* m_smoothing = nullptr;
    QToolButton* m_follow = nullptr;
};

// The mark of an event over the plots; absent for events that get none.
std::optional<PlotEvent> plotEventOf(const Event& event);

} // namespace lens
