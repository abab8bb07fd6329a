// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Progress for a person at a terminal: one line that is redrawn, with whole lines above it. Where the output
// is no terminal (a file, a pipe), plain lines now and then. Training thread only.
#pragma once

#include "core/engine/train/progress_sink.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace lens {

// "  120/400  30 %  loss 1.2345  lr 2.0e-04  1234 tok/s  2 min 05 s left"; unknown parts are left out.
std::string progressText(const StepProgress& progress);
// "8 s", "2 min 05 s", "3 h 07 min".
std::string durationText(double seconds);
// A bar of `width` characters, filled by `fraction`.
std::string barText(double fraction, int width);

class TerminalProgress : public ProgressSink {
public:
    // `log`: whole lines are copied there too (engine.log of a run started from a terminal); empty: nowhere,
    // and nowhere too if `out` is that file already.
    explicit TerminalProgress(std::FILE* out, const std::filesystem::path& log = {});
    ~TerminalProgress() override;

    void phase(Phase phase) override;
    void preparing(std::string_view what, double fraction) override;
    void step(const StepProgress& progress) override;
    void note(std::string_view line) override;
    void warning(std::string_view line) override;
    void text(std::string_view piece) override;

private:
    void redraw(const std::string& line);
    void clearLine();
    void wholeLine(std::string_view line);
    std::string withBar(double fraction, const std::string& words) const;

    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::FILE* m_out;
    std::unique_ptr<std::FILE, Closer> m_log;
    bool m_terminal = false;
    bool m_lineDrawn = false;
    static constexpr double kLongAgo = -1e9;
    double m_lastDrawn = kLongAgo; // monotonic seconds
    double m_lastPlain = kLongAgo;
    std::string m_preparation; // of the last preparing() line
};

} // namespace lens
