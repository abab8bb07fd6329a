// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Whether the desktop wants dark colours. Qt 6.4 does not know; the desktop portal does
// (org.freedesktop.portal.Settings, namespace org.freedesktop.appearance, key color-scheme), and tells
// changes. Asked without waiting: until the answer comes, and where there is no portal, the palette's
// lightness decides.
#pragma once

#include <QObject>
#include <QVariant>

class QDBusVariant;

namespace lens {

class SystemTheme : public QObject {
    Q_OBJECT

public:
    explicit SystemTheme(QObject* parent = nullptr);

    bool dark() const { return m_dark; }
    // Sends the question; later than the first frame, so that D-Bus costs the start nothing.
    void ask();

signals:
    void changed(bool dark);

private slots:
    // Called by D-Bus by name.
    void onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void take(const QVariant& scheme);

    bool m_dark = false;
};

} // namespace lens
