// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace lens {

Translations::Translations() = default;
Translations::~Translations() = default;

void Translations::install(QCoreApplication& application, const QString& language,
                           const QString& resourceFolder)
{
    const QLocale locale = language == QLatin1String("system") ? QLocale::system() : QLocale(language);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    const auto tryLoad = [&](const QString& file, const QString& folder) {
        auto translator = std::make_unique<QTranslator>();
        if (!translator->load(locale, file, QStringLiteral("_"), folder))
            return false;
        application.installTranslator(translator.get());
        m_installed.push_back(std::move(translator));
        return true;
    };
    tryLoad(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    if (!tryLoad(QStringLiteral("training-lens"), QStringLiteral(":/i18n")))
        tryLoad(QStringLiteral("training-lens"), resourceFolder + QStringLiteral("/translations"));
}

QStringList offeredLanguages()
{
    return {QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("zh_CN")};
}

} // namespace lens
