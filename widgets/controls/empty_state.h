// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// An empty page: what belongs here, and the action that fills it.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace lens {

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(const QString& title = {}, const QString& text = {}, QWidget* parent = nullptr);

    void setTexts(const QString& title, const QString& text);
    // An empty text shows no button.
    void setAction(const QString& text);
    void setSecondAction(const QString& text);

signals:
    void actionRequested();
    void secondActionRequested();

private:
    QLabel* m_title = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_action = nullptr;
    QPushButton* m_second = nullptr;
};

} // namespace lens
