// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A choice of a few, side by side: exactly one is chosen. Left and right arrows move the choice.
#pragma once

#include <QStringList>
#include <QWidget>

class QButtonGroup;

namespace lens {

class Segmented : public QWidget {
    Q_OBJECT
public:
    explicit Segmented(const QStringList& texts, QWidget* parent = nullptr);

    // From 0; does not signal.
    void setCurrent(int index);
    int current() const;
    void setTip(int index, const QString& tip);

signals:
    void currentChanged(int index);

private:
    QButtonGroup* m_buttons = nullptr;
};

} // namespace lens
