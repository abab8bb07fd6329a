// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/dispatch.h"

#include "core/base/error.h"

#include <sstream>

namespace lens::kernels {
namespace {

[[noreturn]] void fail(const at::Tensor& x, const std::string& wanted, at::ScalarType type, const char* what)
{
    std::ostringstream text;
    text << what << " is ";
    if (x.defined())
        text << x.sizes() << " " << x.scalar_type() << " with strides " << x.strides();
    else
        text << "undefined";
    text << ", not " << wanted << " " << type;
    throw Error(text.str(), "kernels");
}

} // namespace

void checkRows(const at::Tensor& x, std::int64_t rows, std::int64_t width, at::ScalarType type,
               const char* what)
{
    if (x.defined() && x.dim() == 2 && x.size(0) == rows && x.size(1) == width && x.scalar_type() == type &&
        (width == 1 || x.stride(1) == 1))
        return;
    fail(x, "(" + std::to_string(rows) + ", " + std::to_string(width) + ") with unit stride in the last,",
         type, what);
}

void checkFlat(const at::Tensor& x, std::int64_t elements, at::ScalarType type, const char* what)
{
    if (x.defined() && x.dim() == 1 && x.size(0) == elements && x.scalar_type() == type && x.is_contiguous())
        return;
    fail(x, "(" + std::to_string(elements) + ") contiguous", type, what);
}

void failType(at::ScalarType type)
{
    std::ostringstream text;
    text << type << " is not computed with";
    throw Error(text.str(), "kernels", "float32, bfloat16 and float64 are");
}

} // namespace lens::kernels
