// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One finding: a bar in the colour of its severity, title, and what one could do. Enter or a click goes
// there.
#pragma once

#include "widgets/models/finding_list_model.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/themed.h"

#include <QFrame>

class QLabel;

namespace lens {

class FindingCard : public QFrame, public Themed {
    Q_OBJECT
public:
    explicit FindingCard(const Theme& theme, QWidget* parent = nullptr);

    void setFinding(const FindingRow& finding);
    const FindingRow& finding() const { return m_finding; }
    void setTheme(const Theme& theme) override;

signals:
    void stepRequested(quint64 step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Theme m_theme;
    FindingRow m_finding;
    QLabel* m_title = nullptr;
    QLabel* m_text = nullptr;
};

QColor severityColour(const Theme& theme, FindingSeverity severity);

} // namespace lens
