// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// bench_chat_template [TEMPLATE.jinja …]: how many megabytes of text a second one core renders, for a plain
// template of turns and the given ones (default: those of tests/data and the golden folder), and how long
// parsing takes. The conversations have six turns of 40 to 900 bytes.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/chat_template/chat_template.h"
#include "tests/support/golden_folders.h"

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <vector>

using namespace lens;

namespace {

constexpr double kSeconds = 0.5; // measured for each template
constexpr const char* kTurns =
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + "
    "'<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ "
    "'<|im_start|>assistant\n' }}{% endif %}";

// Processor time: other programs on the machine do not count.
double seconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::vector<Json> conversations()
{
    std::string sentence = "The quick brown fox jumps over the lazy dog. ";
    std::vector<Json> all;
    for (std::size_t i = 0; i < 100; ++i) {
        Json messages = Json::array();
        for (std::size_t turn = 0; turn < 6; ++turn) {
            std::string content;
            for (std::size_t k = 0; k <= (i * 7 + turn * 5) % 20; ++k)
                content += sentence;
            messages.push_back({{"role", turn % 2 ? "assistant" : "user"}, {"content", content}});
        }
        all.push_back(std::move(messages));
    }
    return all;
}

void measure(const std::string& name, const std::string& source, const std::vector<Json>& all)
{
    const double start = seconds();
    const ChatTemplate chat = ChatTemplate::parse(source, name);
    const double parsed = seconds();
    ChatOptions options;
    options.specialTokens = {{"bos_token", "<s>"}, {"eos_token", "</s>"}};
    std::size_t bytes = 0;
    std::size_t count = 0;
    while (seconds() - parsed < kSeconds) {
        for (const Json& messages : all)
            bytes += chat.render(messages, options).text.size();
        count += all.size();
    }
    const double spent = seconds() - parsed;
    std::printf("%-24s %7.1f MB/s  %7.1f us a conversation  parsed in %.2f ms\n", name.c_str(),
                static_cast<double>(bytes) / spent / 1e6, spent / static_cast<double>(count) * 1e6,
                (parsed - start) * 1e3);
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<Json> all = conversations();
    std::vector<std::filesystem::path> files(argv + 1, argv + argc);
    if (files.empty()) {
        for (const auto& cases : test::goldenChatTemplates().paths) {
            const std::string name = cases.string();
            files.emplace_back(name.substr(0, name.size() - std::string(".cases.json").size()) + ".jinja");
        }
    }
    measure("turns", kTurns, all);
    for (const auto& file : files) {
        try {
            measure(file.stem().string(), readFile(file), all);
        } catch (const Error& error) {
            std::printf("%s\n", error.what());
        }
    }
    return 0;
}
