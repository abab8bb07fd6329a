#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
# From a bare Debian 12 or 13 to a running (or tested) Training Lens.
#   packaging/bootstrap.sh run               install what is missing, build, open the window with the demo
#   packaging/bootstrap.sh test [-DNAME=…]   install what is missing, build, run all tests
#   packaging/bootstrap.sh packages [NAME …] only install what is missing
# What is there already is left alone: a second call needs no network and takes seconds.
set -euo pipefail

readonly buildPackages=(
    build-essential cmake ninja-build ccache pkg-config
    nlohmann-json3-dev zlib1g-dev libssl-dev libhdf5-dev libpcre2-dev libutf8proc-dev
    libtorch-dev libopenblas0-openmp libdnnl-dev libbenchmark-dev
    qt6-base-dev qt6-tools-dev qt6-l10n-tools qt6-qpa-plugins qt6-wayland
    libgl-dev libqcustomplot-dev fonts-dejavu-core)

source_folder=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
readonly source_folder
readonly build_folder=$source_folder/build/release

fail()
{
    printf 'bootstrap: %s\n' "$*" >&2
    exit 1
}

usage()
{
    printf 'usage: packaging/bootstrap.sh run | test [-DNAME=VALUE …] | packages [NAME …]\n' >&2
    exit 2
}

require_supported_system()
{
    local id='' version=''
    if [[ -r /etc/os-release ]]; then
        # shellcheck source=/dev/null
        . /etc/os-release
        id=${ID:-} version=${VERSION_ID:-}
    fi
    case "$id-$version" in
        debian-12 | debian-13) ;;
        *) fail "this set-up supports Debian 12 and 13 (here: ${id:-unknown} ${version:-}); README.md," \
            "\"Build with plain CMake\", says what to install elsewhere." ;;
    esac
}

as_root()
{
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "packages are missing, and installing them needs root or sudo: apt-get install ${missing[*]}"
    fi
}

is_installed()
{
    [[ $(dpkg-query -W -f '${Status}\n' "$1" 2>/dev/null) == *'install ok installed'* ]]
}

install_missing()
{
    local package
    missing=()
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    printf 'Installing %d packages: %s\n' "${#missing[@]}" "${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" </dev/null
}

# A file that includes LibTorch takes up to 2 GiB to compile.
build_jobs()
{
    local by_memory cores
    cores=$(nproc)
    by_memory=$(awk '/^MemAvailable:/ {print int($2 / 2097152)}' /proc/meminfo)
    ((by_memory >= 1)) || by_memory=1
    printf '%d' $((cores < by_memory ? cores : by_memory))
}

build()
{
    local target=$1
    shift
    cd "$source_folder"
    cmake --preset release "$@"
    cmake --build build/release --target "$target" --parallel "$(build_jobs)"
}

run_demo()
{
    if [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} ]]; then
        exec "$build_folder/bin/training-lens" --demo
    fi
    local run
    run=${XDG_DATA_HOME:-$HOME/.local/share}/training-lens/runs/demo-$(date +%Y%m%d-%H%M%S)
    printf 'No display: training the demo in the terminal.\n'
    "$build_folder/bin/training-lens-engine" train "$source_folder/resources/demo/config.json" --run "$run"
    printf '\nThe results are in %s\n' "$run"
    printf '  metrics.h5 (every number), samples.jsonl (what it wrote while it learnt), checkpoints/\n'
    printf 'With a display, packaging/bootstrap.sh run opens the window on them.\n'
}

run_tests()
{
    cd "$build_folder"
    QT_QPA_PLATFORM=offscreen ctest --output-on-failure --no-tests=error --parallel "$(build_jobs)"
}

(($# >= 1)) || usage
verb=$1
shift
case $verb in
    run)
        (($# == 0)) || usage
        require_supported_system
        install_missing "${buildPackages[@]}"
        build lens_programs
        run_demo
        ;;
    test)
        require_supported_system
        install_missing "${buildPackages[@]}"
        build all "$@"
        run_tests
        ;;
    packages)
        require_supported_system
        install_missing "${buildPackages[@]}" "$@"
        ;;
    *) usage ;;
esac
