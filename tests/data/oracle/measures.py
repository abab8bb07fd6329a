# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Deviations and greedy generation."""

import torch

from decoders import forward


def relative(a, b):
    """max |a − b| / max |b| in float64; infinite where shapes differ or a is not finite."""
    a, b = torch.as_tensor(a).detach().double(), torch.as_tensor(b).detach().double()
    if a.shape != b.shape or not bool(torch.isfinite(a).all()):
        return float("inf")
    return float((a - b).abs().max() / b.abs().max())


def greedy(weights, prompt, count, cached=False):
    """(prompt and `count` greedy tokens, logit margin of each choice). Without a cache every step computes the whole
    sequence anew; with one, earlier keys keep the rotation of their own step, as in transformers."""
    ids, gaps, cache = prompt[None], [], {} if cached else None
    with torch.no_grad():
        for _ in range(count):
            newest = ids[:, -1:] if cache else ids
            logits, _ = forward(weights, newest, torch.ones_like(ids), cache)
            best = logits[0, -1].topk(2)
            gaps.append(best.values[0] - best.values[1])
            ids = torch.cat((ids, best.indices[:1][None]), 1)
    return ids[0], torch.stack(gaps)
