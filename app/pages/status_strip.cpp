// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/status_strip.h"

#include "widgets/theme/format.h"

#include <QLabel>

namespace lens {

StatusStrip::StatusStrip(QWidget* parent) : QStatusBar(parent)
{
    setSizeGripEnabled(false);
    m_live = add("statusLive");
    m_machine = add("statusMachine");
    m_library = add("statusLibrary");
    m_disk = new QLabel(this);
    m_disk->setObjectName(QStringLiteral("statusDisk"));
    addPermanentWidget(m_disk);
    showLive(0);
}

QLabel* StatusStrip::add(const char* name)
{
    auto* label = new QLabel(this);
    label->setObjectName(QLatin1String(name));
    addWidget(label);
    return label;
}

void StatusStrip::showLive(int liveRuns)
{
    if (liveRuns == 0)
        return m_live->setText(tr("No run is training"));
    m_live->setText(liveRuns == 1 ? tr("● 1 run training")
                                  : tr("● %1 runs training").arg(formatCount(liveRuns)));
}

void StatusStrip::showMachine(const Machine& machine)
{
    m_machine->setText(tr("CPU: %1 cores, %2 threads")
                           .arg(formatCount(machine.physicalCores), formatCount(machine.logicalCores)));
    m_machine->setToolTip(QString::fromStdString(machine.cpu));
}

void StatusStrip::showLibrary(const LibraryFacts& facts)
{
    m_library->setText(tr("Library: %1").arg(formatBytes(static_cast<double>(facts.usedBytes))));
    m_disk->setText(tr("Free disk %1").arg(formatBytes(static_cast<double>(facts.freeBytes))));
}

} // namespace lens
