// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One line with figures of equal width: a number that changes in place does not move its neighbours.
#pragma once

#include <QWidget>

namespace lens {

class FigureLabel : public QWidget {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)
public:
    explicit FigureLabel(const QString& text = {}, QWidget* parent = nullptr);

    void setText(const QString& text);
    const QString& text() const { return m_text; }
    void setAlignment(Qt::Alignment alignment);
    // Muted text is drawn in the palette's placeholder colour.
    void setMuted(bool muted);
    // Keeps the width of this text from the start: "00,000 / 00,000".
    void setWidestText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    QString m_widest;
    Qt::Alignment m_alignment = Qt::AlignLeft;
    bool m_muted = false;
};

} // namespace lens
