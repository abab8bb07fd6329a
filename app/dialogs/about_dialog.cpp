// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/dialogs/about_dialog.h"

#include "widgets/theme/themed.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr int kWidth = 560;
constexpr int kHeight = 520;

struct Part {
    const char* name;
    const char* licence;
    const char* place;
};

constexpr Part kParts[] = {
    {"Qt 6", "LGPL-3.0", "https://www.qt.io"},
    {"QCustomPlot", "GPL-3.0", "https://www.qcustomplot.com"},
    {"LibTorch", "BSD-3-Clause", "https://pytorch.org"},
    {"HDF5", "BSD-3-Clause", "https://www.hdfgroup.org"},
    {"nlohmann/json", "MIT", "https://github.com/nlohmann/json"},
    {"PCRE2", "BSD-3-Clause", "https://www.pcre.org"},
    {"utf8proc", "MIT", "https://juliastrings.github.io/utf8proc"},
    {"OpenSSL", "Apache-2.0", "https://www.openssl.org"},
    {"zlib", "Zlib", "https://zlib.net"},
};

QString partTable()
{
    QString rows;
    for (const Part& part : kParts)
        rows += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2&nbsp;&nbsp;</td><td>%3</td></tr>")
                    .arg(QLatin1String(part.name), QLatin1String(part.licence), QLatin1String(part.place));
    return QStringLiteral("<table cellpadding='2'>%1</table>").arg(rows);
}

} // namespace

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About Training Lens"));
    resize(kWidth, kHeight);
    auto* title = new QLabel(tr("Training Lens %1").arg(QStringLiteral(LENS_VERSION)), this);
    setRole(*title, "name");
    auto* what =
        new QLabel(tr("Launch LoRA fine-tuning runs, watch them, understand them, keep them."), this);
    what->setWordWrap(true);
    setRole(*what, "muted");
    auto* text = new QTextBrowser(this);
    text->setAccessibleName(tr("Licences"));
    text->setHtml(
        QStringLiteral("<p>%1</p><p>%2</p><p>%3</p>%4")
            .arg(tr("The source of Training Lens is under the MIT licence. © 2026 The Training Lens "
                    "developers."),
                 tr("The window uses QCustomPlot, which is under the GPL-3.0; so this program as a whole "
                    "is distributed under the GPL-3.0. The engine does not use it and is not affected."),
                 tr("It is built from:"), partTable()));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(title);
    layout->addWidget(what);
    layout->addWidget(text, 1);
    layout->addWidget(buttons);
    buttons->setFocus();
}

} // namespace lens
