// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A log that grows: follows its end while the end is in view, can be searched, keeps a bounded number of
// lines.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace lens {

class LogView : public QWidget {
    Q_OBJECT
public:
    static constexpr int kMaximumLines = 100000;

    explicit LogView(QWidget* parent = nullptr);

    // Whole lines, or pieces of lines as they were read; the last unfinished line waits for its rest.
    void appendText(const QString& text);
    void clear();
    int lineCount() const;
    bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    QPlainTextEdit* textView() const { return m_text; }

public slots:
    void startSearch();
    void findNext();
    void findPrevious();

signals:
    void followingChanged(bool following);

private:
    void createSearchBar();
    void createText();
    void find(bool backward);
    void noticeScrolling();
    void scrollToEnd();

    QWidget* m_bar = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_result = nullptr;
    QToolButton* m_follow = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QString m_rest;
    bool m_following = true;
    bool m_appending = false;
};

} // namespace lens
