// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A rounded panel with a head: title, muted note beside it, and something at the right.
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace lens {

class ElidedLabel;

class Panel : public QFrame {
    Q_OBJECT
public:
    // Without a title there is no head.
    explicit Panel(const QString& title = {}, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setNote(const QString& note);
    // Muted text at the right end of the head.
    void setRightText(const QString& text);
    // A widget at the right end of the head.
    void addToHead(QWidget* widget);
    // What the panel holds goes here.
    QVBoxLayout* body() const { return m_body; }

private:
    QWidget* createHead();

    QWidget* m_head = nullptr;
    QLabel* m_title = nullptr;
    ElidedLabel* m_note = nullptr;
    QLabel* m_right = nullptr;
    QHBoxLayout* m_headLayout = nullptr;
    QVBoxLayout* m_body = nullptr;
};

} // namespace lens
