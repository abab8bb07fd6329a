// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/dialogs/text_dialog.h"

#include "widgets/theme/interface_font.h"

#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr QSize kSize(620, 420);
constexpr int kMonoPixels = 12;

} // namespace

TextDialog::TextDialog(const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_text(new QTextBrowser(this))
{
    setObjectName(QStringLiteral("textDialog"));
    setWindowTitle(title);
    resize(kSize);
    m_text->setAccessibleName(title);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->addWidget(m_text, 1);
    layout->addWidget(buttons);
}

void TextDialog::setText(const QString& text)
{
    m_text->setFont(monospaceFont(kMonoPixels));
    m_text->setPlainText(text);
}

void TextDialog::setRichText(const QString& html)
{
    m_text->setHtml(html);
}

} // namespace lens
