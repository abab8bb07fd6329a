// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One of the key figures of a run: a large value over a muted caption, in a panel. The value changes in
// place: nothing jumps.
#pragma once

#include <QFrame>

namespace lens {

class ElidedLabel;
class FigureLabel;

class KeyFigure : public QFrame {
    Q_OBJECT
public:
    explicit KeyFigure(const QString& caption = {}, QWidget* parent = nullptr);

    // An empty value is shown as a dash: not known, which is not 0.
    void setValue(const QString& value);
    void setCaption(const QString& caption);
    QString value() const;
    QString caption() const;

private:
    void nameForAccess();

    FigureLabel* m_value = nullptr;
    ElidedLabel* m_caption = nullptr;
};

} // namespace lens
