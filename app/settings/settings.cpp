// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/settings/settings.h"

#include "core/base/user_paths.h"

#include <QSettings>

#include <algorithm>
#include <array>
#include <utility>

namespace lens {
namespace {

constexpr const char* kLibraryFolder = "library/folder";
constexpr const char* kLanguage = "interface/language";
constexpr const char* kTheme = "interface/theme";
constexpr const char* kByteUnits = "interface/byteUnits";
constexpr const char* kThreads = "engine/threads";
constexpr const char* kSmoothing = "plots/smoothing";
constexpr const char* kXAxis = "plots/xAxis";
constexpr const char* kFollow = "plots/follow";
constexpr const char* kLogLoss = "plots/logLoss";
constexpr const char* kGeometry = "window/geometry";
constexpr const char* kLibraryShown = "window/libraryShown";
constexpr const char* kSideShown = "window/sideShown";

// Choices are stored by name, so that a later order of the enumeration changes nothing.
constexpr std::array kThemeNames{std::pair{ThemeChoice::System, "system"},
                                 std::pair{ThemeChoice::Light, "light"},
                                 std::pair{ThemeChoice::Dark, "dark"}};
constexpr std::array kUnitNames{std::pair{ByteUnits::Binary, "binary"},
                                std::pair{ByteUnits::Decimal, "decimal"}};
constexpr std::array kAxisNames{std::pair{XAxisChoice::Step, "step"}, std::pair{XAxisChoice::Time, "time"},
                                std::pair{XAxisChoice::Tokens, "tokens"}};

template <class Table>
auto choiceByName(const Table& table, const QString& name)
{
    for (const auto& [choice, text] : table)
        if (name == QLatin1String(text))
            return choice;
    return table.front().first;
}

template <class Table, class Choice>
QString nameOf(const Table& table, Choice wanted)
{
    for (const auto& [choice, text] : table)
        if (choice == wanted)
            return QString::fromLatin1(text);
    return {};
}

} // namespace

const std::vector<SettingInfo>& settingTable()
{
    static const std::vector<SettingInfo> table{
        {kLibraryFolder, QString()}, // empty: the default library
        {kLanguage, QStringLiteral("system")},
        {kTheme, QStringLiteral("system")},
        {kByteUnits, QStringLiteral("binary")},
        {kThreads, 0},
        {kSmoothing, 0.95},
        {kXAxis, QStringLiteral("step")},
        {kFollow, true},
        {kLogLoss, false},
        {kGeometry, QByteArray()},
        {kLibraryShown, true},
        {kSideShown, true},
    };
    return table;
}

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(file.isEmpty()
                  ? std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope,
                                                QStringLiteral("training-lens"), QStringLiteral("window"))
                  : std::make_unique<QSettings>(file, QSettings::IniFormat))
{
}

Settings::~Settings() = default;

QVariant Settings::value(const char* key) const
{
    const auto& table = settingTable();
    const auto row = std::find_if(table.begin(), table.end(), [key](const SettingInfo& info) {
        return QLatin1String(info.key) == QLatin1String(key);
    });
    return m_store->value(QLatin1String(key), row == table.end() ? QVariant() : row->defaultValue);
}

void Settings::set(const char* key, const QVariant& newValue)
{
    if (value(key) == newValue)
        return;
    m_store->setValue(QLatin1String(key), newValue);
    emit changed(QString::fromLatin1(key));
}

QString Settings::libraryFolder() const
{
    const QString folder = value(kLibraryFolder).toString();
    return folder.isEmpty() ? QString::fromStdString(defaultLibrary().string()) : folder;
}

QString Settings::language() const
{
    return value(kLanguage).toString();
}

ThemeChoice Settings::theme() const
{
    return choiceByName(kThemeNames, value(kTheme).toString());
}

ByteUnits Settings::byteUnits() const
{
    return choiceByName(kUnitNames, value(kByteUnits).toString());
}

int Settings::threads() const
{
    return std::clamp(value(kThreads).toInt(), 0, 1024);
}

double Settings::smoothing() const
{
    return std::clamp(value(kSmoothing).toDouble(), 0.0, 0.999);
}

XAxisChoice Settings::xAxis() const
{
    return choiceByName(kAxisNames, value(kXAxis).toString());
}

bool Settings::followNewest() const
{
    return value(kFollow).toBool();
}

bool Settings::logLossAxis() const
{
    return value(kLogLoss).toBool();
}

QByteArray Settings::windowGeometry() const
{
    return value(kGeometry).toByteArray();
}

bool Settings::libraryShown() const
{
    return value(kLibraryShown).toBool();
}

bool Settings::sideShown() const
{
    return value(kSideShown).toBool();
}

void Settings::setLibraryFolder(const QString& folder)
{
    set(kLibraryFolder, folder);
}

void Settings::setLanguage(const QString& code)
{
    set(kLanguage, code);
}

void Settings::setTheme(ThemeChoice choice)
{
    set(kTheme, nameOf(kThemeNames, choice));
}

void Settings::setByteUnits(ByteUnits units)
{
    set(kByteUnits, nameOf(kUnitNames, units));
}

void Settings::setThreads(int threads)
{
    set(kThreads, threads);
}

void Settings::setSmoothing(double weight)
{
    set(kSmoothing, weight);
}

void Settings::setXAxis(XAxisChoice choice)
{
    set(kXAxis, nameOf(kAxisNames, choice));
}

void Settings::setFollowNewest(bool follow)
{
    set(kFollow, follow);
}

void Settings::setLogLossAxis(bool logarithmic)
{
    set(kLogLoss, logarithmic);
}

void Settings::setWindowGeometry(const QByteArray& geometry)
{
    set(kGeometry, geometry);
}

void Settings::setLibraryShown(bool shown)
{
    set(kLibraryShown, shown);
}

void Settings::setSideShown(bool shown)
{
    set(kSideShown, shown);
}

} // namespace lens
