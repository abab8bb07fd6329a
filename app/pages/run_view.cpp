// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/run_view.h"

#include "app/pages/configuration_page.h"
#include "app/pages/live_page.h"
#include "app/pages/log_page.h"
#include "app/pages/run_header.h"
#include "app/pages/samples_page.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace lens {

RunView::RunView(const Theme& theme, const QString& engineProgram, WorkerThread& files, QWidget* parent)
    : QWidget(parent)
    , m_header(new RunHeader(theme, this))
    , m_live(new LivePage(theme, this))
    , m_samples(new SamplesPage(engineProgram, this))
    , m_log(new LogPage(files, this))
    , m_configuration(new ConfigurationPage(this))
{
    setObjectName(QStringLiteral("runView"));
    createTabs();
    auto* tabRow = new QHBoxLayout;
    tabRow->setSpacing(8);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch(1);
    tabRow->addWidget(&m_live->tools());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_header);
    layout->addLayout(tabRow);
    layout->addWidget(m_stack, 1);
}

void RunView::createTabs()
{
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_tabs->setAccessibleName(tr("Pages of the run"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_stack = new QStackedWidget(this);
    const std::pair<QString, QWidget*> pages[] = {{tr("Live"), m_live},
                                                  {tr("Samples"), m_samples},
                                                  {tr("Log"), m_log},
                                                  {tr("Configuration"), m_configuration}};
    for (const auto& [title, page] : pages) {
        m_tabs->addTab(title);
        m_stack->addWidget(page);
    }
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        m_live->tools().setVisible(tab() == Tab::Live);
        emit tabChanged();
    });
}

RunView::Tab RunView::tab() const
{
    return static_cast<Tab>(m_tabs->currentIndex());
}

void RunView::setTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

} // namespace lens
