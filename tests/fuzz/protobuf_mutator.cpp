// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/fuzz/protobuf_mutator.h"

#include "core/base/error.h"
#include "core/tokenizer/protobuf.h"
#include "tests/fuzz/json_mutator.h"

#include <bit>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace lens::fuzz {
namespace {

enum class Wire : unsigned { Varint = 0, Eight = 1, Bytes = 2, Four = 5 };

struct Field {
    std::uint32_t number = 1;
    Wire wire = Wire::Varint;
    std::uint64_t value = 0;
    std::string bytes;
};
using Message = std::vector<Field>;

void writeVarint(std::string& out, std::uint64_t value)
{
    for (; value > 127; value >>= 7)
        out += static_cast<char>(value | 128);
    out += static_cast<char>(value);
}

std::string written(const Message& message)
{
    std::string out;
    for (const Field& field : message) {
        writeVarint(out, std::uint64_t{field.number} << 3 | static_cast<unsigned>(field.wire));
        if (field.wire == Wire::Varint) {
            writeVarint(out, field.value);
        } else if (field.wire == Wire::Bytes) {
            writeVarint(out, field.bytes.size());
            out += field.bytes;
        } else {
            for (unsigned i = 0; i < (field.wire == Wire::Four ? 4u : 8u); ++i)
                out += static_cast<char>(field.value >> (8 * i));
        }
    }
    return out;
}

// With the product's own reader, which does not tell a varint from four bytes: large numbers are taken for
// floats, which the scores of pieces are.
std::optional<Message> messageOf(std::string_view bytes)
{
    try {
        const std::string where = "message";
        ProtobufReader reader(bytes, where);
        Message message;
        while (const auto field = reader.next()) {
            const Wire number = field->value >> 20 != 0 ? Wire::Four : Wire::Varint;
            message.push_back({field->number, field->isBytes ? Wire::Bytes : number, field->value,
                               std::string(field->bytes)});
        }
        return message;
    } catch (const Error&) {
        return std::nullopt;
    }
}

class Mutator {
public:
    explicit Mutator(unsigned seed) : m_random(seed) {}

    void change(Message& message, int depth)
    {
        if (message.empty())
            return message.push_back(made());
        const std::size_t at = below(message.size());
        switch (below(10)) {
        case 0:
            message.erase(message.begin() + static_cast<std::ptrdiff_t>(at));
            break;
        case 1:
            message.push_back(message[at]);
            break;
        case 2:
            message.insert(message.begin() + static_cast<std::ptrdiff_t>(at), made());
            break;
        case 3:
            std::swap(message[at], message[below(message.size())]);
            break;
        default:
            changeField(message[at], depth);
        }
    }

private:
    std::size_t below(std::size_t limit) { return m_random() % limit; }

    Field made()
    {
        constexpr std::uint32_t kNumbers[] = {1, 2, 3, 4, 5, 24, 35, 44, 1000, 1001, 1002};
        Field field;
        field.number = kNumbers[below(std::size(kNumbers))];
        constexpr Wire kWires[] = {Wire::Varint, Wire::Bytes, Wire::Four, Wire::Eight};
        field.wire = kWires[below(std::size(kWires))];
        changeField(field, 9);
        return field;
    }

    void changeField(Field& field, int depth)
    {
        if (field.wire == Wire::Bytes)
            return changeBytes(field, depth);
        constexpr float kFloats[] = {0.0F, -1.0F, -1e38F, 3e38F, 1e-45F};
        switch (below(4)) {
        case 0:
            field.value = below(8);
            break;
        case 1:
            field.value = std::uint64_t{1} << below(64);
            break;
        case 2:
            field.value = std::bit_cast<std::uint32_t>(kFloats[below(std::size(kFloats))]);
            field.wire = Wire::Four;
            break;
        default:
            field.value += below(5) - 2;
        }
    }

    // What can be read as a message is taken for one, half of the time.
    void changeBytes(Field& field, int depth)
    {
        auto inner = below(2) == 0 && depth < 3 ? messageOf(field.bytes) : std::nullopt;
        if (inner && !inner->empty()) {
            change(*inner, depth + 1);
            field.bytes = written(*inner);
        } else if (below(4) == 0) {
            field.bytes += field.bytes;
        } else {
            field.bytes = mutatedBytes(field.bytes, field.bytes.size() + 32);
        }
    }

    std::minstd_rand m_random;
};

} // namespace

std::string mutatedProtobuf(std::string_view bytes, std::size_t maxSize, unsigned seed)
{
    auto message = seed % 4 != 0 ? messageOf(bytes) : std::nullopt;
    if (message) {
        Mutator mutator(seed / 4);
        for (unsigned round = 0; round < 1 + seed / 4 % 3; ++round)
            mutator.change(*message, 0);
        std::string changed = written(*message);
        if (changed.size() <= maxSize)
            return changed;
    }
    return mutatedBytes(std::string(bytes), maxSize);
}

} // namespace lens::fuzz
