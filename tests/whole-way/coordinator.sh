#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# docs/coordinator.md as a newcomer types it: every vigilctl command that it shows is taken out of the page and
# run, in its order, with a hub, a tablet and two visits there when it needs them. usage: coordinator.sh BIN
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(cd "$1" && pwd)
work=$(mktemp -d)
hub=
trap 'status=$?; [ -z "$hub" ] || kill "$hub"; rm -rf "$work"; exit $status' EXIT
cd "$work"
PACKS=$root/forms/packs  # the page says /usr/share/vigil/packs, which only a package has
(umask 077; echo "river stone seven lamps" >passphrase)

# A person at a terminal types the passphrase and "yes"; founding is made light, as tests are.
vigilctl() {
  local more=(--passphrase-file passphrase)
  case "$1 $2" in
    "office init" | "device init") more+=(--light) ;;
    "office approve") more+=(--compared) ;;
    "device accept") more+=(--root OFFICE/root.pub) ;;
  esac
  "$bin/vigilctl" "$@" "${more[@]}"
}
start_hub() {
  "$bin/vigil-hub" --listen 127.0.0.1:0 --data HUBDIR >/dev/null 2>hub.log &
  hub=$!
  for _ in $(seq 100); do [ ! -s HUBDIR/listening ] || return 0; sleep 0.05; done
  return 1
}
seal_visit() {
  code=$(vigilctl --json visit new TABLET --place "SIZO-1" --form police-custody | sed 's/.*"visit":"\([^"]*\)".*/\1/')
  vigilctl visit finalise TABLET "$code" --allow-missing
}

# Blocks without a language, and `vigilctl ...` in the text; a line break inside a quoted command is a space.
page=$root/docs/coordinator.md
sed -n '/^name,type/,/^```/{/^```/!p}' "$page" >places.csv
tr '\n' '\a' <"$page" | sed 's/```/\x01/g' |
  grep -oaE $'\x01[^\x01]*\x01|`(vigilctl)[^`]*`' |
  sed -e $'s/^\x01[^\a]*\a//; s/\x01$//; s/^`\\(.*\\)`$/\\1/' | tr '\a' '\n' |
  grep -E '^(for pack in .*)?vigilctl|^for pack' >commands
[ "$(wc -l <commands)" -ge 20 ] || { echo "only $(wc -l <commands) commands were found in $page" >&2; exit 1; }

code= ran=0
while read -r command; do
  case $command in
    *"office kit"*)
      start_hub
      command=${command/URL/$(cat HUBDIR/listening) --plain-http}
      command=${command/ --pin PIN/} ;;
    "vigilctl pull"*) seal_visit; vigilctl push TABLET ;;
    *"import OFFICE STICK"*) mkdir STICK; seal_visit; vigilctl stick copy TABLET STICK ;;
    *"office revoke"*) continue ;;  # last: nothing of this tablet counts afterwards
  esac
  command=${command//RIVER-08/$code}
  echo "\$ $command"
  eval "$command" >out.txt 2>&1 </dev/null || { cat out.txt >&2; echo "docs/coordinator.md shows a command that fails: $command" >&2; exit 1; }
  ran=$((ran + 1))
done <commands
vigilctl stick receipts TABLET STICK | grep -q "receipt verified"
[ -s answers.csv ] && [ -s tables/police-custody.csv ] && [ -s visit.json ] && [ -s OFFICE/recovery-identity.age ]
eval "$(grep 'office revoke' commands | sed 's/ N$/ 2/')"
echo "$ran commands of docs/coordinator.md ran as written."
