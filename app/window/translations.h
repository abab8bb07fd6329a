// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The window's languages: English is the source, the others are .qm files in the program or in its resources.
#pragma once

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

class QCoreApplication;
class QTranslator;

namespace lens {

class Translations {
public:
    Translations();
    ~Translations();

    // "system" follows the locale. Must come before the first widget is made.
    void install(QCoreApplication& application, const QString& language, const QString& resourceFolder);

private:
    std::vector<std::unique_ptr<QTranslator>> m_installed;
};

// Codes the settings dialog offers, English first.
QStringList offeredLanguages();

} // namespace lens
