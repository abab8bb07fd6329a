// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/fuzz/json_mutator.h"

#include "core/base/json.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <random>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* bytes, std::size_t size, std::size_t maxSize);

namespace lens::fuzz {
namespace {

// libFuzzer hands a target no state of its own: the words are read once, before the first input.
std::vector<std::string>& words()
{
    static std::vector<std::string> all;
    return all;
}

std::string unescaped(std::string_view quoted)
{
    std::string text;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (quoted[i] != '\\' || i + 1 >= quoted.size()) {
            text += quoted[i];
        } else if (quoted[i + 1] == 'x' && i + 3 < quoted.size()) {
            text += static_cast<char>(std::stoi(std::string(quoted.substr(i + 2, 2)), nullptr, 16));
            i += 3;
        } else {
            text += quoted[++i];
        }
    }
    return text;
}

void readWords(const std::string& path)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto begin = line.find('"');
        const auto end = line.rfind('"');
        if (!line.starts_with('#') && begin != std::string::npos && end > begin)
            words().push_back(unescaped(std::string_view(line).substr(begin + 1, end - begin - 1)));
    }
}

class Mutator {
public:
    explicit Mutator(unsigned seed) : m_random(seed) {}

    std::string mutate(Json root)
    {
        for (std::size_t round = 0, rounds = 1 + below(3); round < rounds; ++round)
            change(root);
        m_repeated = below(16) == 0 ? static_cast<std::ptrdiff_t>(below(8)) : -1;
        std::string text;
        write(root, text, 0);
        return text;
    }

private:
    std::size_t below(std::size_t limit) { return m_random() % limit; }
    std::string word() { return dictionaryWord(static_cast<unsigned>(m_random())); }

    // Every value of the tree is as likely as any other.
    Json* anyOf(Json& root)
    {
        std::vector<Json*> all{&root};
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i]->is_structured())
                for (Json& child : *all[i])
                    all.push_back(&child);
        }
        return all[below(all.size())];
    }

    Json number()
    {
        constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
        switch (below(10)) {
        case 0:
            return -static_cast<std::int64_t>(below(300));
        case 1:
            return (std::uint64_t{1} << below(64)) + below(3) - 1;
        case 2:
            return -kMost - static_cast<std::int64_t>(below(2));
        case 3:
            return std::numeric_limits<std::uint64_t>::max() - below(2);
        case 4:
            return 0.5 + static_cast<double>(below(3));
        case 5:
            return below(2) == 0 ? 1e308 : -1e-308;
        case 6:
            return below(100000);
        default:
            return below(20);
        }
    }

    Json leaf()
    {
        switch (below(10)) {
        case 0:
            return nullptr;
        case 1:
            return true;
        case 2:
            return false;
        case 3:
            return Json::array();
        case 4:
            return Json::object();
        case 5:
        case 6:
            return word();
        case 7:
            return std::string(below(200), "a \n1"[below(4)]);
        default:
            return number();
        }
    }

    void nest(Json& value)
    {
        const std::size_t levels = below(20) == 0 ? 120 : 1 + below(3);
        for (std::size_t i = 0; i < levels; ++i) {
            Json inner = std::move(value);
            if (below(2) == 0)
                value = Json::array({std::move(inner)});
            else
                (value = Json::object())[word()] = std::move(inner);
        }
    }

    void insertInto(Json& value, Json child)
    {
        if (value.is_array())
            value.insert(value.begin() + static_cast<std::ptrdiff_t>(below(value.size() + 1)),
                         std::move(child));
        else if (value.is_object())
            value[word()] = std::move(child);
        else
            value = std::move(child);
    }

    void removeFrom(Json& value)
    {
        if (value.is_structured() && !value.empty())
            value.erase(std::next(value.begin(), static_cast<std::ptrdiff_t>(below(value.size()))));
        else
            value = leaf();
    }

    void rename(Json& value)
    {
        if (!value.is_object() || value.empty())
            return nest(value);
        const auto member = std::next(value.begin(), static_cast<std::ptrdiff_t>(below(value.size())));
        Json moved = member.value();
        value.erase(member);
        value[below(4) == 0 ? mutatedBytes(word(), 64) : word()] = std::move(moved);
    }

    void changeLeaf(Json& value)
    {
        if (value.is_string())
            value = mutatedBytes(value.get<std::string>(), value.get_ref<const std::string&>().size() + 64);
        else if (value.is_number_integer())
            value = static_cast<std::int64_t>(value.get<std::uint64_t>() + below(5) - 2);
        else if (value.is_boolean())
            value = !value.get<bool>();
        else
            value = leaf();
    }

    void repeat(Json& value)
    {
        if (value.empty() || !value.is_array())
            return changeLeaf(value);
        const Json element = value[below(value.size())];
        for (std::size_t i = 0, copies = below(8) == 0 ? 64 : 1 + below(4); i < copies; ++i)
            value.push_back(element);
    }

    void change(Json& root)
    {
        Json& value = *anyOf(root);
        switch (below(10)) {
        case 0:
            value = leaf();
            break;
        case 1:
            return removeFrom(value);
        case 2:
            return nest(value);
        case 3:
            return insertInto(value, leaf());
        case 4: {
            Json copy = *anyOf(root);
            return insertInto(value, std::move(copy));
        }
        case 5: {
            Json copy = *anyOf(root);
            value = std::move(copy);
            break;
        }
        case 6:
            return rename(value);
        case 7:
            return repeat(value);
        default:
            return changeLeaf(value);
        }
    }

    // As Json::dump, but one member may be written twice, which no Json can hold.
    void write(const Json& value, std::string& out, int depth)
    {
        if (!value.is_structured() || depth > 200) {
            out += value.dump(-1, ' ', false, Json::error_handler_t::replace);
            return;
        }
        out += value.is_array() ? '[' : '{';
        bool first = true;
        for (const auto& [key, child] : value.items()) {
            const bool twice = value.is_object() && m_repeated-- == 0;
            for (int i = 0; i < (twice ? 2 : 1); ++i) {
                if (!first)
                    out += below(64) == 0 ? ",\n" : ",";
                first = false;
                if (value.is_object())
                    out += Json(key).dump(-1, ' ', false, Json::error_handler_t::replace) + ":";
                write(i == 0 ? child : leaf(), out, depth + 1);
            }
        }
        out += value.is_array() ? ']' : '}';
    }

    std::minstd_rand m_random;
    std::ptrdiff_t m_repeated = -1;
};

} // namespace

