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
    QLocale locale = language == QLatin1String("system") ? QLocale::system() : QLocale(language);
    if (locale.language() == QLocale::C)
        locale = QLocale(QLocale::English);
    const auto tryLoad = [&](const QLocale& wanted, const QString& file, const QString& folder) {
        auto translator = std::make_unique<QTranslator>();
        if (!translator->load(wanted, file, QStringLiteral("_"), folder))
            return false;
        application.installTranslator(translator.get());
        m_installed.push_back(std::move(translator));
        return true;
    };
    tryLoad(locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    const QString name = QStringLiteral("training-lens");
    // English, the source language, has a file too: the forms of its plurals.
    for (const QLocale& wanted : {locale, QLocale(QLocale::English)}) {
        if (tryLoad(wanted, name, QStringLiteral(":/i18n")) ||
            tryLoad(wanted, name, resourceFolder + QStringLiteral("/translations")))
            return;
    }
}

QStringList offeredLanguages()
{
    return {QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("zh_CN")};
}

} // namespace lens
