// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_work.h"

#include "core/engine/model/family.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace lens {
namespace {

constexpr std::array<std::string_view, 5> kPartNames{"frozen_forward", "frozen_backward", "adapter",
                                                     "attention", "head"};
constexpr std::int64_t kLogitsAtOnce = std::int64_t{1} << 23; // elements, as the head cuts its rows
constexpr std::int64_t kTileRows = 128;                       // of scores
constexpr std::int64_t kTileColumns = 512;

auto identity(const Product& p)
{
    return std::tie(p.part, p.m, p.k, p.n, p.aTransposed, p.bTransposed, p.float32, p.tile);
}

class ProductList {
public:
    void add(Product product)
    {
        if (product.m == 0 || product.k == 0 || product.n == 0 || product.count == 0)
            return;
        const auto same = std::find_if(m_products.begin(), m_products.end(), [&](const Product& other) {
            return identity(other) == identity(product);
        });
        if (same == m_products.end())
            m_products.push_back(product);
        else
            same->count += product.count;
    }
    std::vector<Product> taken() { return std::move(m_products); }

private:
    std::vector<Product> m_products;
};

// Whether a module reads what the layer was given, so that in the first layer nobody asks for dx.
bool readsLayerInput(const Family& family, const std::string& path)
{
    const ModuleNames& names = family.names;
    const auto is = [&](std::string_view name) { return !name.empty() && path.ends_with(name); };
    return is(names.query) || is(names.key) || is(names.value) || is(names.fused);
}

void addModule(ProductList& list, const AdaptedModule& module, std::int64_t t, bool inputGradient)
{
    const std::int64_t in = module.inFeatures;
    const std::int64_t out = module.outFeatures;
    const std::int64_t r = module.rank;
    const auto adapter = [&](std::int64_t m, std::int64_t k, std::int64_t n, bool aTransposed,
                             bool bTransposed) {
        list.add({.part = WorkPart::Adapter,
                  .m = m,
                  .k = k,
                  .n = n,
                  .aTransposed = aTransposed,
                  .bTransposed = bTransposed,
                  .float32 = true});
    };
    list.add({.part = WorkPart::FrozenForward, .m = t, .k = in, .n = out, .bTransposed = true});
    if (inputGradient)
        list.add({.part = WorkPart::FrozenBackward, .m = t, .k = out, .n = in});
    adapter(t, in, r, false, true);   // U = x Aᵀ
    adapter(t, r, out, false, true);  // U Bᵀ
    adapter(t, out, r, false, false); // v = g B
    adapter(r, t, in, true, false);   // dA = vᵀ x
    adapter(out, t, r, true, false);  // dB = gᵀ U
    if (inputGradient)
        adapter(t, r, in, false, false); // v A
}

// A length in pieces of about a size, none of which is a small rest: their lengths and how often each comes.
std::vector<std::pair<std::int64_t, std::int64_t>> pieces(std::int64_t length, std::int64_t size)
{
    const std::int64_t count = std::max<std::int64_t>(1, (length + size / 2) / size);
    return {{length / count, count - length % count}, {length / count + 1, length % count}};
}

// The pairs (i, j) of a document that see each other, window ≥ j's distance, as a rectangle of as many:
// w (2n − w + 1) / 2 with w = n where there is no window.
void addAttention(ProductList& list, std::int64_t length, std::int64_t window, std::int64_t headDim,
                  std::int64_t count)
{
    const std::int64_t w = std::min(window, length);
    const std::int64_t rows = w % 2 == 0 ? 2 * length - w + 1 : (2 * length - w + 1) / 2;
    const std::int64_t columns = w % 2 == 0 ? w / 2 : w;
    for (const auto& [m, tilesDown] : pieces(rows, kTileRows)) {
        for (const auto& [n, tilesAcross] : pieces(columns, kTileColumns)) {
            const auto add = [&, m = m, n = n](std::int64_t a, std::int64_t b, std::int64_t c,
                                               bool aTransposed, bool bTransposed, std::int64_t times) {
                list.add({.part = WorkPart::Attention,
                          .m = a,
                          .k = b,
                          .n = c,
                          .aTransposed = aTransposed,
                          .bTransposed = bTransposed,
                          .tile = true,
                          .count = times * count * tilesDown * tilesAcross});
            };
            add(m, headDim, n, false, true, 3);  // q kᵀ forward and again backward; dP = dO Vᵀ
            add(m, n, headDim, false, false, 2); // P V; dQ = dS K
            add(n, m, headDim, true, false, 2);  // dV = Pᵀ dO; dK = dSᵀ Q
        }
    }
}

void addHead(ProductList& list, const ModelConfig& config, std::int64_t targets)
{
    const std::int64_t atOnce = std::max<std::int64_t>(16, kLogitsAtOnce / config.vocabularySize);
    for (const auto& [m, count] : pieces(targets, atOnce)) {
        list.add({.part = WorkPart::Head,
                  .m = m,
                  .k = config.hiddenSize,
                  .n = config.vocabularySize,
                  .bTransposed = true,
                  .count = count});
        list.add({.part = WorkPart::Head,
                  .m = m,
                  .k = config.vocabularySize,
                  .n = config.hiddenSize,
                  .count = count});
    }
}

} // namespace

std::string_view workPartName(WorkPart part)
{
    return kPartNames[static_cast<std::size_t>(part)];
}

std::uint64_t BenchMicroBatch::tokens() const
{
    return static_cast<std::uint64_t>(std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0}));
}

double Product::flops() const
{
    return 2.0 * static_cast<double>(m) * static_cast<double>(k) * static_cast<double>(n) *
           static_cast<double>(count);
}

std::vector<Product> productsOf(const ModelConfig& config, const std::vector<AdaptedModule>& modules,
                                const std::vector<BenchMicroBatch>& batches)
{
    const Family& family = familyNamed(config.family);
    ProductList list;
    for (const BenchMicroBatch& batch : batches) {
        const auto tokens = static_cast<std::int64_t>(batch.tokens());
        for (const AdaptedModule& module : modules) {
            const bool first = readsLayerInput(family, module.path);
            const bool behindLast = !first && module.layer + 1 == config.layers;
            addModule(list, module, behindLast ? batch.targets : tokens, !(first && module.layer == 0));
        }
        for (std::size_t layer = 0; layer < static_cast<std::size_t>(config.layers); ++layer) {
            const bool windowed = config.slidingWindow && config.windowedLayers[layer];
            for (const std::int64_t length : batch.lengths)
                addAttention(list, length, windowed ? *config.slidingWindow : length, config.headDim,
                             config.heads);
        }
        addHead(list, config, batch.targets);
    }
    return list.taken();
}

Json flopsJson(const std::vector<Product>& products)
{
    std::array<double, kPartNames.size()> sums{};
    for (const Product& product : products)
        sums[static_cast<std::size_t>(product.part)] += product.flops();
    Json json;
    for (std::size_t i = 0; i < sums.size(); ++i)
        json[std::string(kPartNames[i])] = sums[i];
    json["total"] = std::accumulate(sums.begin(), sums.end(), 0.0);
    return json;
}

} // namespace lens
