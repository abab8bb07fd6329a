// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Right of the Live page: what was found, what happened, and the newest sample.
#pragma once

#include "app/run/sample_record.h"
#include "core/protocol/event.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/themed.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace lens {

class EventListModel;
class EventListView;
class FindingListModel;
class SectionLabel;

class SidePanel : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit SidePanel(const Theme& theme, QWidget* parent = nullptr);

    void clear();
    void addEvents(const std::vector<Event>& events);
    void addSamples(const SampleRecords& samples);
    void setTheme(const Theme& theme) override { m_theme = theme; } // for cards made later

signals:
    // Show this step on the plots.
    void stepRequested(quint64 step);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void createFindings(QVBoxLayout* layout);
    void createEvents(QVBoxLayout* layout);
    void createSample(QVBoxLayout* layout);
    void updateCards();
    void fitCards();

    Theme m_theme;
    FindingListModel* m_findings = nullptr;
    EventListModel* m_events = nullptr;
    QVBoxLayout* m_cards = nullptr;
    QScrollArea* m_cardArea = nullptr;
    QLabel* m_noFindings = nullptr;
    EventListView* m_eventView = nullptr;
    SectionLabel* m_sampleHead = nullptr;
    QLabel* m_prompt = nullptr;
    QLabel* m_answer = nullptr;
    std::optional<std::uint64_t> m_sampleStep; // of the sample shown
};

} // namespace lens
