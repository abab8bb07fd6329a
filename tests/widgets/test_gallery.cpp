// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/support/test_paths.h"
#include "tests/widgets/gallery.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QDir>
#include <QTest>
#include <QWidget>

#include <memory>

using namespace lens;

class TestGallery : public QObject {
    Q_OBJECT

    static void save(QWidget& widget, const QString& name)
    {
        const QString folder = QString::fromStdString((test::buildFolder() / "screenshots").string());
        QVERIFY(QDir().mkpath(folder));
        widget.show();
        QCoreApplication::processEvents();
        const QPixmap picture = widget.grab();
        QVERIFY(picture.toImage().pixelColor(2, 2).isValid());
        QVERIFY(picture.save(folder + u'/' + name + QStringLiteral(".png")));
    }

private slots:
    void controls_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void controls()
    {
        QFETCH(bool, dark);
        const Theme theme = dark ? darkTheme() : lightTheme();
        applyTheme(*qApp, theme);
        const std::unique_ptr<QWidget> gallery(test::createControlsGallery(theme));
        save(*gallery, dark ? "widgets-controls-dark" : "widgets-controls-light");
    }
};

QTEST_MAIN(TestGallery)
#include "test_gallery.moc"
