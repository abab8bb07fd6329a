// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The status bar: how many runs train, what the machine has, how large the library is, what is free.
#pragma once

#include "app/run/library_scanner.h"
#include "core/base/machine.h"

#include <QStatusBar>

class QLabel;

namespace lens {

class StatusStrip : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusStrip(QWidget* parent = nullptr);

    void showLive(int liveRuns);
    void showMachine(const Machine& machine);
    void showLibrary(const LibraryFacts& facts);

private:
    QLabel* add(const char* name);

    QLabel* m_live;
    QLabel* m_machine;
    QLabel* m_library;
    QLabel* m_disk;
};

} // namespace lens
