#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Prints timings: each benchmark gives p50/p95/p99/max and a ratio to something measured in the same run.
# usage: run.sh BUILD
set -euo pipefail
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "== vault: one durable answer, beside the same writes to plain SQLite"
"$build/bin/vault_bench" "$work" 1000
echo "== bundle: seal and check, beside age | tee | b2sum and minisign"
"$build/bin/bundle_bench"
echo "== log and verifier: 20,000 leaves, 500 bundles (by hand: log_bench FOLDER 1000000 10000)"
"$build/bin/log_bench" "$work"
echo "== forms: generated checklists of 500, 5,000 and 20,000 questions (a JSON line each)"
echo "   what an answer costs must not grow with the form"
for questions in 500 5000 20000; do
  python3 "$(dirname "$0")/generate_form.py" "$questions" "$work"
  "$build/bin/vigilctl" form bench "$work/form" "$work/operations.jsonl"
done
echo "== forms: look-ups in lists of 1,000 and 20,000 items: what one costs must not grow with the list"
python3 "$(dirname "$0")/generate_form.py" 500 "$work" lists
"$build/bin/vigilctl" form bench "$work/form" "$work/operations.jsonl"
echo "== tablet: 420 questions open, and what the program takes while nothing happens"
"$build/bin/tablet_bench" "$work/tablet-bench" 420 "${TABLET_MEGABYTES:-500}"
echo "== tablet at half speed, as an old one: standing still for half of each 10 ms"
"$build/bin/half_speed" "$build/bin/tablet_bench" "$work/tablet-slow" 420 0
"$(dirname "$0")/tablet_at_rest.sh" "$build/bin/vigil" "$work/tablet-bench/tablet"
