#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries the packages in a clean Debian 12: install, one visit the whole way with the installed programs
# as an ordinary user, remove, purge. Needs root, debootstrap and a mirror; takes some minutes and 1 GB.
# usage: try.sh PACKAGES CUT_PROXY [ROOT]
#   PACKAGES   the folder with the four .deb files
#   CUT_PROXY  vigil-cut-proxy of the same build (the test's own tool, in no package)
#   ROOT       where the Debian is made, or was made by an earlier run (default: a fresh folder)
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
packages=$(cd "$1" && pwd)
proxy=$(realpath "$2")
root=${3:-$(mktemp -d)/root}
[ "$(id -u)" = 0 ] || { echo "This needs root: it makes a Debian of its own to try the packages in." >&2; exit 3; }
command -v debootstrap >/dev/null || { echo "Install debootstrap first." >&2; exit 3; }

# The machine's own mirror of Debian 12.
mirror=$(apt-get indextargets --format '$(CREATED_BY) $(RELEASE) $(COMPONENT) $(REPO_URI)' |
         awk '$1 == "Packages" && $2 == "bookworm" && $3 == "main" { print $4; exit }')
[ -n "$mirror" ] || { echo "No apt source for Debian 12 (bookworm) main was found on this machine." >&2; exit 3; }

say() { echo; echo "== $*"; }
mounted=()
finish() { for at in "${mounted[@]:-}"; do [ -z "$at" ] || umount "$at" || true; done; }
trap finish EXIT
inside() { chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
apt() { inside apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >>"$root/tmp/try.log" 2>&1 || { tail -n 30 "$root/tmp/try.log" >&2; exit 1; }; }

if [ ! -e "$root/etc/debian_version" ]; then
  say "A Debian 12 with nothing in it, in $root"
  debootstrap --variant=minbase bookworm "$root" "$mirror" >/dev/null
fi
for at in proc dev dev/pts; do
  mountpoint -q "$root/$at" && continue
  case $at in proc) mount -t proc proc "$root/proc" ;; *) mount --bind "/$at" "$root/$at" ;; esac
  mounted=("$root/$at" "${mounted[@]:-}")
done
cp /etc/resolv.conf "$root/etc/resolv.conf"
for proxy_file in /etc/apt/apt.conf.d/*proxy*; do
  [ ! -e "$proxy_file" ] || cp "$proxy_file" "$root/etc/apt/apt.conf.d/"
done
printf 'Types: deb\nURIs: %s\nSuites: bookworm bookworm-backports\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
  "$mirror" >"$root/etc/apt/sources.list.d/try.sources"
rm -f "$root/etc/apt/sources.list"
apt update
rm -rf "$root/tmp/packages"; mkdir "$root/tmp/packages"; cp "$packages"/vigil-*.deb "$root/tmp/packages/"

# An earlier run may have left what it installed.
inside dpkg --purge vigil-tablet vigil-hub vigil-office vigil-verify libsqlcipher1 >>"$root/tmp/try.log" 2>&1
inside apt-get -q -y autoremove --purge >>"$root/tmp/try.log" 2>&1 || true

say "Without backports the tablet's package is refused: Debian 12's own SQLCipher is too old"
sed -i 's/ bookworm-backports//' "$root/etc/apt/sources.list.d/try.sources"; apt update
if inside sh -c 'apt-get -q -y --no-install-recommends install /tmp/packages/vigil-tablet_*.deb' >"$root/tmp/refusal.log" 2>&1; then
  echo "It was installed, and should not be." >&2; exit 1
fi
grep -m1 'libsqlcipher1' "$root/tmp/refusal.log" | sed 's/^ */   /'
sed -i 's/^Suites: bookworm$/Suites: bookworm bookworm-backports/' "$root/etc/apt/sources.list.d/try.sources"; apt update

