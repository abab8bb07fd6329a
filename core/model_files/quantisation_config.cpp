// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/quantisation_config.h"

#include "core/base/json_fields.h"

namespace lens {
namespace {

constexpr const char* kHint = "use the unquantised model (model.quantization: nf4 quantises it), or one that "
                              "bitsandbytes quantised to NF4";

} // namespace

void requireNf4(const Json& quantisation, const std::string& where, std::vector<Problem>& problems)
{
    const std::size_t before = problems.size();
    const JsonFields fields(quantisation, where + ": quantization_config", problems);
    const bool inEight = fields.boolean("load_in_8bit", false);
    const bool inFour = fields.boolean("load_in_4bit", false);
    const std::string method = fields.text("quant_method", inFour || inEight ? "bitsandbytes" : "");
    // What transformers assumes.
    const std::string type = fields.text("bnb_4bit_quant_type", "fp4");
    if (problems.size() > before)
        return;
    if (method != "bitsandbytes")
        fields.problem("quant_method",
                       method.empty() ? "does not say how the weights were quantised"
                                      : "weights quantised by \"" + method + "\" are not supported",
                       kHint);
    else if (inEight)
        fields.problem("load_in_8bit", "weights quantised to 8 bits are not supported", kHint);
    else if (!inFour)
        fields.problem("load_in_4bit", "does not say in how many bits the weights were quantised", kHint);
    else if (type != "nf4")
        fields.problem("bnb_4bit_quant_type", "weights quantised to \"" + type + "\" are not supported",
                       kHint);
}

} // namespace lens
