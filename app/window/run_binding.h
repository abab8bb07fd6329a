// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Binds the run in view to what shows it: session and feed on one side, header, pages, side panel and
// messages on the other. Knows which verbs make sense now. GUI thread.
#pragma once

#include "app/run/metrics_feed.h"
#include "app/run/run_figures.h"
#include "app/run/run_session.h"
#include "app/window/action_rules.h"

#include <QObject>

#include <memory>
#include <optional>

namespace lens {

class MessageArea;
class RunView;
class SidePanel;
struct Workplace;

class RunBinding : public QObject {
    Q_OBJECT

public:
    RunBinding(Workplace& workplace, RunView& view, SidePanel& side, MessageArea& messages,
               QObject* parent = nullptr);

    // Empty: nothing in view.
    void showRun(const QString& runFolder);
    RunSession* session() const { return m_session.get(); }
    ActionContext context() const;
    const RunFigures& figures() const { return m_figures.figures(); }
    // The page is on screen: the feed is read fast while the run lives.
    void setOnScreen(bool onScreen);
    void setSmoothing(double weight);

signals:
    void contextChanged();

private:
    void connectSession();
    void connectCommands();
    void onBatch(int job, const SharedBatch& batch);
    void onStatus();
    void updateTotal();
    void showEnd();
    void consolidateIfDead();
    void updatePace();
    void updateFigures();
    void updateComparable();

    Workplace& m_workplace;
    RunView& m_view;
    SidePanel& m_side;
    MessageArea& m_messages;
    std::unique_ptr<RunSession> m_session;
    FiguresFold m_figures;
    double m_smoothing;
    std::optional<RunState> m_toldState;
    int m_job = 0;
    bool m_onScreen = true;
};

// What a message bar calls a command: "Pause".
QString verbText(Verb verb);

} // namespace lens
