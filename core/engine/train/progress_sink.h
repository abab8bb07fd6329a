// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a running command tells the person at the terminal. Implemented by core/engine/command
// (TerminalProgress) and by tests; called from the training thread only, and cheap: drawing is rate-limited
// inside. Nothing of it is needed to follow a run: that is what the run folder is for.
#pragma once

#include "core/protocol/event.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace lens {

struct StepProgress {
    std::uint64_t step = 0; // optimizer steps done
    std::uint64_t totalSteps = 0;
    double loss = std::numeric_limits<double>::quiet_NaN();
    double learningRate = std::numeric_limits<double>::quiet_NaN();
    double tokensPerSecond = std::numeric_limits<double>::quiet_NaN();
    double secondsLeft = std::numeric_limits<double>::quiet_NaN(); // NaN: not known yet
};

class ProgressSink {
public:
    virtual ~ProgressSink() = default;

    virtual void phase(Phase phase) = 0;
    // A long preparation: "reading the model", 0…1.
    virtual void preparing(std::string_view what, double fraction) = 0;
    virtual void step(const StepProgress& progress) = 0;
    // One whole line that stays: an evaluation, a checkpoint, a finding.
    virtual void note(std::string_view line) = 0;
    virtual void warning(std::string_view line) = 0;
    // A piece of generated text, printed as it is, at once.
    virtual void text(std::string_view piece) = 0;
};

} // namespace lens
