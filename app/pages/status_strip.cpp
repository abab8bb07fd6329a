// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/status_strip.h"

#include "widgets/theme/format.h"

#include <QLabel>
#include <QThread>

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
    m_machine->setText(tr("CPU %n thread(s)", nullptr, QThread::idealThreadCount()));
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
    m_live->setText(liveRuns == 0 ? tr("No run is training") : tr("● %n run(s) training", nullptr, liveRuns));
}

void StatusStrip::showLibrary(int runs, const LibraryFacts& facts)
{
    m_library->setText(
        tr("Library: %n run(s), %1", nullptr, runs).arg(formatBytes(static_cast<double>(facts.usedBytes))));
    m_disk->setText(tr("Free disk %1").arg(formatBytes(static_cast<double>(facts.freeBytes))));
}

} // namespace lens
