#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Configures build/ once; says nothing when it is there already (the build re-runs CMake itself when
# needed). The argument is a preset of CMakePresets.json.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ -f build/build.ninja ] && exit 0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! cmake --preset "${1:-dev}" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
