// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/safetensors/safetensors_header.h"

#include "core/base/error.h"
#include "core/base/json.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <set>
#include <string_view>

namespace lens {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors data is mapped as it is");

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kMostProblems = 100; // listed; the others are counted
constexpr int kMaxHeaderDepth = 8;         // a correct header has 3

std::string printable(std::string name)
{
    constexpr std::size_t kLongest = 200;
    if (name.size() > kLongest)
        name = name.substr(0, kLongest) + "…";
    const std::string quoted = toJsonLine(name); // escapes control characters
    return quoted.substr(1, quoted.size() - 2);
}

// Collects the faults of one file; a hostile header must not make an endless message.
class Faults {
public:
    explicit Faults(std::string where) : m_where(std::move(where)) {}

    void add(const std::string& what)
    {
        if (m_problems.size() < kMostProblems)
            m_problems.push_back(Problem{what, m_where, {}});
        else
            ++m_unlisted;
    }
    void addFor(const std::string& tensor, const std::string& what)
    {
        add("tensor " + printable(tensor) + ": " + what);
    }
    bool any() const { return !m_problems.empty(); }
    void throwIfAny()
    {
        if (m_unlisted > 0)
            m_problems.push_back(Problem{"and " + std::to_string(m_unlisted) + " more", m_where, {}});
        lens::throwIfAny(m_problems);
    }

private:
    std::string m_where;
    std::vector<Problem> m_problems;
    std::size_t m_unlisted = 0;
};

// Sorted keys: nlohmann's ordered object would take quadratic time for a hostile number of names.
using HeaderJson = nlohmann::json;

// Refuses deep nesting and keys given twice, which the JSON library would pass over in silence. A pass of its
// own: the library's callback while parsing looks through all members of an object behind each of them.
class HeaderWatch final : public nlohmann::json_sax<HeaderJson> {
public:
    HeaderWatch(const std::string& where, Faults& faults) : m_where(where), m_faults(faults) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return open(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override
    {
        if (!m_keys.back().insert(name).second)
            m_faults.add("the header names " + printable(name) + " twice");
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) override
    {
        throw Error(std::string("the header is not valid JSON: ") + error.what(), m_where);
    }

private:
    bool open()
    {
        if (m_keys.size() >= static_cast<std::size_t>(kMaxHeaderDepth))
            throw Error("the header's JSON is nested deeper than " + std::to_string(kMaxHeaderDepth) +
                            " levels",
                        m_where);
        m_keys.emplace_back();
        return true;
    }
    bool close()
    {
        m_keys.pop_back();
        return true;
    }

    const std::string& m_where;
    Faults& m_faults;
    std::vector<std::set<std::string>> m_keys; // of every open object; none of a list
};

HeaderJson parseHeader(std::string_view text, const std::string& where, Faults& faults)
{
    HeaderWatch watch(where, faults);
    HeaderJson::sax_parse(text, &watch);
    return HeaderJson::parse(text);
}

// The JSON part of the file, or throws if the length field or the first byte is wrong.
std::string_view headerText(std::span<const std::byte> file, const std::string& where)
{
    if (file.size() < kLengthBytes)
        throw Error("is not a safetensors file: only " + std::to_string(file.size()) + " bytes", where);
    std::uint64_t length = 0;
    std::memcpy(&length, file.data(), kLengthBytes);
    if (length > kMaxSafetensorsHeader)
        throw Error("the header would be " + std::to_string(length) + " bytes, at most " +
                        std::to_string(kMaxSafetensorsHeader) + " are allowed",
                    where, "the file is damaged or not in safetensors format");
    if (length > file.size() - kLengthBytes)
        throw Error("the header would be " + std::to_string(length) + " bytes, the file has " +
                        std::to_string(file.size()),
                    where, "the file is cut short");
    const char* begin = reinterpret_cast<const char*>(file.data()) + kLengthBytes;
    if (length == 0 || *begin != '{')
        throw Error("the header does not start with {", where);
    return {begin, static_cast<std::size_t>(length)};
}

std::optional<std::vector<std::int64_t>> shapeOf(const HeaderJson& value)
{
    if (!value.is_array())
        return std::nullopt;
    std::vector<std::int64_t> shape;
    for (const HeaderJson& size : value) {
        if (!size.is_number_unsigned() || size.get<std::uint64_t>() > INT64_MAX)
            return std::nullopt;
        shape.push_back(size.get<std::int64_t>());
    }
    return shape;
}

// shape × type, or nothing if that overflows.
std::optional<std::uint64_t> bytesOf(const std::vector<std::int64_t>& shape, DType type)
{
    std::uint64_t bytes = dtypeBytes(type);
    bool overflow = false;
    for (const std::int64_t size : shape)
        overflow = __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes) || overflow;
    const bool empty = std::find(shape.begin(), shape.end(), 0) != shape.end();
    if (overflow && !empty)
        return std::nullopt;
    return empty ? 0 : bytes;
}

struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

std::optional<Range> rangeOf(const HeaderJson& value)
{
    if (!value.is_array() || value.size() != 2 || !value[0].is_number_unsigned() ||
        !value[1].is_number_unsigned())
        return std::nullopt;
    return Range{value[0].get<std::uint64_t>(), value[1].get<std::uint64_t>()};
}

std::string textOf(Range range)
{
    return std::string("[") + std::to_string(range.begin) + ", " + std::to_string(range.end) + ")";
}

// Null where the object has no such key.
const HeaderJson& member(const HeaderJson& object, const char* key)
{
    static const HeaderJson absent;
    const auto found = object.find(key);
    return found == object.end() ? absent : *found;
}

// One tensor's description; faults are added and nothing returned if it cannot be used.
std::optional<TensorEntry> entryOf(const std::string& name, const HeaderJson& value,
                                   std::span<const std::byte> content, Faults& faults)
{
    if (!value.is_object()) {
        faults.addFor(name, "is not described by an object");
        return std::nullopt;
    }
    const HeaderJson& typeName = member(value, "dtype");
    std::optional<DType> type;
    if (typeName.is_string())
        type = dtypeOf(typeName.get_ref<const std::string&>());
    const auto shape = shapeOf(member(value, "shape"));
    const auto range = rangeOf(member(value, "data_offsets"));
    if (!type)
        faults.addFor(name, "unknown dtype " + (typeName.is_string() ? printable(typeName.get<std::string>())
                                                                     : std::string("(no text)")));
    if (!shape)
        faults.addFor(name, "the shape is not a list of sizes from 0 up");
    if (!range)
        faults.addFor(name, "data_offsets are not two numbers from 0 up");
    else if (range->begin > range->end || range->end > content.size())
        faults.addFor(name, "data_offsets " + textOf(*range) + " are outside of the file's " +
                                std::to_string(content.size()) + " data bytes");
    else if (type && shape) {
        const auto bytes = bytesOf(*shape, *type);
        if (bytes == range->end - range->begin) {
            TensorEntry entry;
            entry.type = *type;
            entry.shape = *shape;
            entry.bytes = content.subspan(range->begin, range->end - range->begin);
            return entry;
        }
        faults.addFor(name, "shape and dtype need " + (bytes ? std::to_string(*bytes) : "more than 2^64") +
                                " bytes, data_offsets hold " + std::to_string(range->end - range->begin));
    }
    return std::nullopt;
}

// Every data byte belongs to exactly one tensor.
void checkCoverage(const std::map<std::string, TensorEntry>& tensors, std::span<const std::byte> content,
                   Faults& faults)
{
    struct Placed {
        std::uint64_t begin;
        std::uint64_t end;
        const std::string* name;
    };
    std::vector<Placed> placed;
    for (const auto& [name, entry] : tensors) {
        const auto begin = static_cast<std::uint64_t>(entry.bytes.data() - content.data());
        if (!entry.bytes.empty())
            placed.push_back({begin, begin + entry.bytes.size(), &name});
    }
    std::sort(placed.begin(), placed.end(),
              [](const Placed& a, const Placed& b) { return a.begin < b.begin; });
    std::uint64_t covered = 0;
    for (const Placed& tensor : placed) {
        if (tensor.begin > covered)
            faults.add("data bytes " + textOf({covered, tensor.begin}) + " belong to no tensor");
        else if (tensor.begin < covered)
            faults.addFor(*tensor.name, "overlaps the tensor before it");
        covered = std::max(covered, tensor.end);
    }
    if (covered < content.size())
        faults.add("data bytes " + textOf({covered, content.size()}) + " belong to no tensor");
}

std::map<std::string, std::string> metadataOf(const HeaderJson& value, Faults& faults)
{
    std::map<std::string, std::string> metadata;
    if (!value.is_object()) {
        faults.add("__metadata__ is not an object");
        return metadata;
    }
    for (const auto& [key, text] : value.items()) {
        if (text.is_string())
            metadata.emplace(key, text.get<std::string>());
        else
            faults.add("__metadata__ " + printable(key) + " is not a text");
    }
    return metadata;
}

} // namespace

