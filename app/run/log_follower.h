// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Follows a text file that grows (engine.log) on the files thread and hands over what is new, in whole lines.
// A file longer than the last 2 MiB is read from there on.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace lens {

class LogFollower : public QObject {
    Q_OBJECT

public:
    explicit LogFollower(const QString& file);

    void setFollowing(bool following);

signals:
    // The text shown so far is no longer the file's (it is another or a shorter file).
    void restarted(bool cutAtStart);
    void textRead(const QString& text);

private:
    void poll();

    QString m_file;
    QTimer* m_timer;
    qint64 m_offset = -1; // -1: nothing read yet
};

} // namespace lens
