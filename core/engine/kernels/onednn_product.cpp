// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/onednn_product.h"

#ifdef LENS_HAVE_ONEDNN

#include <oneapi/dnnl/dnnl.hpp>
#ifdef _OPENMP
#include <omp.h>
#endif

#include <array>
#include <functional>
#include <new>
#include <unordered_map>

namespace lens {
namespace {

constexpr std::size_t kMostKept = 4096; // primitives a thread remembers
constexpr std::size_t kScratchAlignment = 64;

dnnl::memory::data_type typeOf(at::ScalarType type)
{
    return type == at::kBFloat16 ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32;
}

const dnnl::engine& cpu()
{
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

const dnnl::stream& streamOfThread()
{
    thread_local const dnnl::stream stream(cpu());
    return stream;
}

// Scratch memory of the calling thread; grows, never shrinks.
class Scratch {
public:
    Scratch() = default;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { release(); }

    void* atLeast(std::size_t bytes)
    {
        if (bytes > m_bytes) {
            release();
            m_data = ::operator new(bytes, std::align_val_t(kScratchAlignment));
            m_bytes = bytes;
        }
        return m_data;
    }

private:
    void release()
    {
        if (m_data)
            ::operator delete(m_data, std::align_val_t(kScratchAlignment));
        m_data = nullptr;
    }
    void* m_data = nullptr;
    std::size_t m_bytes = 0;
};

// A primitive shares its work between as many threads as OpenMP has when it is made.
class ThreadCount {
public:
#ifdef _OPENMP
    explicit ThreadCount(int threads) : m_before(omp_get_max_threads())
    {
        omp_set_num_threads(threads);
    }
    ~ThreadCount()
    {
        omp_set_num_threads(m_before);
    }
#else
    explicit ThreadCount(int) {}
    ~ThreadCount() = default;
#endif
    ThreadCount(const ThreadCount&) = delete;
    ThreadCount& operator=(const ThreadCount&) = delete;

private:
#ifdef _OPENMP
    int m_before;
#endif
};

using Key = std::array<std::int64_t, 12>;

struct KeyHash {
    std::size_t operator()(const Key& key) const
    {
        std::uint64_t hash = 14695981039346656037ull;
        for (const std::int64_t value : key)
            hash = (hash ^ static_cast<std::uint64_t>(value)) * 1099511628211ull;
        return static_cast<std::size_t>(hash ^ (hash >> 32));
    }
};

Key keyOf(const TileShape& shape, int threads)
{
    const auto types = static_cast<std::int64_t>(shape.type) * 256 + static_cast<std::int64_t>(shape.result);
    return {types,      shape.m,       shape.k,      shape.n,          shape.aRow, shape.aColumn,
            shape.bRow, shape.bColumn, shape.outRow, shape.accumulate, threads,    0};
}

} // namespace

struct OneDnnProduct::Primitive {
    dnnl::memory::desc a, b, out, scratch;
    dnnl::matmul product;
};

OneDnnProduct OneDnnProduct::of(const TileShape& shape, int threads)
{
    thread_local std::unordered_map<Key, OneDnnProduct, KeyHash> kept;
    const Key key = keyOf(shape, threads);
    if (const auto found = kept.find(key); found != kept.end())
        return found->second;
    const auto type = typeOf(shape.type);
    auto made = std::make_shared<Primitive>();
    made->a = {{shape.m, shape.k}, type, dnnl::memory::dims{shape.aRow, shape.aColumn}};
    made->b = {{shape.k, shape.n}, type, dnnl::memory::dims{shape.bRow, shape.bColumn}};
    made->out = {{shape.m, shape.n}, typeOf(shape.result), dnnl::memory::dims{shape.outRow, 1}};
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (shape.accumulate) {
        dnnl::post_ops sum;
        sum.append_sum(1.0f);
        attributes.set_post_ops(sum);
    }
    const ThreadCount count(threads);
#if DNNL_VERSION_MAJOR >= 3
    const dnnl::matmul::primitive_desc description(cpu(), made->a, made->b, made->out, attributes);
#else
    const dnnl::matmul::primitive_desc description(dnnl::matmul::desc(made->a, made->b, made->out),
                                                   attributes, cpu());
#endif
    made->scratch = description.scratchpad_desc();
    made->product = dnnl::matmul(description);
    if (kept.size() >= kMostKept)
        kept.clear();
    OneDnnProduct product;
    product.m_primitive = std::move(made);
    kept.emplace(key, product);
    return product;
}

void OneDnnProduct::run(const void* a, const void* b, void* out) const
{
    thread_local Scratch scratch;
    const Primitive& p = *m_primitive;
    const auto memory = [](const dnnl::memory::desc& desc, const void* data) {
        return dnnl::memory(desc, cpu(), const_cast<void*>(data));
    };
    p.product.execute(streamOfThread(),
                      {{DNNL_ARG_SRC, memory(p.a, a)},
                       {DNNL_ARG_WEIGHTS, memory(p.b, b)},
                       {DNNL_ARG_DST, memory(p.out, out)},
                       {DNNL_ARG_SCRATCHPAD, memory(p.scratch, scratch.atLeast(p.scratch.get_size()))}});
}

bool hasOneDnn()
{
    return true;
}

bool oneDnnKnowsBFloat16()
{
    // Every set of instructions that has AVX-512's contains its bits.
    static const bool knows = [] {
        const auto bits = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
        const auto needed = static_cast<unsigned>(dnnl::cpu_isa::avx512_core);
        return (bits & needed) == needed;
    }();
    return knows;
}

std::string oneDnnVersion()
{
    const dnnl_version_t* version = dnnl_version();
    return std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
           std::to_string(version->patch);
}

} // namespace lens

#else

#include <stdexcept>

namespace lens {

struct OneDnnProduct::Primitive {};

OneDnnProduct OneDnnProduct::of(const TileShape&, int)
{
    throw std::logic_error("built without oneDNN");
}

void OneDnnProduct::run(const void*, const void*, void*) const {}

bool hasOneDnn()
{
    return false;
}

bool oneDnnKnowsBFloat16()
{
    return false;
}

std::string oneDnnVersion()
{
    return {};
}

} // namespace lens

#endif
