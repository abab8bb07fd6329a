// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// From the words of `train` and `generate` to what the bodies of these commands take. Reads configurations;
// makes no folder.
#pragma once

#include "core/engine/command/arguments.h"
#include "core/engine/train/generate_command.h"
#include "core/engine/train/train_command.h"

namespace lens {

// A configuration with problems: exit code 2 like wrong usage, but the problems speak for themselves.
class ConfigurationError : public Error {
public:
    using Error::Error;
};

// runFolder is the one given (--run, --resume) or empty. Throws UsageError, ConfigurationError, Error.
TrainOptions trainOptionsOf(const Arguments& arguments);
GenerateCommand generateCommandOf(const Arguments& arguments);

// Throws ConfigurationError if a new run's model, adapter or data are not there or of the wrong kind. A run
// that goes on brings its adapter along; what it misses is told where it is read.
void refuseMissingFiles(const TrainOptions& options);

// The folder of a run that the words name, for StartWatch; empty if none.
std::filesystem::path namedRunFolder(const Arguments& arguments);

} // namespace lens
