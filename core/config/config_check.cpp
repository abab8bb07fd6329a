// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/config/config_check.h"

#include "core/config/config_field.h"

namespace lens {
namespace {

class Checker {
public:
    Checker(const RunConfig& config, const Translator& translator)
        : m_config(config)
        , m_translator(translator)
    {
    }

    std::vector<Problem> all()
    {
        for (const ConfigField& field : configFields())
            checkField(field);
        checkLength();
        checkEvaluation();
        checkMethod();
        checkAdapter();
        return std::move(m_problems);
    }

private:
    void add(const char* where, const char* what, const char* hint = "")
    {
        m_problems.push_back(
            {translated(m_translator, what), where, *hint ? translated(m_translator, hint) : std::string()});
    }

    void checkField(const ConfigField& field)
    {
        const Json value = fieldValue(field, m_config);
        if (field.required && value == "")
            add(field.path().c_str(), LENS_TR("is needed"));
        else if (const auto trouble = fieldTrouble(field, value, m_translator))
            m_problems.push_back({*trouble, field.path(), ""});
    }

    void checkLength()
    {
        const TrainingSettings& training = m_config.training;
        if (training.epochs == 0 && training.maxSteps == 0)
            add("training.num_train_epochs", LENS_TR("num_train_epochs and max_steps are both 0"),
                LENS_TR("set one of them: it says how long to train"));
        if (training.maxSteps > 0 && training.warmupSteps >= training.maxSteps)
            add("training.warmup_steps", LENS_TR("the warm-up is as long as the run or longer"),
                LENS_TR("choose less than max_steps"));
    }

    void checkEvaluation()
    {
        if (m_config.evaluation.earlyStoppingPatience == 0)
            return;
        if (m_config.data.evalFile.empty() && m_config.data.evalSplit == 0)
            add("evaluation.early_stopping_patience", LENS_TR("early stopping needs evaluation data"),
                LENS_TR("set data.eval_file or data.eval_split"));
        if (m_config.evaluation.evalSteps == 0)
            add("evaluation.early_stopping_patience", LENS_TR("early stopping needs evaluations on the way"),
                LENS_TR("set evaluation.eval_steps above 0"));
    }

    void checkMethod()
    {
        if (m_config.adapter.method == Method::Full && !m_config.adapter.startFrom.empty())
            add("adapter.start_from", LENS_TR("an adapter cannot be continued when all weights are trained"),
                LENS_TR("clear it or set adapter.method to lora"));
        if (m_config.model.quantisation == Quantisation::None)
            return;
        if (m_config.adapter.method == Method::Full)
            add("model.quantization", LENS_TR("quantised weights cannot be trained themselves"),
                LENS_TR("set it to none or adapter.method to lora"));
        else if (m_config.adapter.initLoraWeights.starts_with("pissa"))
            add("adapter.init_lora_weights",
                LENS_TR("PiSSA changes the weights it begins from, and quantised ones stay as they are"),
                LENS_TR("choose true or gaussian, or set model.quantization to none"));
    }

    // What PEFT would refuse, too.
    void checkAdapter()
    {
        const AdapterSettings& adapter = m_config.adapter;
        if (!adapter.layersToTransform.empty() && !adapter.targetRegex.empty())
            add("adapter.layers_to_transform",
                LENS_TR("layers cannot be chosen where target_modules is a regular expression"),
                LENS_TR("name the layers in the expression, or give a list of names"));
        if (!adapter.layersPattern.empty() && adapter.layersToTransform.empty())
            add("adapter.layers_pattern", LENS_TR("is of no use without layers_to_transform"));
        if (adapter.method == Method::Full && m_config.training.loraplusLrRatio != 1)
            add("training.loraplus_lr_ratio", LENS_TR("LoRA+ needs an adapter"),
                LENS_TR("set it to 1 or adapter.method to lora"));
    }

    const RunConfig& m_config;
    const Translator& m_translator;
    std::vector<Problem> m_problems;
};

} // namespace

std::vector<Problem> checkConfig(const RunConfig& config, const Translator& translator)
{
    return Checker(config, translator).all();
}

} // namespace lens
