// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The small capitals over a group: "LIBRARY · 7 RUNS".
#pragma once

#include <QLabel>

namespace lens {

class SectionLabel : public QLabel {
    Q_OBJECT
public:
    explicit SectionLabel(const QString& text = {}, QWidget* parent = nullptr);

    // Shown in capitals of the locale, named in its own spelling.
    void setHeading(const QString& text);
};

} // namespace lens
