// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the table models of the window share: rows are plain values, arrive in batches, and are inserted,
// changed and removed with the announcements that views need. Never a reset while live, so that a selection
// and a scroll position stay.
#pragma once

#include <QAbstractTableModel>

#include <algorithm>
#include <utility>
#include <vector>

namespace lens {

// The raw value behind a cell, for sorting and filtering.
inline constexpr int kSortRole = Qt::UserRole + 1;
// The whole row as a QVariant of its struct, for delegates.
inline constexpr int kRowRole = Qt::UserRole + 2;

template <class Row>
class RowTableModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    const std::vector<Row>& rows() const { return m_rows; }
    const Row& row(int index) const { return m_rows.at(static_cast<std::size_t>(index)); }

    void clear()
    {
        if (!m_rows.empty()) {
            removeAt(0, rowCount());
        }
    }

protected:
    // The first row for which `matches` holds, or -1.
    template <class Matches>
    int find(Matches matches) const
    {
        const auto found = std::find_if(m_rows.begin(), m_rows.end(), matches);
        return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
    }
    void insertAt(int position, std::vector<Row> rows)
    {
        if (rows.empty()) {
            return;
        }
        beginInsertRows({}, position, position + static_cast<int>(rows.size()) - 1);
        m_rows.insert(m_rows.begin() + position, std::make_move_iterator(rows.begin()),
                      std::make_move_iterator(rows.end()));
        endInsertRows();
    }
    void replaceAt(int position, Row row)
    {
        if (m_rows[static_cast<std::size_t>(position)] == row) {
            return;
        }
        m_rows[static_cast<std::size_t>(position)] = std::move(row);
        emit dataChanged(index(position, 0), index(position, columnCount() - 1));
    }
    void removeAt(int position, int count)
    {
        beginRemoveRows({}, position, position + count - 1);
        m_rows.erase(m_rows.begin() + position, m_rows.begin() + position + count);
        endRemoveRows();
    }

private:
    std::vector<Row> m_rows;
};

} // namespace lens
