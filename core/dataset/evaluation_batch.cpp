// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/evaluation_batch.h"

#include "core/dataset/integer_tensor.h"
#include "core/dataset/row_problems.h"

#include <optional>

namespace lens {
namespace {

constexpr std::int64_t kNoTarget = -100;

class BatchReader {
public:
    BatchReader(const std::filesystem::path& path, std::int64_t vocabularySize)
        : m_where(path.string())
        , m_file(path)
        , m_vocabularySize(vocabularySize)
    {
    }

    EvaluationBatch read()
    {
        const auto ids = tensor("input_ids", true);
        const auto mask = tensor("attention_mask", false);
        const auto labels = tensor("labels", false);
        if (ids && ids->shape().size() != 2)
            m_problems.add("has " + std::to_string(ids->shape().size()) + " dimensions, not [rows, time]",
                           m_where + ": input_ids");
        else if (ids && (ids->shape()[0] == 0 || ids->shape()[1] == 0))
            m_problems.add("is empty", m_where + ": input_ids");
        if (ids) {
            requireShape(mask, *ids, "attention_mask");
            requireShape(labels, *ids, "labels");
        }
        m_problems.throwIfAny(m_where);
        EvaluationBatch batch;
        batch.rows = static_cast<std::size_t>(ids->shape()[0]);
        batch.time = static_cast<std::size_t>(ids->shape()[1]);
        for (std::size_t row = 0; row < batch.rows; ++row)
            readRow(batch, row, *ids, mask, labels);
        m_problems.throwIfAny(m_where);
        return batch;
    }

private:
    std::optional<IntegerTensor> tensor(const char* name, bool needed)
    {
        if (!needed && !m_file.tensors().contains(name))
            return std::nullopt;
        try {
            return IntegerTensor(m_file, name, m_where);
        } catch (const Error& error) {
            m_problems.add(error.first().what, error.first().where);
            return std::nullopt;
        }
    }

    void requireShape(const std::optional<IntegerTensor>& tensor, const IntegerTensor& ids, const char* name)
    {
        if (tensor && tensor->shape() != ids.shape())
            m_problems.add("has another shape than input_ids", m_where + ": " + name);
    }

    void readRow(EvaluationBatch& batch, std::size_t row, const IntegerTensor& ids,
                 const std::optional<IntegerTensor>& mask, const std::optional<IntegerTensor>& labels)
    {
        const std::string where = m_where + ":" + std::to_string(row + 1) + ": ";
        const std::size_t first = row * batch.time;
        const std::size_t length = mask ? lengthOf(*mask, first, batch.time, where) : batch.time;
        batch.lengths.push_back(static_cast<std::int64_t>(length));
        for (std::size_t i = 0; i < batch.time; ++i) {
            batch.ids.push_back(i < length ? ids.at(first + i) : 0);
            checkInVocabulary(batch.ids.back(), i, where + "input_ids");
            if (!labels)
                continue;
            const std::int64_t label = labels->at(first + i);
            if (label != kNoTarget)
                checkInVocabulary(label, i, where + "labels");
            if (label != kNoTarget && i >= length)
                m_problems.add("position " + std::to_string(i) + " is padding and has a label",
                               where + "labels", "the label of padding is -100");
            batch.labels.push_back(label);
        }
    }

    void checkInVocabulary(std::int64_t id, std::size_t position, const std::string& where)
    {
        if (id < 0 || id >= m_vocabularySize)
            m_problems.add("the id " + std::to_string(id) + " at position " + std::to_string(position) +
                               " is outside of the model's vocabulary of " + std::to_string(m_vocabularySize),
                           where);
    }

    std::size_t lengthOf(const IntegerTensor& mask, std::size_t first, std::size_t time,
                         const std::string& where)
    {
        std::size_t length = 0;
        std::size_t attended = 0;
        for (std::size_t i = 0; i < time; ++i) {
            const std::int64_t value = mask.at(first + i);
            if (value != 0 && value != 1) {
                m_problems.add("found " + std::to_string(value) + " at position " + std::to_string(i) +
                                   ", allowed 0 and 1",
                               where + "attention_mask");
                return time;
            }
            length = value == 1 ? i + 1 : length;
            attended += value == 1;
        }
        if (length == 0)
            m_problems.add("the row has no token", where + "attention_mask");
        else if (attended != length)
            m_problems.add("has a 0 before a 1", where + "attention_mask",
                           "padding belongs to the right of a row");
        return length;
    }

    std::string m_where;
    SafetensorsFile m_file;
    std::int64_t m_vocabularySize;
    RowProblems m_problems;
};

} // namespace

std::uint64_t EvaluationBatch::targets() const
{
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < labels.size(); ++i)
        count += labels[i] != kNoTarget && i % time != 0;
    return count;
}

EvaluationBatch readEvaluationBatch(const std::filesystem::path& file, std::int64_t vocabularySize)
{
    return BatchReader(file, vocabularySize).read();
}

} // namespace lens
