// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/configuration_page.h"

#include "core/config/config_field.h"
#include "widgets/controls/panel.h"
#include "widgets/models/config_diff_model.h"
#include "widgets/theme/themed.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace lens {
namespace {

QString valueText(const Json& value)
{
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    if (value.is_number_float())
        return QLocale::c().toString(value.get<double>(), 'g', 10);
    if (!value.is_array())
        return QString::fromStdString(value.dump());
    QStringList items;
    for (const Json& item : value)
        items << valueText(item);
    return items.join(QStringLiteral(", "));
}

// Rows that differ, unless all are wanted.
class DifferingRows : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setAll(bool all)
    {
        m_all = all;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        return m_all || sourceModel()->index(row, 0, parent).data(ConfigDiffModel::DiffersRole).toBool();
    }

private:
    bool m_all = false;
};

} // namespace

ConfigurationPage::ConfigurationPage(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("configurationPage"));
    createTable();
    createLayout();
}

void ConfigurationPage::createTable()
{
    m_model = new ConfigDiffModel(this);
    auto* rows = new DifferingRows(this);
    rows->setSourceModel(m_model);
    m_differing = rows;
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("configurationTable"));
    m_table->setAccessibleName(tr("Configuration against the defaults"));
    setRole(*m_table, "bare");
    m_table->setModel(m_differing);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_all = new QCheckBox(tr("Show all settings"), this);
    m_all->setObjectName(QStringLiteral("configurationAll"));
    connect(m_all, &QCheckBox::toggled, this, [rows](bool all) { rows->setAll(all); });
}

void ConfigurationPage::createLayout()
{
    m_trouble = new QLabel(this);
    m_trouble->setWordWrap(true);
    setRole(*m_trouble, "error");
    m_trouble->hide();
    auto* panel = new Panel(tr("Configuration"), this);
    panel->setNote(tr("what differs from the defaults"));
    panel->addToHead(m_all);
    panel->body()->addWidget(m_trouble);
    panel->body()->addWidget(m_table, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(panel);
}

void ConfigurationPage::showRun(const RunDescription& description)
{
    m_description = description;
    updateRows();
}

void ConfigurationPage::updateRows()
{
    std::vector<ConfigDiffRow> rows;
    const RunConfig defaults;
    for (const ConfigField& field : configFields()) {
        const Json value = fieldValue(field, m_description.config);
        const Json usual = fieldValue(field, defaults);
        rows.push_back(
            {QString::fromStdString(field.path()), valueText(value), valueText(usual), value != usual});
    }
    m_model->apply(std::move(rows));
    m_trouble->setText(m_description.trouble);
    m_trouble->setVisible(!m_description.trouble.isEmpty());
}

} // namespace lens
