// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/log_view.h"

#include "widgets/theme/interface_font.h"
#include "widgets/theme/themed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QTextDocument>
#include <QToolButton>
#include <QVBoxLayout>

namespace lens {

namespace {

// A program that floods without a line end must not grow the waiting rest without bound.
constexpr qsizetype kLongestLine = 1 << 20;

} // namespace

LogView::LogView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("logView"));
    createSearchBar();
    createText();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_text, 1);
}

void LogView::createSearchBar()
{
    m_bar = new QWidget(this);
    auto* layout = new QHBoxLayout(m_bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_search = new QLineEdit(m_bar);
    m_search->setObjectName(QStringLiteral("logSearch"));
    m_search->setAccessibleName(tr("Search the log"));
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setClearButtonEnabled(true);
    m_result = new QLabel(m_bar);
    setRole(*m_result, "small");
    m_follow = new QToolButton(m_bar);
    m_follow->setObjectName(QStringLiteral("logFollow"));
    m_follow->setText(tr("Follow"));
    m_follow->setToolTip(tr("Keep the newest line in view"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_result);
    layout->addWidget(m_follow);
    connect(m_search, &QLineEdit::returnPressed, this, &LogView::findNext);
    connect(m_follow, &QToolButton::clicked, this, &LogView::setFollowing);
    auto* next = new QShortcut(QKeySequence::FindNext, this);
    next->setContext(Qt::WidgetWithChildrenShortcut);
    connect(next, &QShortcut::activated, this, &LogView::findNext);
    auto* previous = new QShortcut(QKeySequence::FindPrevious, this);
    previous->setContext(Qt::WidgetWithChildrenShortcut);
    connect(previous, &QShortcut::activated, this, &LogView::findPrevious);
}

void LogView::createText()
{
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("logText"));
    m_text->setAccessibleName(tr("Log"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setMaximumBlockCount(kMaximumLines);
    m_text->setFont(monospaceFont(12));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(m_text->verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::noticeScrolling);
}

void LogView::appendText(const QString& text)
{
    const qsizetype end = text.lastIndexOf(u'\n');
    if (end < 0 && m_rest.size() + text.size() < kLongestLine) {
        m_rest += text;
        return;
    }
    QString lines = m_rest + (end < 0 ? text : text.left(end));
    m_rest = end < 0 ? QString() : text.mid(end + 1);
    lines.remove(u'\r');
    m_appending = true;
    m_text->appendPlainText(lines);
    m_appending = false;
    if (m_following) {
        scrollToEnd();
    }
}

void LogView::clear()
{
    m_text->clear();
    m_rest.clear();
    m_result->clear();
}

int LogView::lineCount() const
{
    return m_text->document()->isEmpty() ? 0 : m_text->blockCount();
}

void LogView::setFollowing(bool following)
{
    m_follow->setChecked(following);
    if (following) {
        scrollToEnd();
    }
    if (following != m_following) {
        m_following = following;
        emit followingChanged(following);
    }
}

void LogView::scrollToEnd()
{
    m_appending = true;
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
    m_appending = false;
}

// Scrolling up is the wish to read: stop following; scrolling back to the end takes it up again.
void LogView::noticeScrolling()
{
    if (!m_appending) {
        const QScrollBar* bar = m_text->verticalScrollBar();
        setFollowing(bar->value() >= bar->maximum());
    }
}

void LogView::startSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void LogView::findNext()
{
    find(false);
}

void LogView::findPrevious()
{
    find(true);
}

void LogView::find(bool backward)
{
    const QString wanted = m_search->text();
    if (wanted.isEmpty()) {
        m_result->clear();
        return;
    }
    const QTextDocument::FindFlags direction =
        backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (m_text->find(wanted, direction)) {
        m_result->clear();
        return;
    }
    const QTextCursor before = m_text->textCursor();
    m_text->moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
    if (m_text->find(wanted, direction)) {
        m_result->setText(backward ? tr("went on at the end") : tr("went on at the start"));
        return;
    }
    m_text->setTextCursor(before);
    m_result->setText(tr("not found"));
}

} // namespace lens
