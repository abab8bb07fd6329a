// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Library folder, language, theme, units, threads. Changes take effect with OK.
#pragma once

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace lens {

class Settings;

class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    SettingsDialog(Settings& settings, const QStringList& languages, QWidget* parent = nullptr);

    void accept() override;

private:
    void createLibrary(QFormLayout* form);
    void createChoices(QFormLayout* form, const QStringList& languages);

    Settings& m_settings;
    QLineEdit* m_library = nullptr;
    QComboBox* m_language = nullptr;
    QComboBox* m_theme = nullptr;
    QComboBox* m_units = nullptr;
    QSpinBox* m_threads = nullptr;
};

} // namespace lens
