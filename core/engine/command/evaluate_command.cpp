// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/evaluate_command.h"

#include "core/engine/model/model.h"
#include "core/engine/train/run_parts.h"
#include "core/protocol/exit_code.h"
#include "core/safetensors/safetensors.h"

#include <ATen/Functions.h>

#include <cmath>
#include <unistd.h>

namespace lens {
namespace {

// Positions whose loss is computed at once: what it takes beside the logits is this many rows of them.
constexpr std::int64_t kPositionsAtOnce = 64;

at::Tensor int64Tensor(const std::vector<std::int64_t>& values, std::int64_t first, std::int64_t count)
{
    auto* begin = const_cast<std::int64_t*>(values.data()) + first;
    return at::from_blob(begin, {1, count}, at::kLong).clone();
}

std::span<const std::byte> bytesOf(const at::Tensor& contiguous)
{
    return {static_cast<const std::byte*>(contiguous.data_ptr()), contiguous.nbytes()};
}

template <typename Value>
std::span<const std::byte> bytesOf(const std::vector<Value>& values)
{
    return std::as_bytes(std::span(values));
}

class Evaluation {
public:
    Evaluation(const EvaluateCommand& command, ProgressSink& progress)
        : m_command(command)
        , m_progress(progress)
        , m_batch(checkedBatch(command))
        , m_model(loadModel())
        , m_time(static_cast<std::int64_t>(m_batch.time))
    {
        if (!command.adapter.empty())
            m_model.attachAdapter(command.adapter, 0);
        m_model.setTraining(false);
        if (m_batch.hasLabels())
            m_losses.resize(m_batch.rows * (m_batch.time - 1), 0.0F);
    }

    void run()
    {
        SafetensorsStream out(m_command.out, forms(), {{"format", "pt"}});
        for (std::size_t row = 0; row < m_batch.rows; ++row) {
            const at::Tensor logits = logitsOf(static_cast<std::int64_t>(row));
            out.write(bytesOf(logits));
            if (m_batch.hasLabels())
                addLosses(logits, static_cast<std::int64_t>(row));
            tell("computing", static_cast<double>(row + 1) / static_cast<double>(m_batch.rows));
        }
        if (m_batch.hasLabels()) {
            const std::vector<float> loss{meanLoss()};
            out.write(bytesOf(loss));
            out.write(bytesOf(m_losses));
        }
        out.commit();
        m_progress.note(summary());
    }

private:
    Model loadModel()
    {
        at::Device device(at::kCPU);
        try {
            device = chooseDevice(m_command.device);
        } catch (const Error& error) {
            throw Error(error.first().what, "--device", error.first().hint);
        }
        return Model::load(m_command.model, m_command.dtype, device,
                           [this](double fraction) { tell("reading the model", fraction); });
    }

    // A line that is redrawn; of no use where the output is a file.
    void tell(const char* what, double fraction)
    {
        if (::isatty(STDOUT_FILENO))
            m_progress.preparing(what, fraction);
    }

    std::vector<TensorForm> forms() const
    {
        const auto rows = static_cast<std::int64_t>(m_batch.rows);
        std::vector<TensorForm> forms{{"logits", DType::F32, {rows, m_time, m_model.vocabularySize()}}};
        if (m_batch.hasLabels()) {
            forms.push_back({"loss", DType::F32, {}});
            forms.push_back({"token_nll", DType::F32, {rows, m_time - 1}});
        }
        return forms;
    }

    // (time, vocabulary) on the CPU. The row keeps its padding: with some rope scalings the length of the
    // batch decides about the angles, and the reference looks at the padded one.
    at::Tensor logitsOf(std::int64_t row)
    {
        const std::int64_t length = m_batch.lengths[static_cast<std::size_t>(row)];
        Batch batch;
        batch.ids = int64Tensor(m_batch.ids, row * m_time, m_time);
        batch.lengths = {length};
        batch.tokens = length;
        at::Tensor logits = m_model.logits(batch)[0].to(at::kCPU).contiguous();
        logits.narrow(0, length, m_time - length).zero_();
        return logits;
    }

    void addLosses(const at::Tensor& logits, std::int64_t row)
    {
        const at::Tensor targets = int64Tensor(m_batch.labels, row * m_time, m_time)[0];
        float* losses = m_losses.data() + row * (m_time - 1);
        for (std::int64_t first = 0; first + 1 < m_time; first += kPositionsAtOnce) {
            const std::int64_t count = std::min(kPositionsAtOnce, m_time - 1 - first);
            // Ignored targets (−100) are 0 in it.
            const at::Tensor part =
                at::nll_loss(at::log_softmax(logits.narrow(0, first, count), 1),
                             targets.narrow(0, first + 1, count), {}, at::Reduction::None, -100)
                    .contiguous();
            std::copy_n(part.data_ptr<float>(), count, losses + first);
        }
    }

    float meanLoss() const
    {
        double sum = 0;
        for (const float loss : m_losses)
            sum += static_cast<double>(loss);
        return static_cast<float>(sum / static_cast<double>(m_batch.targets()));
    }

    std::string summary() const
    {
        std::string text = "wrote " + m_command.out.string() + ": logits of " + std::to_string(m_batch.rows) +
                           " rows of " + std::to_string(m_batch.time) + " tokens";
        if (!m_batch.hasLabels())
            return text;
        char loss[48];
        std::snprintf(loss, sizeof loss, "%.7g", static_cast<double>(meanLoss()));
        return text + ", loss " + loss + " over " + std::to_string(m_batch.targets()) + " targets";
    }

    const EvaluateCommand& m_command;
    ProgressSink& m_progress;
    EvaluationBatch m_batch;
    Model m_model;
    std::int64_t m_time;
    std::vector<float> m_losses; // rows · (time − 1)
};

} // namespace

int runEvaluate(const EvaluateCommand& command, ProgressSink& progress)
{
    chooseThreads(command.threads);
    Evaluation(command, progress).run();
    return static_cast<int>(ExitCode::Ok);
}

} // namespace lens
