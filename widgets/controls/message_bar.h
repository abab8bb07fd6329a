// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What happened, said over the page instead of in a modal box: kind, text, at most one action, a way to
// dismiss it.
#pragma once

#include "widgets/theme/theme.h"
#include "widgets/theme/themed.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace lens {

class MessageBar : public QFrame, public Themed {
    Q_OBJECT
public:
    enum class Kind { Notice, Good, Attention, Failure };

    explicit MessageBar(const Theme& theme, QWidget* parent = nullptr);

    // Shows the bar. An empty action text shows no button.
    void showMessage(Kind kind, const QString& text, const QString& action = {});
    void setTheme(const Theme& theme) override;
    Kind kind() const { return m_kind; }
    QString text() const;

signals:
    void actionRequested();
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void dismiss();

    Theme m_theme;
    Kind m_kind = Kind::Notice;
    QLabel* m_text = nullptr;
    QPushButton* m_action = nullptr;
    QToolButton* m_close = nullptr;
};

} // namespace lens
