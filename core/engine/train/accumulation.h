// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One accumulation window: forward and backward of its micro-batches. The gradient in the parameter buffer
// is that of Σ −ln p / N with N the trained tokens of the whole window (transformers' num_items_in_batch), so
// it does not depend on how the window is cut.
#pragma once

#include "core/engine/train/batch_source.h"

#include <functional>
#include <vector>

namespace lens {

struct WindowPass {
    bool recompute = false; // layers are computed again in the backward pass
    // Asked by the model between layers; what it waits counts nowhere; false ends the window. May be empty.
    std::function<bool()> goOn;
};

struct WindowResult {
    bool whole = true; // false: goOn ended it; nothing else here counts, nor does the gradient
    double loss = 0;   // Σ / N over the window; NaN if no token of it is trained
    double dataSeconds = 0;
    // With a GPU: the seconds in which it was given its tasks; waiting for it at the end is the last's.
    double forwardSeconds = 0;
    double backwardSeconds = 0;
};

// Zeroes the gradient, then adds up. The loss may be non-finite; backward then still runs.
WindowResult accumulate(Model& model, const std::vector<TokenRow>& rows, const Window& window,
                        const WindowPass& pass = {});

} // namespace lens
