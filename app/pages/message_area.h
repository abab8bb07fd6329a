// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The message bars over a page, one for each subject: a newer message of a subject takes the place of the
// older.
#pragma once

#include "widgets/controls/message_bar.h"

#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace lens {

class MessageArea : public QWidget, public Themed {
    Q_OBJECT

public:
    explicit MessageArea(const Theme& theme, QWidget* parent = nullptr);

    void say(const QString& subject, MessageBar::Kind kind, const QString& text, const QString& action = {});
    void takeBack(const QString& subject);
    void clear();
    // Empty if nothing is said about it.
    QString textOf(const QString& subject) const;

    void setTheme(const Theme& theme) override { m_theme = theme; } // for bars made later

signals:
    void actionRequested(const QString& subject);

private:
    MessageBar* createBar(const QString& subject);
    void updateVisibility();

    Theme m_theme;
    QVBoxLayout* m_layout;
    QHash<QString, MessageBar*> m_bars;
};

} // namespace lens
