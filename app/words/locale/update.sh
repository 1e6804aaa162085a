#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Brings the catalogues in step with the words in the source (GNU gettext): new ones come in empty, those
# that are gone go. `make test` fails until the empty ones are translated. usage: update.sh [TEMPLATE.pot]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
export LC_ALL=C.UTF-8
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
template=$folder/vigil.pot

find app/tablet app/ui app/words app/ctl -name '*.cpp' | sort >"$folder/sources"
xgettext --from-code=UTF-8 --language=C++ --no-location --package-name=vigil \
  --keyword --keyword=words --keyword=words_ --keyword=plural:1,2 \
  --files-from="$folder/sources" -o "$template" 2>/dev/null
# A "%" is a percent sign here: our words are filled by place, never by printf.
sed -i '/^#, c-format$/d' "$template"
for catalogue in app/words/locale/*.po; do
  # No guesses: a guess would carry the same mark as a draft.
  msgmerge --quiet --no-fuzzy-matching --no-location --no-wrap -o "$folder/merged.po" "$catalogue" "$template"
  msgattrib --no-obsolete --no-wrap "$folder/merged.po" |
    sed '/^"POT-Creation-Date: /d; /^"Report-Msgid-Bugs-To: /d' >"$catalogue"
  echo "$(basename "$catalogue"): $(msgattrib --untranslated --no-wrap "$catalogue" | grep -c '^msgid ' || true) without a translation"
done
if [ $# -gt 0 ]; then cp "$template" "$1"; fi
