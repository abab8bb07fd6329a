// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// training-lens: the window. With a command of the engine as first word it becomes the engine.
#include "app/run/engine_command.h"
#include "app/window/window_program.h"

int main(int argc, char** argv)
{
    if (argc > 1 && lens::isEngineCommand(argv[1]))
        return lens::becomeEngine(argv);
    return lens::runWindow(argc, argv);
}
