// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/system_theme.h"

#include <QGuiApplication>
#include <QPalette>

#ifdef LENS_WITH_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace lens {

#ifdef LENS_WITH_DBUS
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kSpace = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

} // namespace
#endif

SystemTheme::SystemTheme(QObject* parent)
    : QObject(parent)
    , m_dark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128)
{
}

void SystemTheme::ask()
{
#ifdef LENS_WITH_DBUS
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    question << kSpace << kKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* answer) {
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        if (!reply.isError())
            take(reply.value().variant());
        answer->deleteLater();
    });
#endif
}

void SystemTheme::onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value)
{
#ifdef LENS_WITH_DBUS
    if (space == kSpace && key == kKey)
        take(value.variant());
#else
    Q_UNUSED(space)
    Q_UNUSED(key)
    Q_UNUSED(value)
#endif
}

// 0 no preference, 1 dark, 2 light; some portals wrap the number in one more variant.
void SystemTheme::take(const QVariant& scheme)
{
    QVariant value = scheme;
#ifdef LENS_WITH_DBUS
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
#endif
    const bool dark = value.toUInt() == 1;
    if (dark == m_dark)
        return;
    m_dark = dark;
    emit changed(dark);
}

} // namespace lens
