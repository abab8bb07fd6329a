// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/dialogs/settings_dialog.h"

#include "app/settings/settings.h"
#include "widgets/theme/themed.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr int kWidth = 520;

QString languageName(const QString& code)
{
    if (code == QLatin1String("en"))
        return QStringLiteral("English");
    QString name = QLocale(code).nativeLanguageName();
    return name.isEmpty() ? code : name.replace(0, 1, name.at(0).toUpper());
}

void choose(QComboBox& box, const QVariant& value)
{
    box.setCurrentIndex(std::max(0, box.findData(value)));
}

} // namespace

SettingsDialog::SettingsDialog(Settings& settings, const QStringList& languages, QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setMinimumWidth(kWidth);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    createLibrary(form);
    createChoices(form, languages);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    setRole(*buttons->button(QDialogButtonBox::Ok), "primary");
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(16);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(buttons);
}

void SettingsDialog::createLibrary(QFormLayout* form)
{
    m_library = new QLineEdit(m_settings.libraryFolder(), this);
    m_library->setObjectName(QStringLiteral("settingLibrary"));
    auto* button = new QPushButton(tr("Choose…"), this);
    connect(button, &QPushButton::clicked, this, [this] {
        const QString folder =
            QFileDialog::getExistingDirectory(this, tr("Library folder"), m_library->text());
        if (!folder.isEmpty())
            m_library->setText(folder);
    });
    auto* row = new QHBoxLayout;
    row->addWidget(m_library, 1);
    row->addWidget(button);
    form->addRow(tr("Library folder"), row);
}

void SettingsDialog::createChoices(QFormLayout* form, const QStringList& languages)
{
    m_language = new QComboBox(this);
    m_language->setObjectName(QStringLiteral("settingLanguage"));
    m_language->addItem(tr("As the system"), QStringLiteral("system"));
    for (const QString& code : languages)
        m_language->addItem(languageName(code), code);
    choose(*m_language, m_settings.language());
    form->addRow(tr("Language"), m_language);

    m_theme = new QComboBox(this);
    m_theme->setObjectName(QStringLiteral("settingTheme"));
    m_theme->addItem(tr("As the system"), static_cast<int>(ThemeChoice::System));
    m_theme->addItem(tr("Light"), static_cast<int>(ThemeChoice::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(ThemeChoice::Dark));
    choose(*m_theme, static_cast<int>(m_settings.theme()));
    form->addRow(tr("Theme"), m_theme);

    m_units = new QComboBox(this);
    m_units->setObjectName(QStringLiteral("settingUnits"));
    m_units->addItem(tr("MiB, GiB (1024)"), static_cast<int>(ByteUnits::Binary));
    m_units->addItem(tr("MB, GB (1000)"), static_cast<int>(ByteUnits::Decimal));
    choose(*m_units, static_cast<int>(m_settings.byteUnits()));
    form->addRow(tr("Units of memory"), m_units);
    auto* note = new QLabel(tr("Language and units change at the next start of the window."), this);
    setRole(*note, "small");
    form->addRow(QString(), note);

    m_threads = new QSpinBox(this);
    m_threads->setObjectName(QStringLiteral("settingThreads"));
    m_threads->setRange(0, 1024);
    m_threads->setSpecialValueText(tr("one for each physical core"));
    m_threads->setValue(m_settings.threads());
    form->addRow(tr("Threads of new runs"), m_threads);
}

void SettingsDialog::accept()
{
    m_settings.setLibraryFolder(m_library->text().trimmed());
    m_settings.setLanguage(m_language->currentData().toString());
    m_settings.setTheme(static_cast<ThemeChoice>(m_theme->currentData().toInt()));
    m_settings.setByteUnits(static_cast<ByteUnits>(m_units->currentData().toInt()));
    m_settings.setThreads(m_threads->value());
    QDialog::accept();
}

} // namespace lens
