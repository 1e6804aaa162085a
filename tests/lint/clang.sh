#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang.sh format: formats the tree; clang.sh check: fails on what clang-format or clang-tidy finds.
set -euo pipefail
cd "$(dirname "$0")/../.."
mapfile -t sources < <(git ls-files '*.h' '*.cpp')
case "${1:-check}" in
  format) clang-format-19 -i "${sources[@]}" ;;
  check)
    clang-format-19 --dry-run -Werror "${sources[@]}"
    git ls-files 'core/*.cpp' 'forms/*.cpp' 'sync/*.cpp' 'platform/*.cpp' 'app/*.cpp' |
      xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build --quiet --warnings-as-errors='*' 2>/dev/null
    ;;
  *) echo "clang.sh: format or check" >&2; exit 2 ;;
esac
