#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
# Reads the strings of the sources into the .ts files. Usage: update_translations.sh LUPDATE [FILE.ts …]
# Texts of core are marked LENS_TR and have the context "lens".
set -euo pipefail
lupdate=$1
shift
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
if (($# == 0)); then
    set -- translations/*.ts
fi
"$lupdate" -silent -locations none -no-obsolete -tr-function-alias QT_TR_NOOP+=LENS_TR \
    -extensions cpp,h app widgets core -ts "$@"
