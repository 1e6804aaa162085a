#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs from Debian what is missing to build, run and test Vigil; prints nothing when nothing is.
# Debian 12 and 13, as root or with sudo. `debian.sh lint` adds what `make lint` needs, `debian.sh
# package` what `make package` needs.
set -euo pipefail

packages=(
  # build
  build-essential cmake ninja-build pkg-config ccache gettext
  libsodium-dev libfmt-dev nlohmann-json3-dev libcli11-dev libpugixml-dev libzip-dev libpcre2-dev
  libmicrohttpd-dev libcurl4-openssl-dev ca-certificates libsdl2-dev libimgui-dev libstb-dev libfreetype-dev
  libpng-dev libqrencode-dev libzxing-dev libdbus-1-dev dbus-daemon
  nettle-dev tzdata fonts-noto-core
  # camera and sound of the tablet app
  libjpeg62-turbo-dev libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev gstreamer1.0-plugins-base
  gstreamer1.0-plugins-good
  # test, and what the demonstration checks us against
  libgtest-dev libgmock-dev libbenchmark-dev age minisign jq xvfb xdotool python3 zip zbar-tools openssl
)
[ "${1:-}" = lint ] && packages+=(clang-19 clang-tidy-19 clang-format-19 libclang-rt-19-dev lld-19)

[ "${1:-}" = package ] && packages+=(dpkg-dev file)

# SQLCipher: Debian 12 itself has 3.4.1, which is too old to be safe; backports has 4.6.
sqlcipher=libsqlcipher-dev
sqlcipher_least=4.5

installed_version() { dpkg-query -W -f '${db:Status-Abbrev}${Version}' "$1" 2>/dev/null | sed -n "s/^ii *//p" || true; }

missing=()
for package in "${packages[@]}"; do
  [ -n "$(installed_version "$package")" ] || missing+=("$package")
done
have=$(installed_version "$sqlcipher")
need_sqlcipher=no
if [ -z "$have" ] || dpkg --compare-versions "$have" lt "$sqlcipher_least"; then need_sqlcipher=yes; fi
[ ${#missing[@]} -eq 0 ] && [ $need_sqlcipher = no ] && exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=(env)
elif command -v sudo >/dev/null; then
  as_root=(sudo env)
else
  echo "Vigil needs packages from Debian, and this user is neither root nor has sudo." >&2
  echo "Ask an administrator to install: ${missing[*]} $sqlcipher (>= $sqlcipher_least)" >&2
  exit 3
fi
apt() { "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 "$@"; }

echo "Installing from Debian: ${missing[*]}$([ $need_sqlcipher = yes ] && echo " $sqlcipher (>= $sqlcipher_least)")"
apt update >/dev/null
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")

if [ $need_sqlcipher = yes ]; then
  candidate=$(apt-cache policy "$sqlcipher" | sed -n 's/^  Candidate: //p')
  release_option=()
  if [ -z "$candidate" ] || [ "$candidate" = "(none)" ] ||
     dpkg --compare-versions "$candidate" lt "$sqlcipher_least"; then
    release_option=(-t "$codename-backports")
    if ! apt-cache policy | grep -q "n=$codename-backports"; then
      # The machine's own mirror of the main archive, whatever form its sources are written in.
      mirror=$(apt-get indextargets --format '$(CREATED_BY) $(RELEASE) $(COMPONENT) $(REPO_URI)' |
               awk -v release="$codename" '$1 == "Packages" && $2 == release && $3 == "main" { print $4; exit }')
      if [ -z "$mirror" ]; then
        echo "No apt source for $codename main was found; add $codename-backports by hand and try again." >&2
        exit 3
      fi
      echo "Adding $codename-backports from this machine's own mirror (SQLCipher 4.6 is there)."
      printf 'Types: deb\nURIs: %s\nSuites: %s-backports\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
        "$mirror" "$codename" | "${as_root[@]}" tee /etc/apt/sources.list.d/vigil-backports.sources >/dev/null
      apt update >/dev/null
    fi
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
run() { if ! "$@" >"$log" 2>&1; then tail -n 30 "$log" >&2; echo "Debian could not install these packages; the lines above say why." >&2; exit 3; fi; }
[ ${#missing[@]} -eq 0 ] || run apt install -y --no-install-recommends "${missing[@]}"
[ $need_sqlcipher = no ] || run apt install -y --no-install-recommends "${release_option[@]}" "$sqlcipher"
