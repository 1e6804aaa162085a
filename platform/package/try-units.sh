#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Boots the Debian that try.sh made, with the packages in it, and tries both units under a real systemd:
# the hub starts, answers the office and stops in order; the kiosk unit runs the app without a display.
# Needs root and systemd-nspawn (systemd-container). usage: try-units.sh PACKAGES ROOT
set -euo pipefail
packages=$(cd "$1" && pwd)
root=$(cd "$2" && pwd)
[ "$(id -u)" = 0 ] || { echo "This needs root: it boots a Debian of its own." >&2; exit 3; }
command -v systemd-nspawn >/dev/null || { echo "Install systemd-container first." >&2; exit 3; }

# A container may not lock memory unless it is let; a tablet may.
nspawn() { systemd-nspawn -q -D "$root" --register=no --keep-unit --capability=CAP_IPC_LOCK "$@"; }
inside() { nspawn --pipe --setenv=DEBIAN_FRONTEND=noninteractive --setenv=LANG=C.UTF-8 "$@" </dev/null; }
result=$root/root/units.txt
rm -rf "$root/root/packages" "$result" "$root/var/lib/vigil-hub" "$root/var/lib/vigil" "$root/root/office"
cp -r "$packages" "$root/root/packages"; rm -rf "$root/root/packages/_CPack_Packages"

echo "== Install, with systemd"
inside sh -c 'apt-get -q -y --no-install-recommends install systemd systemd-sysv udev libsqlcipher1/bookworm-backports &&
  apt-get -q -y --no-install-recommends install --reinstall /root/packages/vigil-*.deb' >"$root/root/install.log" 2>&1 ||
  { tail -n 20 "$root/root/install.log" >&2; exit 1; }

# What the administrator does: the office's folder into its place, the unit enabled.
inside sh -c 'set -e; cd /root; umask 077; echo "river stone seven lamps" >secret
  vigilctl office init office --name demo --passphrase-file secret --light
  vigilctl office hub office -o hub-data --passphrase-file secret
  cp -r hub-data/. /var/lib/vigil-hub/; rm -r hub-data; chown -R vigil-hub: /var/lib/vigil-hub
  systemctl enable vigil-hub vigil-kiosk' >>"$root/root/install.log" 2>&1 ||
  { tail -n 20 "$root/root/install.log" >&2; exit 1; }
# No display in a container: the app draws into memory, the rest of the unit stays as it is.
mkdir -p "$root/etc/systemd/system/vigil-kiosk.service.d" "$root/etc/systemd/system/multi-user.target.wants"
cat >"$root/etc/systemd/system/vigil-kiosk.service.d/try.conf" <<'UNIT'
[Unit]
ConditionPathExistsGlob=
[Service]
Environment=SDL_VIDEODRIVER=dummy
StandardInput=null
TTYPath=
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
UNIT
cat >"$root/root/units.sh" <<'SCRIPT'
#!/bin/sh
exec >/root/units.txt 2>&1
cd /root
for _ in $(seq 60); do [ -s /var/lib/vigil-hub/listening ] && break; sleep 0.5; done
sleep 3
for unit in vigil-hub vigil-kiosk; do
  echo "$unit: $(systemctl is-active $unit), $(systemctl show -p NRestarts --value $unit) restarts, as $(systemctl show -p User --value $unit)"
  systemd-analyze security --no-pager $unit | tail -n 1
done
ps -o user,args -C vigil-hub,vigil --no-headers 2>/dev/null || true
vigilctl office publish office --hub http://127.0.0.1:8080 --passphrase-file secret && echo "published"
# The confinement holds: another user cannot read the log key, the hub cannot write elsewhere.
stat -c '%U %a %n' /var/lib/vigil-hub /var/lib/vigil
systemctl stop vigil-hub
echo "stopped: $(systemctl show -p Result --value vigil-hub), exit $(systemctl show -p ExecMainStatus --value vigil-hub)"
journalctl -b -q --no-pager -o cat -u vigil-hub -u vigil-kiosk | tail -n 20
echo finished
systemctl poweroff
SCRIPT
chmod +x "$root/root/units.sh"
cat >"$root/etc/systemd/system/try-units.service" <<'UNIT'
[Unit]
After=vigil-hub.service vigil-kiosk.service
[Service]
Type=oneshot
ExecStart=/root/units.sh
TimeoutStartSec=120
UNIT
ln -sf ../try-units.service "$root/etc/systemd/system/multi-user.target.wants/try-units.service"

echo "== Boot"
timeout -k 5 180 systemd-nspawn -q -D "$root" --register=no --keep-unit --capability=CAP_IPC_LOCK -b </dev/null >"$root/root/boot.log" 2>&1 || true
rm -rf "$root/etc/systemd/system/try-units.service" "$root/etc/systemd/system/multi-user.target.wants/try-units.service" \
  "$root/etc/systemd/system/vigil-kiosk.service.d"
sed 's/^/   /' "$result"
for line in 'vigil-hub: active, 0 restarts, as vigil-hub' 'vigil-kiosk: active, 0 restarts, as vigil' published \
  'stopped: success, exit 0' finished; do
  grep -q "$line" "$result" || { echo "This should be there and is not: $line" >&2; exit 1; }
done
if grep -q 'refuses to lock memory' "$result"; then echo "A unit keeps the program from locking memory." >&2; exit 1; fi

echo "== Remove"
inside sh -c 'apt-get -q -y purge "vigil-*"' >>"$root/root/install.log" 2>&1
inside sh -c '! ls /etc/systemd/system/multi-user.target.wants | grep vigil'
rm -rf "$root/var/lib/vigil-hub" "$root/var/lib/vigil" "$root/root/office" "$root/root/secret" "$root/root/packages"
echo "The units hold."
