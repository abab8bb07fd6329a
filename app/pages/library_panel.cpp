// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/library_panel.h"

#include "widgets/controls/run_list_delegate.h"
#include "widgets/controls/section_label.h"
#include "widgets/models/run_filter_proxy.h"
#include "widgets/theme/format.h"
#include "widgets/theme/themed.h"

#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr int kMargin = 8;

} // namespace

LibraryPanel::LibraryPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_model(new RunListModel(this))
    , m_head(new SectionLabel({}, this))
{
    setObjectName(QStringLiteral("libraryPanel"));
    setRole(*this, "zone");
    setAttribute(Qt::WA_StyledBackground);
    createFilter();
    createList(theme);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 12, kMargin, kMargin);
    layout->setSpacing(8);
    layout->addWidget(m_head);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    setFocusProxy(m_list);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, signal, this, &LibraryPanel::updateHead);
    updateHead();
}

void LibraryPanel::createFilter()
{
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(QStringLiteral("libraryFilter"));
    m_filter->setAccessibleName(tr("Filter the library"));
    m_filter->setPlaceholderText(tr("Filter: name, model, state, tag…"));
    m_filter->setClearButtonEnabled(true);
}

void LibraryPanel::createList(const Theme& theme)
{
    m_proxy = new RunFilterProxy(this);
    m_proxy->setSourceModel(m_model);
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &RunFilterProxy::setFilter);
    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("runList"));
    m_list->setAccessibleName(tr("Runs"));
    setRole(*m_list, "bare");
    m_list->setModel(m_proxy);
    m_list->setItemDelegate(new RunListDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::customContextMenuRequested, this, &LibraryPanel::showMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &LibraryPanel::onCurrentChanged);
}

void LibraryPanel::updateHead()
{
    const int runs = m_model->rowCount();
    m_head->setHeading(runs == 1 ? tr("Library · 1 run") : tr("Library · %1 runs").arg(formatCount(runs)));
}

void LibraryPanel::setCurrent(const QString& runFolder)
{
    m_current = runFolder;
    const int row = m_model->rowOf(runFolder);
    const QModelIndex index = row < 0 ? QModelIndex() : m_proxy->mapFromSource(m_model->index(row, 0));
    if (!index.isValid())
        return m_list->clearSelection();
    if (m_list->currentIndex() == index && m_list->selectionModel()->isSelected(index))
        return;
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
}

void LibraryPanel::onCurrentChanged(const QModelIndex& index)
{
    const QString folder = index.data(RunListModel::FolderRole).toString();
    if (folder.isEmpty() || folder == m_current)
        return;
    m_current = folder;
    emit runChosen(folder);
}

void LibraryPanel::showMenu(const QPoint& place)
{
    if (m_menu && m_list->indexAt(place).isValid())
        m_menu->popup(m_list->viewport()->mapToGlobal(place));
}

} // namespace lens
