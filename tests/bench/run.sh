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
echo "== forms: a generated checklist of 5,000 questions (one JSON line)"
python3 "$(dirname "$0")/generate_form.py" 5000 "$work"
"$build/bin/vigilctl" form bench "$work/form" "$work/operations.jsonl"
