// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Texts that core marks with LENS_TR, in the user's language.
#pragma once

#include "core/base/translate.h"

#include <QCoreApplication>
#include <QString>

namespace lens {

inline QString coreText(const char* text)
{
    return QCoreApplication::translate("lens", text);
}

inline Translator coreTranslator()
{
    return [](const char* text) { return coreText(text).toStdString(); };
}

} // namespace lens
