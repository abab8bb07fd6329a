// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A part of a page that folds away under its heading.
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace lens {

class CollapsiblePane : public QWidget {
    Q_OBJECT
public:
    explicit CollapsiblePane(const QString& heading, QWidget* parent = nullptr);

    QVBoxLayout* body() const { return m_body; }
    bool isCollapsed() const { return m_collapsed; }
    void setCollapsed(bool collapsed);
    void setHeading(const QString& heading);

signals:
    void collapsedChanged(bool collapsed);

private:
    void showArrow();

    QToolButton* m_head = nullptr;
    QWidget* m_content = nullptr;
    QVBoxLayout* m_body = nullptr;
    bool m_collapsed = false;
};

} // namespace lens
