// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/adapter_plan.h"

#include "core/base/error.h"
#include "core/engine/model/target_matcher.h"

#include <algorithm>
#include <set>

namespace lens {
namespace {

bool isWithin(const std::string& path, const std::string& module)
{
    return path == module ||
           (path.size() > module.size() && path.starts_with(module) && path[module.size()] == '.');
}

// "model.layers" of "model.layers.0.mlp.weight"
std::string parentOf(const std::string& path)
{
    const auto dot = path.rfind('.');
    return dot == std::string::npos ? std::string() : path.substr(0, dot);
}

bool isNumber(const std::string& text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

// All modules that hold something, from the outermost in.
std::set<std::string> modulePaths(const std::vector<WeightSlot>& slots)
{
    std::set<std::string> paths;
    for (const WeightSlot& slot : slots)
        for (std::string path = parentOf(slot.name); !path.empty(); path = parentOf(path))
            paths.insert(path);
    return paths;
}

std::string joined(const std::set<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

// Names that a user may give as targets.
std::string linearKinds(Decoder& decoder)
{
    std::set<std::string> kinds;
    for (const Linear* linear : decoder.linears())
        kinds.insert(lastPart(linear->path));
    return joined(kinds);
}

class Planner {
public:
    Planner(const LoraConfig& config, Decoder& decoder, std::string source)
        : m_config(config)
        , m_decoder(decoder)
        , m_source(std::move(source))
        , m_slots(slotsWithHead(decoder))
        , m_paths(modulePaths(m_slots))
    {
    }

    AdapterPlan plan()
    {
        chooseModules();
        refuseOthers();
        chooseSaved();
        chooseBiases();
        throwIfAny(std::move(m_problems));
        if (m_plan.modules.empty())
            throw Error("the targets name no linear module of this model", m_source,
                        "known: " + linearKinds(m_decoder));
        return std::move(m_plan);
    }

private:
    void problem(const std::string& what, const std::string& hint = {})
    {
        m_problems.push_back({what, m_source, hint});
    }

    void chooseModules()
    {
        const TargetMatcher targets(m_config);
        std::vector<std::pair<std::string, double>> ranks(m_config.rankPattern.begin(),
                                                          m_config.rankPattern.end());
        const PathPattern rankPattern(ranks, "rank_pattern");
        const PathPattern alphaPattern(m_config.alphaPattern, "alpha_pattern");
        for (Linear* linear : m_decoder.linears()) {
            if (!targets.matches(linear->path, linear == &m_decoder.head()))
                continue;
            const int rank =
                static_cast<int>(rankPattern.find(linear->path).value_or(static_cast<double>(m_config.r)));
            const double alpha = alphaPattern.find(linear->path).value_or(m_config.alpha);
            m_plan.inputMajor = linear->inputMajor;
            m_plan.modules.push_back({linear, rank, m_config.scaleOf(rank, alpha)});
        }
        std::sort(
            m_plan.modules.begin(), m_plan.modules.end(),
            [](const PlannedModule& a, const PlannedModule& b) { return a.linear->path < b.linear->path; });
    }

    // PEFT puts adapters on embeddings, too, and refuses norms and whole blocks.
    void refuseOthers()
    {
        if (m_config.allLinear)
            return;
        std::set<std::string> linears;
        for (const Linear* linear : m_decoder.linears())
            linears.insert(linear->path);
        const TargetMatcher targets(m_config);
        for (const std::string& path : m_paths)
            if (!linears.contains(path) && targets.matches(path, false))
                problem("target_modules names " + path + ", which is no linear module",
                        "adapters on embeddings are not supported; modules_to_save trains them in full");
    }

    bool isPlanned(const std::string& path) const
    {
        return std::any_of(m_plan.modules.begin(), m_plan.modules.end(),
                           [&](const PlannedModule& module) { return isWithin(module.linear->path, path); });
    }

    bool holdsQuantised(const std::string& path) const
    {
        const auto linears = m_decoder.linears();
        return std::any_of(linears.begin(), linears.end(), [&](const Linear* linear) {
            return linear->quantised && isWithin(linear->path, path);
        });
    }

    // Every module whose path ends in one of the names, even in the middle of a word: so PEFT has it.
    void chooseSaved()
    {
        for (const std::string& name : m_config.modulesToSave) {
            bool any = false;
            for (const std::string& path : m_paths) {
                if (!path.ends_with(name))
                    continue;
                any = true;
                addSaved(path);
            }
            if (!any)
                problem("modules_to_save names " + name + ", which this model does not have");
        }
    }

    void addSaved(const std::string& path)
    {
        if (m_saved.contains(path))
            return;
        const auto isList = [&](const std::string& other) {
            return parentOf(other) == path && isNumber(lastPart(other));
        };
        if (std::any_of(m_paths.begin(), m_paths.end(), isList))
            problem("modules_to_save names " + path + ", which is a list of modules");
        if (isPlanned(path))
            problem("modules_to_save names " + path + ", which gets an adapter",
                    "name it in exclude_modules, or by its whole name");
        for (const std::string& other : m_saved)
            if (isWithin(path, other) || isWithin(other, path))
                problem("modules_to_save names " + path + " and " + other + ", one of which is in the other");
        if (holdsQuantised(path))
            problem("modules_to_save names " + path + ", whose weights are quantised and cannot be trained");
        m_saved.insert(path);
        for (const WeightSlot& slot : m_slots)
            if (isWithin(parentOf(slot.name), path))
                m_plan.tensors.push_back({peftPath(slot.name), slot});
    }

    void chooseBiases()
    {
        if (m_config.bias == BiasTraining::None)
            return;
        for (const WeightSlot& slot : m_slots) {
            const std::string module = parentOf(slot.name);
            const auto saved = [&](const std::string& path) { return isWithin(module, path); };
            if (lastPart(slot.name) != "bias" || std::any_of(m_saved.begin(), m_saved.end(), saved))
                continue;
            const bool adapted = isPlanned(module);
            if (adapted)
                m_plan.tensors.push_back({peftPath(module) + ".base_layer.bias", slot});
            else if (m_config.bias == BiasTraining::All)
                m_plan.tensors.push_back({peftPath(slot.name), slot});
        }
    }

    const LoraConfig& m_config;
    Decoder& m_decoder;
    std::string m_source;
    std::vector<WeightSlot> m_slots;
    std::set<std::string> m_paths;
    std::set<std::string> m_saved;
    std::vector<Problem> m_problems;
    AdapterPlan m_plan;
};

} // namespace

std::string peftPath(const std::string& path)
{
    return "base_model.model." + path;
}

std::string lastPart(const std::string& path)
{
    return path.substr(path.rfind('.') + 1);
}

std::vector<WeightSlot> slotsWithHead(Decoder& decoder)
{
    std::vector<WeightSlot> slots = decoder.slots();
    Linear& head = decoder.head();
    const bool listed = std::any_of(slots.begin(), slots.end(),
                                    [&](const WeightSlot& slot) { return slot.tensor == &head.weight; });
    if (!listed && head.weight.defined())
        slots.push_back(
            {head.path + ".weight", head.weight.sizes().vec(), WeightSlot::Kind::Matrix, &head.weight});
    return slots;
}

AdapterPlan planAdapter(const LoraConfig& config, Decoder& decoder, const std::string& source)
{
    return Planner(config, decoder, source).plan();
}

std::vector<std::string> targetNames(const AdapterPlan& plan, const LoraConfig& config, Decoder& decoder)
{
    std::set<std::string> kinds;
    std::vector<std::string> paths;
    for (const PlannedModule& module : plan.modules) {
        kinds.insert(lastPart(module.linear->path));
        paths.push_back(module.linear->path);
    }
    LoraConfig named = config;
    named.allLinear = false;
    named.targetRegex.clear();
    named.targets.assign(kinds.begin(), kinds.end());
    const TargetMatcher matcher(named);
    std::size_t matched = 0;
    for (const Linear* linear : decoder.linears())
        matched += matcher.matches(linear->path, linear == &decoder.head()) ? 1 : 0;
    return matched == paths.size() ? named.targets : paths;
}

} // namespace lens
