#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
# Reads the strings of the sources into the .ts files. Usage: update_translations.sh LUPDATE [FILE.ts …]
# Texts of core are marked LENS_TR and all have the context "lens", whichever class they stand in: lupdate reads
# copies in which the mark says so.
set -euo pipefail
lupdate=$1
shift
files=()
for file in "$@"; do
    files+=("$(realpath -- "$file")")
done
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
if ((${#files[@]} == 0)); then
    files=(translations/*.ts)
fi
marked=$(mktemp -d)
trap 'rm -rf -- "$marked"' EXIT
while IFS= read -r source; do
    mkdir -p -- "$marked/$(dirname -- "$source")"
    sed 's/\bLENS_TR(/QT_TRANSLATE_NOOP("lens", /g' "$source" >"$marked/$source"
done < <(grep -rl --include='*.cpp' --include='*.h' 'LENS_TR(' core | grep -v '^core/base/translate.h$' | sort)
"$lupdate" -silent -locations none -no-obsolete -I . -extensions cpp,h app widgets "$marked" -ts "${files[@]}"