say "Install"
inside sh -c 'cd /tmp/packages && for part in hub verify; do apt-get -q -y --no-install-recommends install ./vigil-${part}_*.deb || exit 1; done' >>"$root/tmp/try.log" 2>&1
# The hub's machine must not get what opens a visit.
if inside sh -c 'dpkg -s libsqlcipher1' >/dev/null 2>&1; then echo "Hub and verifier pull in SQLCipher." >&2; exit 1; fi
apt -t bookworm-backports --no-install-recommends install libsqlcipher1
inside sh -c 'cd /tmp/packages && apt-get -q -y --no-install-recommends install ./vigil-*.deb' >>"$root/tmp/try.log" 2>&1
inside dpkg-query -W -f '   ${Package} ${Version} ${Installed-Size} KB\n' 'vigil-*' libsqlcipher1
inside sh -c 'dpkg -V vigil-tablet vigil-hub vigil-office vigil-verify'
[ "$(inside stat -c '%U %a' /var/lib/vigil-hub)" = "vigil-hub 700" ]
inside getent passwd vigil vigil-hub | sed 's/^/   /'

say "Every program answers"
for program in vigil vigilctl vigil-hub vigil-verify; do
  inside "$program" --help | head -n 1 | sed "s/^/   $program: /"
done
status=0; inside vigil >/dev/null 2>&1 || status=$?
[ "$status" = 2 ] || { echo "vigil without a folder gave exit status $status, not 2" >&2; exit 1; }

say "One visit the whole way, as an ordinary user, with the installed programs"
apt --no-install-recommends install age minisign jq openssl
inside sh -c 'getent passwd monitor >/dev/null || useradd -m monitor'
rm -rf "$root/tmp/source"; mkdir -p "$root/tmp/source/tests" "$root/tmp/source/forms"
cp -r "$source/tests/whole-way" "$root/tmp/source/tests/"
mkdir "$root/tmp/source/tests/vectors"; cp -r "$source/tests/vectors/hub" "$root/tmp/source/tests/vectors/"
chmod -R a+rX "$root/tmp/source"
ln -s /usr/share/vigil/packs "$root/tmp/source/forms/packs"
install -m 755 "$proxy" "$root/usr/local/bin/vigil-cut-proxy"
inside su monitor -c 'cd && rm -rf way && /tmp/source/tests/whole-way/run.sh /usr/bin way' | sed 's/^/   /'
inside su monitor -c 'cd && mkdir -p screens && vigil --sample --screens screens --language ky --size 1280x800' | tail -n 2 | sed 's/^/   /'

say "Remove, then purge"
apt remove vigil-tablet vigil-hub vigil-office vigil-verify
for program in vigil vigilctl vigil-hub vigil-verify; do
  if inside sh -c "command -v $program" >/dev/null; then echo "$program is still there after remove." >&2; exit 1; fi
done
# Those without configuration are gone already; dpkg says so and goes on.
inside dpkg --purge vigil-tablet vigil-hub vigil-office vigil-verify >>"$root/tmp/try.log" 2>&1
rm -f "$root/usr/local/bin/vigil-cut-proxy"
inside userdel -r monitor >/dev/null 2>&1 || true
left=$(inside sh -c 'find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp \) -prune -o -iname "*vigil*" -print' | grep -v -e '^/var/log/' -e '^/var/lib/dpkg/info/vigil' || true)
[ -z "$left" ] || { echo "Left behind after purge:" >&2; echo "$left" >&2; exit 1; }
if inside getent passwd vigil vigil-hub; then echo "A user was left behind." >&2; exit 1; fi
echo "   nothing of Vigil is left"

say "With a log in its folder, purging the hub leaves it there"
inside sh -c 'cd /tmp/packages && apt-get -q -y --no-install-recommends install ./vigil-hub_*.deb && echo kept >/var/lib/vigil-hub/log.key' >>"$root/tmp/try.log" 2>&1
inside dpkg --purge vigil-hub 2>&1 | grep 'stays' | sed 's/^/   /'
[ "$(cat "$root/var/lib/vigil-hub/log.key")" = kept ]
rm -rf "$root/var/lib/vigil-hub"; inside deluser --quiet --system vigil-hub >/dev/null 2>&1 || true
echo; echo "The packages hold."
