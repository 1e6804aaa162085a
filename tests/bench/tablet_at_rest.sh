#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The program under Xvfb: from its start to the end after its first frame (the unlock screen); with a visit open and
# nobody touching it: processor over 10 s, memory.
# usage: tablet_at_rest.sh VIGIL FOLDER   (FOLDER: a vault of tablet_bench)
set -euo pipefail
if ! command -v Xvfb >/dev/null; then
  echo "Xvfb is not installed: not measured."
  exit 0
fi
work=$(mktemp -d)
app=
server=
trap 'kill $app $server 2>/dev/null || true; rm -rf "$work"' EXIT
printf 'seven lamps at the river' >"$work/passphrase"
chmod 600 "$work/passphrase"
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1920x1200x24 -nolisten tcp 3>"$work/display" >/dev/null 2>&1 &
server=$!
read -r number <"$work/display"
export DISPLAY=":$number" SDL_VIDEODRIVER=x11 SDL_RENDER_DRIVER=software
# Microseconds, whatever sign the language puts before them.
now() { echo "${EPOCHREALTIME//[!0-9]/}"; }
for _ in 1 2 3 4 5 6 7 8 9 10 11; do
  start=$(now)
  "$1" "$2" --size 1920x1200 --first-frame
  echo $(($(now) - start))
done | sort -n | awk '{ took[NR] = $1 / 1000 }
  END { printf "start to unlock screen (and end)   %8.1f ms p50, %.1f most of %d\n", took[int((NR + 1) / 2)], took[NR], NR }'
"$1" "$2" --size 1920x1200 --passphrase-file "$work/passphrase" &
app=$!
sleep 5
ticks() { awk '{print $14 + $15}' "/proc/$app/stat"; }
before=$(ticks)
sleep 10
after=$(ticks)
awk -v used=$((after - before)) -v per_second="$(getconf CLK_TCK)" \
  'BEGIN { printf "processor at rest over 10 s         %8.2f %%\n", used * 10 / per_second }'
awk '/VmRSS|RssAnon|RssFile/ { printf "%-9s                           %8.1f MB\n", $1, $2 / 1024 }' "/proc/$app/status"
