// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/window_program.h"

#include "app/window/main_window.h"
#include "app/window/translations.h"
#include "app/window/window_wiring.h"
#include "app/window/workplace.h"
#include "core/base/install_paths.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QIcon>
#include <QTimer>

namespace lens {
namespace {

struct Arguments {
    QString folder;
    bool demo = false;
};

Arguments readArguments(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Opens the window. With init, train, queue, generate, evaluate, tokenize, analyze, "
                       "export, bench or doctor as "
                       "first word it is the command line of the engine: see training-lens train --help."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption demo(QStringLiteral("demo"),
                                  QStringLiteral("Prepare the demo run and show it."));
    parser.addOption(demo);
    parser.addPositionalArgument(QStringLiteral("folder"),
                                 QStringLiteral("A run's folder to open, or a library."),
                                 QStringLiteral("[folder]"));
    parser.process(application);
    const QStringList rest = parser.positionalArguments();
    return {rest.isEmpty() ? QString() : QDir::current().absoluteFilePath(rest.first()), parser.isSet(demo)};
}

void addIcons()
{
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        icon.addFile(QStringLiteral(":/icons/training-lens-%1.png").arg(size), QSize(size, size));
    QGuiApplication::setWindowIcon(icon);
}

// What the first theme is, before the desktop could be asked.
bool startsDark(const Settings& settings)
{
    if (settings.theme() == ThemeChoice::System)
        return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return settings.theme() == ThemeChoice::Dark;
}

} // namespace

int runWindow(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("training-lens"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LENS_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Training Lens"));
    QGuiApplication::setDesktopFileName(QStringLiteral("training-lens"));
    const Arguments arguments = readArguments(application);

    Workplace workplace({}, QString::fromStdString(engineProgram().string()),
                        QString::fromStdString(resourceFolder().string()));
    setByteUnits(workplace.settings.byteUnits());
    Translations translations;
    translations.install(application, workplace.settings.language(), workplace.resourceFolder);
    const Theme theme = startsDark(workplace.settings) ? darkTheme() : lightTheme();
    applyTheme(application, theme);
    addIcons();
    MainWindow window(workplace, theme);
    WindowWiring wiring(workplace, window);
    window.show();
    QTimer::singleShot(0, &wiring, [&wiring, &arguments] {
        wiring.begin();
        if (!arguments.folder.isEmpty())
            wiring.openFolder(arguments.folder);
        if (arguments.demo)
            wiring.prepareDemo();
    });
    return QApplication::exec();
}

} // namespace lens
