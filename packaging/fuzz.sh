#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
# Fuzzes what reads untrusted files (tests/fuzz; needs clang 14 or newer with libFuzzer).
#   packaging/fuzz.sh build                    only build
#   packaging/fuzz.sh list                     the targets
#   packaging/fuzz.sh run TARGET [OPTION …]    build and run one; options are libFuzzer's: -runs=10000000,
#                                              -max_total_time=600, -max_len=512; or a file to run alone
#   packaging/fuzz.sh all SECONDS              build and run each for that long; fails if one finds something
# LENS_FUZZ_PRESET: fuzz (default; Address- and UndefinedBehaviorSanitizer) or fuzz-fast (for millions of inputs).
# What was learnt stays in build/<preset>/corpus/<target>, what was found in build/<preset>/findings.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
preset=${LENS_FUZZ_PRESET:-fuzz}
readonly preset folder=build/$preset

usage()
{
    sed -n '4,10p' "${BASH_SOURCE[0]}" | cut -c3- >&2
    exit 2
}

targets()
{
    sed -n 's/^lens_fuzz(\([a-z0-9_]*\).*/\1/p' tests/fuzz/CMakeLists.txt
}

build()
{
    local compiler=()
    if ! command -v clang++-14 >/dev/null; then
        compiler=(-DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++)
    fi
    cmake --preset "$preset" "${compiler[@]}" >/dev/null
    cmake --build --preset "$preset" --target "$1" --parallel "$(nproc)"
    python3 tests/fuzz/make_seeds.py "$folder/seeds"
}

# The targets themselves watch processor time (1 s an input) and memory in proportion to the input; libFuzzer's own
# limits stand behind that. Its -timeout counts waiting too, so it is generous: a busy machine is no hang.
run()
{
    local target=$1
    shift
    mkdir -p "$folder/corpus/$target" "$folder/seeds/$target" "$folder/findings"
    local places=("$folder/corpus/$target" "$folder/seeds/$target") option
    for option in "$@"; do
        if [[ $option != -* ]]; then
            places=()
        fi
    done
    ASAN_OPTIONS=${ASAN_OPTIONS:-malloc_context_size=4:quarantine_size_mb=16:max_malloc_fill_size=0} \
    UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1} \
        "$folder/fuzz/fuzz_$target" -dict="tests/fuzz/$target.dict" -max_len=5000 -timeout=20 -rss_limit_mb=2048 \
        -malloc_limit_mb=1024 -detect_leaks=0 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="$folder/findings/$target-" "$@" "${places[@]}"
}

run_all()
{
    local target failed=()
    for target in $(targets); do
        printf '%s: ' "$target"
        if run "$target" -max_total_time="$1" >"$folder/$target.log" 2>&1; then
            sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$target.log" | sed 's/$/ inputs, nothing found/'
        else
            failed+=("$target")
            printf 'FOUND SOMETHING\n'
            grep -vE '^#|^"' "$folder/$target.log" | tail -n 40
        fi
    done
    if ((${#failed[@]})); then
        printf 'fuzz: findings in %s; the inputs lie in %s/findings\n' "${failed[*]}" "$folder"
        return 1
    fi
}

(($# >= 1)) || usage
verb=$1
shift
case $verb in
    build) build lens_fuzz_targets ;;
    list) targets ;;
    run)
        (($# >= 1)) || usage
        build "fuzz_$1"
        run "$@"
        ;;
    all)
        (($# == 1)) || usage
        build lens_fuzz_targets
        run_all "$1"
        ;;
    *) usage ;;
esac
