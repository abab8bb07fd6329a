// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/window_dialogs.h"

#include "app/dialogs/about_dialog.h"
#include "app/dialogs/settings_dialog.h"
#include "app/dialogs/text_dialog.h"
#include "app/run/background.h"
#include "app/window/main_window.h"
#include "app/window/run_binding.h"
#include "app/window/translations.h"
#include "app/window/workplace.h"

#include <QApplication>
#include <QInputDialog>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>

namespace lens {

WindowDialogs::WindowDialogs(Workplace& workplace, MainWindow& window, RunBinding& binding, QObject* parent)
    : QObject(parent)
    , m_workplace(workplace)
    , m_window(window)
    , m_binding(binding)
{
    on(ActionId::Rename, &WindowDialogs::rename);
    on(ActionId::EditTags, &WindowDialogs::editTags);
    on(ActionId::Delete, &WindowDialogs::deleteRun);
    on(ActionId::Kill, &WindowDialogs::confirmKill);
    on(ActionId::OpenSettings, &WindowDialogs::openSettings);
    on(ActionId::CheckMachine, &WindowDialogs::checkMachine);
    on(ActionId::ShowHelp, &WindowDialogs::showHelp);
    on(ActionId::About, &WindowDialogs::showAbout);
}

void WindowDialogs::on(ActionId id, void (WindowDialogs::*slot)())
{
    connect(&m_window.actions()[id], &QAction::triggered, this, slot);
}

void WindowDialogs::rename()
{
    RunSession* session = m_binding.session();
    if (!session)
        return;
    askText(tr("Rename"), tr("Name of the run"), session->description().name,
            [this, folder = session->folder()](const QString& name) {
                m_workplace.library.rename(folder, name.trimmed());
            });
}

void WindowDialogs::editTags()
{
    RunSession* session = m_binding.session();
    if (!session)
        return;
    askText(tr("Tags"), tr("Tags, separated by commas"),
            session->description().tags.join(QStringLiteral(", ")),
            [this, folder = session->folder()](const QString& text) {
                QStringList tags;
                for (const QString& tag : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
                    if (!tag.trimmed().isEmpty())
                        tags << tag.trimmed();
                m_workplace.library.setTags(folder, tags);
            });
}

void WindowDialogs::askText(const QString& title, const QString& label, const QString& text,
                            std::function<void(const QString&)> then)
{
    auto* dialog = new QInputDialog(&m_window);
    dialog->setObjectName(QStringLiteral("textQuestion"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(text);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [then = std::move(then)](const QString& value) { then(value); });
    dialog->open();
}

void WindowDialogs::ask(const QString& title, const QString& text, const QString& yes,
                        std::function<void()> then)
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::Cancel, &m_window);
    box->setObjectName(QStringLiteral("confirmation"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* button = box->addButton(yes, QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(button, &QPushButton::clicked, this, [then = std::move(then)] { then(); });
    box->open();
}

void WindowDialogs::confirmKill()
{
    if (!m_binding.session())
        return;
    const QString folder = m_binding.session()->folder();
    ask(tr("Kill the engine"),
        tr("End the engine of “%1” at once?\n\n%2\n\n“Stop and save” loses nothing.")
            .arg(m_binding.session()->description().name, keptAfterKill(m_binding.context())),
        tr("Kill"), [this, folder] {
            if (m_binding.session() && m_binding.session()->folder() == folder)
                m_binding.session()->killEngine();
        });
}

void WindowDialogs::deleteRun()
{
    if (!m_binding.session())
        return;
    const QString folder = m_binding.session()->folder();
    ask(tr("Move to trash"),
        tr("Move “%1” with its checkpoints and records to the trash?")
            .arg(m_binding.session()->description().name),
        tr("Move to trash"), [this, folder] { m_workplace.library.moveToTrash(folder); });
}

void WindowDialogs::openSettings()
{
    auto* dialog = new SettingsDialog(m_workplace.settings, offeredLanguages(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WindowDialogs::showAbout()
{
    auto* dialog = new AboutDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

// `doctor` of the engine in a child; its text is shown as it comes.
void WindowDialogs::checkMachine()
{
    auto* dialog = new TextDialog(tr("Check this machine"), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setText(tr("The engine measures this machine. This takes a few seconds."));
    auto* process = new QProcess(dialog);
    connect(process, &QProcess::finished, dialog, [dialog, process] {
        const QString text = QString::fromUtf8(process->readAllStandardOutput());
        dialog->setText(text.isEmpty() ? QString::fromUtf8(process->readAllStandardError()) : text);
    });
    connect(process, &QProcess::errorOccurred, dialog,
            [dialog, process] { dialog->setText(process->errorString()); });
    process->start(m_workplace.supervisor.engineProgram(), {QStringLiteral("doctor")}, QIODevice::ReadOnly);
    dialog->open();
}

// The description of what has the focus, or of the next widget around it that has one.
void WindowDialogs::showHelp()
{
    QString text;
    for (const QWidget* widget = QApplication::focusWidget(); widget && text.isEmpty();
         widget = widget->parentWidget())
        text = widget->toolTip().isEmpty() ? widget->accessibleDescription() : widget->toolTip();
    if (text.isEmpty())
        text = tr("<p><b>Plots.</b> The wheel zooms along the steps, Shift and wheel zooms the values, "
                  "dragging moves, a "
                  "double click fits, F follows the newest step.</p><p><b>Verbs.</b> Every button says in "
                  "its tooltip what "
                  "it keeps, or why it is disabled.</p><p><b>Runs</b> go on when the window is closed; open "
                  "it again and "
                  "they are shown as they are.</p>");
    auto* dialog = new TextDialog(tr("Help"), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setRichText(text);
    dialog->open();
}

} // namespace lens
