// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the user has chosen for the window, kept between sessions. One table holds every key and its default;
// the typed functions below are the only readers. GUI thread. Never holds anything about a run.
#pragma once

#include "widgets/theme/byte_units.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QVariant>

#include <memory>
#include <vector>

class QSettings;

namespace lens {

enum class ThemeChoice { System, Light, Dark };
enum class XAxisChoice { Step, Time, Tokens };

struct SettingInfo {
    const char* key;
    QVariant defaultValue;
};

// Every key the program stores, with its default.
const std::vector<SettingInfo>& settingTable();

class Settings : public QObject {
    Q_OBJECT

public:
    // An empty path means the user's own file (QSettings' place for training-lens).
    explicit Settings(const QString& file = {}, QObject* parent = nullptr);
    ~Settings() override;

    QString libraryFolder() const; // never empty
    QString language() const;      // "system" or a language code
    ThemeChoice theme() const;
    ByteUnits byteUnits() const;
    int threads() const; // for new runs; 0 = physical cores
    double smoothing() const;
    XAxisChoice xAxis() const;
    bool followNewest() const;
    bool logLossAxis() const;
    QByteArray windowGeometry() const;
    bool libraryShown() const;
    bool sideShown() const;

    void setLibraryFolder(const QString& folder);
    void setLanguage(const QString& code);
    void setTheme(ThemeChoice choice);
    void setByteUnits(ByteUnits units);
    void setThreads(int threads);
    void setSmoothing(double weight);
    void setXAxis(XAxisChoice choice);
    void setFollowNewest(bool follow);
    void setLogLossAxis(bool logarithmic);
    void setWindowGeometry(const QByteArray& geometry);
    void setLibraryShown(bool shown);
    void setSideShown(bool shown);

signals:
    // A value became another one. `key` is of settingTable().
    void changed(const QString& key);

private:
    QVariant value(const char* key) const;
    void set(const char* key, const QVariant& newValue);

    std::unique_ptr<QSettings> m_store;
};

} // namespace lens
