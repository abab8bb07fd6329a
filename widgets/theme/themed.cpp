// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/themed.h"

#include "widgets/theme/theme.h"

#include <QStyle>
#include <QVariant>
#include <QWidget>

namespace lens {

void setThemeOf(QWidget& root, const Theme& theme)
{
    if (auto* themed = dynamic_cast<Themed*>(&root)) {
        themed->setTheme(theme);
    }
    for (QObject* child : root.findChildren<QObject*>()) {
        if (auto* themed = dynamic_cast<Themed*>(child)) {
            themed->setTheme(theme);
        }
    }
}

void setRole(QWidget& widget, const char* role)
{
    if (widget.property("role").toString() == QLatin1String(role)) {
        return;
    }
    widget.setProperty("role", role);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

} // namespace lens