std::string mutatedBytes(std::string text, std::size_t maxSize)
{
    if (maxSize == 0)
        return {};
    const std::size_t size = std::min(text.size(), maxSize);
    text.resize(maxSize);
    text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
    return text;
}

std::string dictionaryWord(unsigned seed)
{
    return words().empty() ? "x" : words()[seed % words().size()];
}

std::string mutatedJson(std::string_view text, std::size_t maxSize, unsigned seed)
{
    if (seed % 2 != 0) {
        Json root = Json::parse(text, nullptr, false);
        if (!root.is_discarded()) {
            std::string changed = Mutator(seed / 2).mutate(std::move(root));
            if (changed.size() <= maxSize)
                return changed;
        }
    }
    return mutatedBytes(std::string(text), maxSize);
}

std::size_t mutateJson(unsigned char* buffer, std::size_t size, std::size_t maxSize, unsigned seed,
                       char separator)
{
    size = std::min(size, maxSize); // an input from before -max_len was lowered
    const std::string_view text(reinterpret_cast<const char*>(buffer), size);
    const auto parts = static_cast<unsigned>(1 + std::count(text.begin(), text.end(), separator));
    std::size_t begin = 0;
    for (unsigned skipped = seed % parts; skipped > 0; --skipped)
        begin = text.find(separator, begin) + 1;
    const std::size_t end = std::min(text.find(separator, begin), size);
    std::string changed(text.substr(0, begin));
    const bool whole = parts > 1 && seed / parts % 16 == 0;
    if (whole)
        changed = mutatedBytes(std::string(text), maxSize);
    else
        changed
            .append(
                mutatedJson(text.substr(begin, end - begin), maxSize - (size - (end - begin)), seed / parts))
            .append(text.substr(end));
    std::memcpy(buffer, changed.data(), changed.size());
    return changed.size();
}

} // namespace lens::fuzz

// Reads the dictionary; libFuzzer calls it before the first input.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv)
{
    constexpr std::string_view kOption = "-dict=";
    for (int i = 1; i < *argc; ++i) {
        const std::string_view argument = (*argv)[i];
        if (argument.starts_with(kOption))
            lens::fuzz::readWords(std::string(argument.substr(kOption.size())));
    }
    return 0;
}
