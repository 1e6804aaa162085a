#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# One visit, the whole way, with the real programs as separate processes. Every step says what happened in
# words a monitor, a coordinator or an auditor would use, and stops the run when it is not true.
# usage: run.sh BIN [FOLDER]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(cd "$1" && pwd)
started=$(date +%s.%N)
if [ $# -ge 2 ]; then work=$2; else work=$root/run/$(date +%Y%m%d-%H%M%S); fi
mkdir -p "$work"; work=$(cd "$work" && pwd)
PATH=$bin:$PATH

tablet=$work/tablet office=$work/office hub=$work/hub
secret=$work/passphrase
log=$work/details.log
pids=()
finish() {
  local status=$?
  for pid in "${pids[@]:-}"; do [ -n "$pid" ] && kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [ $status -ne 0 ]; then
    echo; echo "The run stopped here. What the programs said is in $log" >&2
    tail -n 15 "$log" >&2
  fi
}
trap finish EXIT

step() { echo; echo "$1. $2"; echo "== $1. $2" >>"$log"; }
say() { echo "   $*"; echo "$*" >>"$log"; }
run() { echo "\$ $*" >>"$log"; "$@" >>"$log" 2>&1; }      # must succeed
refused() {                                               # must answer no (exit 1), not crash
  local status=0
  echo "\$ $*   (to be refused)" >>"$log"
  "$@" >>"$log" 2>&1 || status=$?
  [ $status -eq 1 ] || { echo "   expected a refusal, got exit status $status: $*" >&2; exit 1; }
}
must() { "$@" >>"$log" 2>&1 || { echo "   this should hold and does not: $*" >&2; exit 1; }; }
never() { if "$@" >>"$log" 2>&1; then echo "   this should not hold and does: $*" >&2; exit 1; fi; }
day() { date -u -d "$1 days" +%Y-%m-%d; }
wait_for() { for _ in $(seq 100); do [ -s "$1" ] && return 0; sleep 0.05; done; echo "   $1 did not appear" >&2; return 1; }

(umask 077; echo "river stone seven lamps" >"$secret")
pass=(--passphrase-file "$secret")
echo "Everything this run makes lies under $work"

step 1 "The office is set up"
run vigilctl office init "$office" --name demo "${pass[@]}" --light
say "Root key, opening identities, log key and roster version 1 are in its vault; the recovery identity is a file to keep away."

step 2 "The hub starts"
run vigilctl office hub "$office" -o "$hub" "${pass[@]}"
# A certificate that nobody vouches for and that ran out in 2000: the pin alone says that it is the hub.
tls=$root/tests/vectors/hub
pin=sha256//$(openssl pkey -in "$tls/tls.key.pem" -pubout -outform der | openssl dgst -sha256 -binary | base64)
vigil-hub --listen 127.0.0.1:0 --data "$hub" --tls-cert "$tls/tls-expired-2000.cert.pem" --tls-key "$tls/tls.key.pem" >>"$work/hub.log" 2>&1 &
pids+=($!)
wait_for "$hub/listening"
url=$(cat "$hub/listening")
say "It listens on $url, holds no opening key, and keeps what it is given in $hub"

step 3 "A tablet is enrolled, face to face"
run vigilctl device init "$tablet" --label tablet-1 "${pass[@]}" --light
vigilctl device request "$tablet" -o "$work/request" "${pass[@]}" | tee -a "$log" | tail -n 9 >"$work/words.tablet"
vigilctl office approve "$office" "$work/request" --compared "${pass[@]}" | tee -a "$log" | sed -n 2,10p >"$work/words.office"
must cmp "$work/words.tablet" "$work/words.office"
say "Both screens show the same words:"
cat "$work/words.tablet"
say "The office approves: roster version 2. The hub gets the new roster."
run vigilctl office publish "$office" --hub "$url" --pin "$pin" "${pass[@]}"

step 4 "The checklist is checked and installed"
run vigilctl form check "$root/forms/packs/police-custody"
vigilctl office add-form "$office" "$root/forms/packs/police-custody" "${pass[@]}" | tee -a "$log" | sed 's/^/   /'
run vigilctl office add-data "$office" "$root/forms/packs/limits.csv" "${pass[@]}"
run vigilctl office kit "$office" -o "$work/kit" --hub "$url" --pin "$pin" "${pass[@]}"
run vigilctl device accept "$tablet" "$work/kit" --root "$office/root.pub" "${pass[@]}"
say "The tablet has accepted the office's signed kit, which also says where the hub is and by which key it is known: $url"

step 5 "A visit is filled in"
sed -e "s/@DAY1@/$(day -1)/; s/@DAY2@/$(day -2)/; s/@DAY3@/$(day -3)/; s/@DAY4@/$(day -4)/; s/@DAYPLUS14@/$(day 14)/" \
  "$here/visit.answers.in" >"$work/visit.answers"
cp "$here/cell.jpg" "$work/cell.jpg"
visit=$(vigilctl --json visit new "$tablet" --place "IVS of the Leninsky district" --kind comprehensive --form police-custody "${pass[@]}" | jq -r .visit)
status=0
vigilctl visit fill "$tablet" "$visit" --answers "$work/visit.answers" --language en "${pass[@]}" >"$work/fill.txt" || status=$?
while read -r line; do say "$line"; done <"$work/fill.txt"
[ $status = 1 ] && [ "$(grep -c '^Refused' "$work/fill.txt")" = 1 ]
say "One photo is attached; its place and camera were taken out of it. The visit is called $visit."
run vigilctl visit show "$tablet" "$visit" --language ru "${pass[@]}"
must grep -q "marker-WORDS-4242" "$log"

step 6 "The visit is finalised and sealed"
before=$(vigilctl --json device search "$tablet" --text marker-WORDS-4242 --text marker-MEDICAL-7731 "${pass[@]}" | jq .pages_with_a_match)
run vigilctl visit finalise "$tablet" "$visit" "${pass[@]}"
after=$(vigilctl --json device search "$tablet" --text marker-WORDS-4242 --text marker-MEDICAL-7731 --text Leninsky --text marker-GPS "${pass[@]}" | jq .pages_with_a_match)
[ "$before" -gt 0 ] && [ "$after" = 0 ]
never grep -r -a -q -e marker-WORDS-4242 -e marker-MEDICAL-7731 -e Leninsky "$tablet"
refused vigilctl visit show "$tablet" "$visit" "${pass[@]}"
say "Before, $before page(s) of the unlocked store held its words; now $after do, and no file does. The passphrase opens it no more."

step 7 "The bundle goes to the hub, over a connection that is cut half-way"
bundle=$(echo "$tablet"/outbox/*.vigil)
cp "$bundle" "$work/bundle.vigil"      # the auditor's copy, as if from a stick
size=$(stat -c %s "$bundle")
vigil-cut-proxy --listen 0 --target "${url##*:}" --cut-after $((size / 2)) --times 1 >"$work/proxy.port" 2>>"$log" &
pids+=($!)
wait_for "$work/proxy.port"
port=$(grep -o '[0-9]*' "$work/proxy.port" | tail -1)
run vigilctl push "$tablet" --hub "https://127.0.0.1:$port" --pin "$pin" "${pass[@]}"
[ ! -e "$bundle" ]
say "After the cut it went on where it was. The receipt proves that the hub's log holds it; the tablet has erased its copy."

step 8 "The office fetches, verifies, opens and imports it"
run vigilctl pull "$office" "${pass[@]}"      # the hub that its kits name
vigilctl import "$office" "${pass[@]}" | tee -a "$log" | sed 's/^/   /'
vigilctl visit show "$office" "$visit" "${pass[@]}" >"$work/visit.txt"
cat "$work/visit.txt" >>"$log"
must grep -q "marker-MEDICAL-7731" "$work/visit.txt"
say "The answers, as the office reads them (all of them in $work/visit.txt):"
grep -E "Case code|hours from detention to judge|Unrecorded" "$work/visit.txt" | sed 's/^ */     /' | head -n 5
sed -n '/Sources disagree/,$p' "$work/visit.txt" | sed 's/^/     /' | head -n 12
must grep -q "Sources disagree" "$work/visit.txt"

step 9 "The auditor judges, without being able to read"
run vigil-verify "$work/bundle.vigil" --roster "$office/roster.json" --root "$office/root.pub" --log "$hub/log"
say "vigil-verify: signature, order, recipients and log all hold."
must grep -q "holds" "$log"
mkdir -p "$work/by-hand"
must tar -xf "$work/bundle.vigil" -C "$work/by-hand"
key=$(jq -r .device "$work/by-hand/manifest.json")
must minisign -V -P "$key" -m "$work/by-hand/manifest.json" -x "$work/by-hand/manifest.json.minisig"
must jq -e --arg key "$key" '[.devices[].key] | index($key) != null' "$office/roster.json"
must minisign -V -p "$office/root.pub" -m "$office/roster.json" -x "$office/roster.json.minisig"
jq -r '.payloads[] | "\(.digest)  \(.name)"' "$work/by-hand/manifest.json" >"$work/by-hand/sums"
(cd "$work/by-hand" && must b2sum -c sums)
run vigilctl payload decrypt --passphrase-file "$secret" -o "$work/recovery.txt" "$office/recovery-identity.age"
chmod 600 "$work/recovery.txt"
age -d -i "$work/recovery.txt" "$work/by-hand/payload.age" | tar -xf - -C "$work/by-hand"
must grep -q "marker-WORDS-4242" "$work/by-hand/r1-submission.xml"
never grep -q "marker-MEDICAL-7731" "$work/by-hand/r1-submission.xml"
never grep -q -r "marker-NOTE-5150" "$work/by-hand"
must grep -q "marker-NOTE-5150" "$work/visit.txt"
never grep -a -q "marker-GPS" "$work/by-hand"/r1-*.jpg
say "tar, minisign, b2sum and age say the same; medical answers are only in the part for the health role."
run vigilctl evidence make "$office" "$work/bundle.vigil" --answer r1-/data/course/hours_to_judge -o "$work/evidence" "${pass[@]}"
run vigil-verify evidence "$work/evidence" --root "$office/root.pub"
never grep -a -q -e marker-WORDS-4242 -e Leninsky "$work/evidence"
say "One answer can be shown to a court, proved, and nothing else of the visit is in what the court is given."

step 10 "One byte of a copy is flipped"
cp "$work/bundle.vigil" "$work/flipped.vigil"
at=$((size / 2))
byte=$(od -An -tu1 -j $at -N1 "$work/flipped.vigil" | tr -d ' ')
printf "$(printf '\\%03o' $((byte ^ 1)))" | dd of="$work/flipped.vigil" bs=1 seek=$at conv=notrunc status=none
refused vigil-verify "$work/flipped.vigil" --roster "$office/roster.json" --root "$office/root.pub"
refused vigilctl import "$office" "$work/flipped.vigil" "${pass[@]}"
mkdir -p "$work/flipped"; tar -xf "$work/flipped.vigil" -C "$work/flipped" 2>>"$log"
never sh -c "cd '$work/flipped' && b2sum -c '$work/by-hand/sums'"
never sh -c "age -d -i '$work/recovery.txt' '$work/flipped/payload.age' >'$work/flipped/out' && age -d -i '$work/recovery.txt' '$work/flipped/restricted.age' >'$work/flipped/out'"
say "vigil-verify, the office, b2sum and age all refuse it; the office keeps it aside with the reason."

step 11 "Another visit goes by stick, and the receipt comes back the same way"
stick=$work/stick; mkdir "$stick"
carried=$(vigilctl --json visit new "$tablet" --place "SIZO-1" --kind interim --form police-custody "${pass[@]}" | jq -r .visit)
run vigilctl visit finalise "$tablet" "$carried" --allow-missing "${pass[@]}"
run vigilctl stick copy "$tablet" "$stick" "${pass[@]}"
sealed=$(echo "$tablet"/outbox/*.vigil)
must cmp "$sealed" "$stick/$(basename "$sealed")"
run vigilctl stick receipts "$tablet" "$stick" "${pass[@]}"
[ -e "$sealed" ]
vigilctl import "$office" "$stick"/*.vigil "${pass[@]}" | tee -a "$log" | sed 's/^/   /'
run vigilctl stick send "$office" "$stick" "${pass[@]}"
must ls "$stick/$(basename "$sealed" .vigil).receipt"
run vigilctl stick receipts "$tablet" "$stick" "${pass[@]}"
[ ! -e "$sealed" ]
say "The office sent the stick's bundle to the hub and wrote the receipt beside it; with that the tablet has erased its copy, and not before."

step 12 "The next visit on the tablet's screen"
next=$(vigilctl --json visit new "$tablet" --place "ИВС Ленинского района" --kind interim --form police-custody "${pass[@]}" | jq -r .visit)
head -n 26 "$work/visit.answers" | grep -v '"@' >"$work/next.answers"
# A moment that has not come cannot have been the detention: refused, the rest is stored.
echo '{"do":"set","ref":"/data/course/t_actual","value":"2999-01-01T10:00:00.000+00:00"}' >>"$work/next.answers"
refused vigilctl visit fill "$tablet" "$next" --answers "$work/next.answers" --language ru "${pass[@]}"
run vigil "$tablet" "${pass[@]}" --language ru --screens "$work/screens" --size 1280x800
say "Pictures of its screens are in $work/screens: $(cd "$work/screens" && echo *.png)"
awk -v a="$started" -v b="$(date +%s.%N)" 'BEGIN { printf "\nThe whole way took %.1f s. Everything is under %s\n", b - a, "'"$work"'" }'
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${VIGIL_NO_WINDOW:-}" ]; then
  echo "The tablet app opens on the next visit; its passphrase is: $(cat "$secret")"
  vigil "$tablet" --language ru
fi
