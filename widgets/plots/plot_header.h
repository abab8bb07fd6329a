// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The line over a plot: title, muted note, legend swatches at the left, the value under the cursor at the
// right.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>

#include <vector>

namespace lens {

class PlotHeader : public QWidget {
    Q_OBJECT
public:
    struct Swatch {
        QString text;
        QColor colour;
        bool circle = false;
    };

    explicit PlotHeader(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setTitle(const QString& title);
    void setNote(const QString& note);
    void setSwatches(std::vector<Swatch> swatches);
    void setReadOut(const QString& text);
    const QString& readOut() const { return m_readOut; }

    QSize sizeHint() const override { return {200, 22}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double paintSwatch(QPainter& painter, const Swatch& swatch, double x) const;

    Theme m_theme;
    QString m_title;
    QString m_note;
    QString m_readOut;
    std::vector<Swatch> m_swatches;
};

} // namespace lens
