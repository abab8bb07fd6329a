// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/split.h"

#include <algorithm>
#include <utility>

namespace lens {
namespace {

struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool match = false;
};

constexpr std::pair<const char*, SplitBehavior> kNames[] = {
    {"Removed", SplitBehavior::Removed},
    {"Isolated", SplitBehavior::Isolated},
    {"MergedWithPrevious", SplitBehavior::MergedWithPrevious},
    {"MergedWithNext", SplitBehavior::MergedWithNext},
    {"Contiguous", SplitBehavior::Contiguous},
};

std::vector<Part> partsOf(const Split& split, const Piece& piece, MatchScratch& scratch)
{
    std::vector<Part> parts;
    std::size_t end = 0;
    split.pattern.forEachMatch(piece.text, scratch, [&](const Regex::Match& match) {
        if (match.begin > end)
            parts.push_back({end, match.begin, split.invert});
        parts.push_back({match.begin, match.end, !split.invert});
        end = match.end;
    });
    if (end < piece.text.size())
        parts.push_back({end, piece.text.size(), split.invert});
    return parts;
}

// A match joins the part before it, unless that was a match too.
std::vector<Part> mergedWithPrevious(const std::vector<Part>& parts)
{
    std::vector<Part> merged;
    bool previousMatch = false;
    for (const Part& part : parts) {
        if (part.match && !previousMatch && !merged.empty())
            merged.back().end = part.end;
        else
            merged.push_back(part);
        previousMatch = part.match;
    }
    return merged;
}

std::vector<Part> mergedWithNext(const std::vector<Part>& parts)
{
    std::vector<Part> merged;
    bool nextMatch = false;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        if (part->match && !nextMatch && !merged.empty())
            merged.back().begin = part->begin;
        else
            merged.push_back(*part);
        nextMatch = part->match;
    }
    std::reverse(merged.begin(), merged.end());
    return merged;
}

std::vector<Part> contiguous(const std::vector<Part>& parts)
{
    std::vector<Part> merged;
    for (const Part& part : parts) {
        if (!merged.empty() && part.match == merged.back().match)
            merged.back().end = part.end;
        else
            merged.push_back(part);
    }
    return merged;
}

std::vector<Part> arranged(std::vector<Part> parts, SplitBehavior behavior)
{
    switch (behavior) {
    case SplitBehavior::Removed:
        std::erase_if(parts, [](const Part& part) { return part.match; });
        return parts;
    case SplitBehavior::MergedWithPrevious:
        return mergedWithPrevious(parts);
    case SplitBehavior::MergedWithNext:
        return mergedWithNext(parts);
    case SplitBehavior::Contiguous:
        return contiguous(parts);
    case SplitBehavior::Isolated:
        break;
    }
    return parts;
}

} // namespace

SplitBehavior splitBehaviorOf(const JsonPart& part, SplitBehavior otherwise)
{
    if (!part.has("behavior"))
        return otherwise;
    const std::string name = part.text("behavior");
    for (const auto& [known, behavior] : kNames) {
        if (name == known)
            return behavior;
    }
    refuseUnknown("the split behavior", name, part.path("behavior"),
                  {"Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"});
}

void Split::apply(const Piece& piece, EncodeScratch& scratch, std::vector<Piece>& out) const
{
    const auto put = [&](std::size_t begin, std::size_t end) {
        if (end > begin)
            out.push_back(piece.part(begin, end));
    };
    if (behavior == SplitBehavior::Isolated) { // the usual case, without a list of parts
        std::size_t end = 0;
        pattern.forEachMatch(piece.text, scratch.match, [&](const Regex::Match& match) {
            put(end, match.begin);
            put(match.begin, match.end);
            end = match.end;
        });
        put(end, piece.text.size());
        return;
    }
    for (const Part& part : arranged(partsOf(*this, piece, scratch.match), behavior))
        put(part.begin, part.end);
}

} // namespace lens
