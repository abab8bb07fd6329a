// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The products of a step alone, back to back: the time that a step cannot go below on this machine.
#pragma once

#include "core/engine/command/bench_work.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace lens {

class ProductPass {
public:
    // Operands are made here. `type`: of the weights.
    ProductPass(std::vector<Product> products, at::ScalarType type, at::Device device);

    // Seconds of each product, all its counts together.
    std::vector<double> run() const;
    const std::vector<Product>& products() const { return m_products; }

private:
    struct Operands {
        at::Tensor a;              // (m, k)
        std::vector<at::Tensor> b; // (k, n): several, used in turn, as weights come from memory
        at::Tensor out;            // (m, n); of tiles (threads, m, n)
    };
    Operands operandsOf(const Product& product, at::ScalarType type, at::Device device) const;
    void runOne(const Product& product, const Operands& operands) const;

    std::vector<Product> m_products;
    std::vector<Operands> m_operands;
    at::Device m_device;
};

} // namespace lens
