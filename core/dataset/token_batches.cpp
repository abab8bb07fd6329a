// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/token_batches.h"

#include "core/dataset/integer_tensor.h"
#include "core/safetensors/safetensors.h"
#include "core/tokenizer/token_table.h"

#include <algorithm>
#include <optional>

namespace lens {
namespace {

constexpr std::int64_t kNoTarget = -100;

class Reader {
public:
    explicit Reader(const std::string& file)
        : m_where(file)
        , m_file(file)
        , m_ids(m_file, "input_ids", file)
        , m_mask(optional("attention_mask"))
        , m_labels(optional("labels"))
    {
    }

    TokenBatches read()
    {
        const auto& shape = m_ids.shape();
        if (shape.size() != 2 && shape.size() != 3)
            throw Error("has " + std::to_string(shape.size()) +
                            " dimensions, not [batches, rows, time] or [rows, time]",
                        m_where + ": input_ids");
        // A file of a hundred bytes can name 2^60 rows of no token.
        if (std::find(shape.begin(), shape.end(), 0) != shape.end())
            throw Error("is empty", m_where + ": input_ids");
        TokenBatches batches;
        const auto perBatch = static_cast<std::size_t>(shape[shape.size() - 2]);
        batches.rowsPerBatch = shape.size() == 3 ? perBatch : 0;
        const std::size_t rows = shape.size() == 3 ? perBatch * static_cast<std::size_t>(shape[0]) : perBatch;
        for (std::size_t row = 0; row < rows; ++row)
            batches.rows.push_back(readRow(row, static_cast<std::size_t>(shape.back())));
        m_problems.throwIfAny(m_where);
        return batches;
    }

private:
    std::optional<IntegerTensor> optional(const char* name)
    {
        if (!m_file.tensors().contains(name))
            return std::nullopt;
        IntegerTensor tensor(m_file, name, m_where);
        if (tensor.shape() != m_ids.shape())
            throw Error("has another shape than input_ids", m_where + ": " + name);
        return tensor;
    }

    std::size_t lengthOf(std::size_t row, std::size_t time, const std::string& where)
    {
        std::size_t length = 0;
        std::size_t attended = 0;
        for (std::size_t i = 0; i < time; ++i) {
            if (!m_mask || m_mask->at(row * time + i) != 0) {
                length = i + 1;
                ++attended;
            }
        }
        if (attended != length)
            m_problems.add("has a 0 before a 1; padding is known on the right only",
                           where + ": attention_mask");
        return length;
    }

    TokenRow readRow(std::size_t row, std::size_t time)
    {
        const std::string where = m_where + ":" + std::to_string(row + 1);
        TokenRow result;
        result.sourceLine = row + 1;
        const std::size_t length = lengthOf(row, time, where);
        for (std::size_t i = 0; i < length; ++i) {
            const std::int64_t id = m_ids.at(row * time + i);
            const std::int64_t label = m_labels ? m_labels->at(row * time + i) : id;
            if (id < 0 || id > kMaxTokenId)
                m_problems.add("the id " + std::to_string(id) + " at position " + std::to_string(i) +
                                   " cannot be a token",
                               where + ": input_ids");
            if (label != kNoTarget && label != id)
                m_problems.add("the label " + std::to_string(label) + " at position " + std::to_string(i) +
                                   " is neither −100 nor the token there (" + std::to_string(id) + ")",
                               where + ": labels");
            result.ids.push_back(static_cast<TokenId>(id));
            result.trained.push_back(i > 0 && label != kNoTarget);
        }
        if (length == 0)
            m_problems.add("the row has no token", where + ": attention_mask");
        return result;
    }

    std::string m_where;
    SafetensorsFile m_file;
    IntegerTensor m_ids;
    std::optional<IntegerTensor> m_mask;
    std::optional<IntegerTensor> m_labels;
    RowProblems m_problems;
};

} // namespace

TokenBatches readTokenBatches(const std::string& file)
{
    return Reader(file).read();
}

} // namespace lens
