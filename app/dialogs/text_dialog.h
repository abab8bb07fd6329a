// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A text to read, plain (fixed width) or rich.
#pragma once

#include <QDialog>

class QTextBrowser;

namespace lens {

class TextDialog : public QDialog {
    Q_OBJECT

public:
    explicit TextDialog(const QString& title, QWidget* parent = nullptr);

    void setText(const QString& text);
    void setRichText(const QString& html);

private:
    QTextBrowser* m_text;
};

} // namespace lens
