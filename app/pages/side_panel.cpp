// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/side_panel.h"

#include "widgets/controls/event_list_view.h"
#include "widgets/controls/finding_card.h"
#include "widgets/controls/section_label.h"
#include "widgets/models/event_text.h"
#include "widgets/theme/format.h"
#include "widgets/theme/themed.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace lens {
namespace {

constexpr int kMostCards = 20; // the newest; all are among the events
constexpr int kSampleLetters = 600;
constexpr int kMargin = 12;
constexpr int kGap = 8;
constexpr int kMostCardHeight = 320; // more of them scroll

} // namespace

SidePanel::SidePanel(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("sidePanel"));
    setRole(*this, "zone");
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(8);
    createFindings(layout);
    createEvents(layout);
    createSample(layout);
}

void SidePanel::createFindings(QVBoxLayout* layout)
{
    m_findings = new FindingListModel(this);
    layout->addWidget(new SectionLabel(tr("Findings"), this));
    m_noFindings =
        new QLabel(tr("Nothing to report. Spikes, values that are not finite, modules that do not learn and "
                      "overfitting would stand here."),
                   this);
    m_noFindings->setWordWrap(true);
    setRole(*m_noFindings, "small");
    layout->addWidget(m_noFindings);
    auto* content = new QWidget(this);
    setRole(*content, "content");
    m_cards = new QVBoxLayout(content);
    m_cards->setContentsMargins(0, 0, 0, 0);
    m_cards->setSpacing(8);
    m_cards->addStretch(1);
    m_cardArea = new QScrollArea(this);
    m_cardArea->setObjectName(QStringLiteral("findings"));
    m_cardArea->setWidgetResizable(true);
    m_cardArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_cardArea->setFrameShape(QFrame::NoFrame);
    m_cardArea->setWidget(content);
    layout->addWidget(m_cardArea);
    layout->addSpacing(kGap);
}

void SidePanel::createEvents(QVBoxLayout* layout)
{
    m_events = new EventListModel(this);
    layout->addWidget(new SectionLabel(tr("Events"), this));
    m_eventView = new EventListView(m_theme, this);
    m_eventView->setObjectName(QStringLiteral("events"));
    m_eventView->setAccessibleName(tr("Events of the run"));
    m_eventView->setModel(m_events);
    connect(m_eventView, &EventListView::stepRequested, this, &SidePanel::stepRequested);
    layout->addWidget(m_eventView, 1);
    layout->addSpacing(kGap);
}

void SidePanel::createSample(QVBoxLayout* layout)
{
    m_sampleHead = new SectionLabel(tr("Sample"), this);
    m_prompt = new QLabel(this);
    m_answer = new QLabel(this);
    setRole(*m_prompt, "muted");
    for (QLabel* label : {m_prompt, m_answer}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    layout->addWidget(m_sampleHead);
    layout->addWidget(m_prompt);
    layout->addWidget(m_answer);
    clear();
}

void SidePanel::clear()
{
    m_findings->clear();
    m_events->clear();
    m_sampleHead->setHeading(tr("Sample"));
    m_prompt->setText(tr("Prompts of the configuration are answered at every evaluation."));
    m_sampleStep.reset();
    m_answer->clear();
    m_answer->hide();
    updateCards();
}

void SidePanel::addEvents(const std::vector<Event>& events)
{
    std::vector<EventRow> rows;
    std::vector<FindingRow> findings;
    for (const Event& event : events) {
        if (auto row = describedEvent(event))
            rows.push_back(std::move(*row));
        if (auto finding = findingOf(event))
            findings.push_back(std::move(*finding));
    }
    const bool found = !findings.empty();
    m_events->apply(std::move(rows));
    m_findings->apply(std::move(findings));
    if (found)
        updateCards();
}

void SidePanel::updateCards()
{
    const int wanted = std::min(m_findings->rowCount(), kMostCards);
    while (m_cards->count() - 1 > wanted) {
        std::unique_ptr<QLayoutItem> item(m_cards->takeAt(m_cards->count() - 2));
        item->widget()->deleteLater();
    }
    while (m_cards->count() - 1 < wanted) {
        auto* card = new FindingCard(m_theme, this);
        connect(card, &FindingCard::stepRequested, this, &SidePanel::stepRequested);
        m_cards->insertWidget(m_cards->count() - 1, card);
    }
    for (int i = 0; i < wanted; ++i)
        static_cast<FindingCard*>(m_cards->itemAt(i)->widget())->setFinding(m_findings->row(i));
    m_noFindings->setVisible(wanted == 0);
    m_cardArea->setVisible(wanted > 0);
    fitCards();
}

// As high as its cards, so that the events follow close behind.
void SidePanel::fitCards()
{
    const int width = m_cardArea->viewport()->width();
    int height = 0;
    for (int i = 0; i + 1 < m_cards->count(); ++i) {
        const QWidget* card = m_cards->itemAt(i)->widget();
        height += (card->hasHeightForWidth() ? card->heightForWidth(width) : card->sizeHint().height()) +
                  m_cards->spacing();
    }
    m_cardArea->setFixedHeight(std::min(height, kMostCardHeight));
}

void SidePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitCards();
}

void SidePanel::addSamples(const SampleRecords& samples)
{
    if (samples.empty())
        return;
    const std::uint64_t step = samples.back().step;
    if (m_sampleStep == step)
        return; // the first prompt of a step stays
    m_sampleStep = step;
    const auto first = std::find_if(samples.begin(), samples.end(),
                                    [step](const SampleRecord& sample) { return sample.step == step; });
    m_sampleHead->setHeading(tr("Sample · step %1").arg(formatCount(static_cast<std::int64_t>(step))));
    m_prompt->setText(first->prompt);
    m_answer->setText(first->text.trimmed().left(kSampleLetters));
    m_answer->show();
}

} // namespace lens
