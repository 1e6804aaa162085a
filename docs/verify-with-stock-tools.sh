#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Checks Vigil's bundles with tar, minisign, b2sum and jq; nothing of ours takes part. Ends with 1
# where something is wrong. Usage: verify-with-stock-tools.sh roster.json root.pub BUNDLE...
set -u; export LC_ALL=C; bad=0; roster=${1:?roster.json} root=${2:?root.pub}; : "${3:?BUNDLE}"; shift 2
work=$(mktemp -d) || exit 3; trap 'rm -rf "$work"' EXIT; mkdir "$work/open"; touch "$work/chain"
wrong() { printf 'WRONG  %q: %s\n' "$1" "$2"; bad=1; }
signed() { # FILE COMMENT KEY-OPTION: "ED" only, exactly four lines, our two comments
  [ "$(wc -l <"$1.minisig")" = 4 ] && [ -z "$(tail -c 1 "$1.minisig")" ] && [ "$(head -n 1 \
    "$1.minisig")" = "untrusted comment: signature by Vigil" ] &&
    [ "$(minisign -V -Q -H "${@:3}" -m "$1" 2>/dev/null)" = "$2" ]; }
check() { # BUNDLE: prints what is wrong; leaves a line for the chain
  local key="" manifest=$work/open/manifest.json names; names=$(tar --force-local -tf "$1" 2>/dev/null | tr '\n' ' ')
  [[ $names =~ ^"manifest.json manifest.json.minisig payload.age "("restricted.age ")?$ ]] ||
    { echo "does not hold the files of a bundle"; return; }
  rm -f "$work"/open/*; tar --force-local -xf "$1" -C "$work/open" && [ -z "$(find "$work/open" \
    -mindepth 1 ! \( -type f -links 1 \))" ] && tar --format=ustar --mtime=@0 --owner=0 --group=0 \
    --numeric-owner --mode=0644 -cf - -C "$work/open" $names | cmp -s - "$1" || { echo "is no canonical archive"; return; }
  for one in $keys; do signed "$manifest" vigil-bundle-1 -P "$one" && key=$one; done
  [ "$key" ] || { echo "is not signed by a device of the roster"; return; }
  jq -c . "$manifest" 2>/dev/null | cmp -s - "$manifest" || { echo "has an unclear manifest"; return; }
  jq -r --arg key "$key" --arg names "${names#* * }" --slurpfile roster "$roster" '
    $roster[0] as $r | ($r.devices[] | select(.key == $key)) as $d
    | [$r.recipients[].recipient] as $all | [$r.recipients[] | select(.role == "general").recipient] as $general
    | if keys_unsorted != ["format", "device", "sequence", "previous", "payloads"] or .device != $key
        or .format != "vigil-bundle-1" or ([.payloads[].name, ""] | join(" ")) != $names
        or .sequence != (.sequence | floor) or (.previous | test("^0{64}$")) != (.sequence == 1)
      then "has a manifest of another shape" else empty end,
      if .sequence < $d.from_sequence or .sequence > ($d.revoked_after_sequence // infinite)
      then "was written before enrolment or after revocation" else empty end,
      (.payloads[] | if .recipients - $all != [] or (.name == "restricted.age" and .recipients - $general
        != .recipients and any($r.recipients[]; .role == "restricted")) then "names a wrong recipient"
      else empty end)' "$manifest" || echo "has an unreadable manifest"
  while read -r one size count digest; do one=$work/open/$one
    [ "$(sed '/^---/q' "$one" | grep -a '^-> ' | cut -c 4-9 | uniq -c | tr -s ' ')" = " $count X25519" ] ||
      echo "is not locked to the recipients it names"
    [ "$(wc -c <"$one")" = "$size" ] && echo "$digest  $one" | b2sum --status -c || echo "holds another ${one##*/}"
  done < <(jq -r '.payloads[] | "\(.name) \(.size_bytes) \(.recipients | length) \(.digest)"' "$manifest")
  jq -c --arg id "$(b2sum -l 256 <"$manifest")" '{id: $id[:64]} + .' "$manifest" >>"$work/chain"; }
cp "$roster" "$work/roster.json" && cp "$roster.minisig" "$work/roster.json.minisig" || exit 3
roster=$work/roster.json; version=$(jq .version "$roster"); keys=$(jq -r '.devices[].key' "$roster")
signed "$roster" "vigil-roster-1 version $version" -p "$root" || { wrong roster "has a bad signature"; exit 1; }
for bundle; do check "$bundle" >"$work/faults"
  while read -r fault; do wrong "$bundle" "$fault"; done <"$work/faults"; done
while read -r fault; do wrong chain "$fault"; done < <(jq -rs '
  group_by(.device)[] | unique_by(.id) | sort_by(.sequence) | . as $b | range(1; length) | $b[. - 1] as $p | $b[.]
  | if .sequence == $p.sequence then "two bundles have number \(.sequence)" elif .sequence > $p.sequence + 1
    then "numbers \($p.sequence + 1) to \(.sequence - 1) are missing" elif .previous != $p.id
    then "number \(.sequence) does not follow \($p.sequence)" else empty end' "$work/chain")
[ $bad = 0 ] && echo "Nothing is wrong with these $# bundle(s), as of roster version $version."; exit $bad