SafetensorsHeader readSafetensorsHeader(std::span<const std::byte> file, const std::string& where)
{
    const std::string_view text = headerText(file, where);
    const auto content = file.subspan(kLengthBytes + text.size());
    Faults faults(where);
    const HeaderJson root = parseHeader(text, where, faults);
    SafetensorsHeader header;
    for (const auto& [name, value] : root.items()) {
        if (name == "__metadata__")
            header.metadata = metadataOf(value, faults);
        else if (auto entry = entryOf(name, value, content, faults))
            header.tensors.emplace(name, std::move(*entry));
    }
    // With broken entries left out, holes would be reported that are none.
    if (!faults.any())
        checkCoverage(header.tensors, content, faults);
    faults.throwIfAny();
    return header;
}

std::uint64_t TensorForm::byteCount() const
{
    const bool negative = std::any_of(shape.begin(), shape.end(), [](std::int64_t size) { return size < 0; });
    const auto bytes = negative ? std::nullopt : bytesOf(shape, type);
    if (!bytes)
        throw Error("a tensor's shape has a size below 0 or too many elements", name);
    return *bytes;
}

std::string writeSafetensorsHeader(const std::vector<TensorToWrite>& tensors,
                                   const std::map<std::string, std::string>& metadata)
{
    std::vector<TensorForm> forms;
    for (const TensorToWrite& tensor : tensors) {
        forms.push_back({tensor.name, tensor.type, tensor.shape});
        if (forms.back().byteCount() != tensor.bytes.size())
            throw Error("a tensor's bytes do not fit its shape and type", tensor.name);
    }
    return safetensorsHeader(forms, metadata);
}

std::string safetensorsHeader(const std::vector<TensorForm>& tensors,
                              const std::map<std::string, std::string>& metadata)
{
    std::string text;
    const auto append = [&text](const std::string& name, const Json& value) {
        text += text.empty() ? '{' : ',';
        text += Json(name).dump();
        text += ':';
        text += value.dump();
    };
    if (!metadata.empty())
        append("__metadata__", metadata);
    std::set<std::string> names{"__metadata__"};
    std::uint64_t offset = 0;
    for (const TensorForm& tensor : tensors) {
        if (!names.insert(tensor.name).second)
            throw Error("a tensor's name is given twice or reserved", tensor.name);
        const std::uint64_t end = offset + tensor.byteCount();
        append(tensor.name, Json{{"dtype", dtypeName(tensor.type)},
                                 {"shape", tensor.shape},
                                 {"data_offsets", {offset, end}}});
        offset = end;
    }
    text += text.empty() ? "{}" : "}";
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    std::string header(kLengthBytes, '\0');
    std::memcpy(header.data(), &length, kLengthBytes);
    return header + text;
}

} // namespace lens
