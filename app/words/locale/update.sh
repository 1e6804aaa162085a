#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Brings the catalogues in step with the words in the source (GNU gettext): new ones come in empty, those
# that are gone go. `make test` fails until the empty ones are translated. usage: update.sh [TEMPLATE.pot]
# The samples' texts have catalogues of their own in sample/, without what the interface's already have.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
export LC_ALL=C.UTF-8
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
template=$folder/vigil.pot
sample_template=$folder/sample.pot

# asked TEMPLATE SOURCES KEYWORD...
asked() {
  local output=$1 sources=$2
  shift 2
  xgettext --from-code=UTF-8 --language=C++ --no-location --package-name=vigil \
    --keyword "${@/#/--keyword=}" --files-from="$sources" -o "$output" 2>/dev/null
  # A "%" is a percent sign here: our words are filled by place, never by printf.
  sed -i '/^#, c-format$/d; s/charset=CHARSET/charset=UTF-8/' "$output"
}

# It warns of every key beyond ASCII.
quiet() { "$@" 2>/dev/null; }

# in_step TEMPLATE CATALOGUE...
in_step() {
  local template=$1 catalogue
  shift
  for catalogue in "$@"; do
    # No guesses: a guess would carry the same mark as a draft.
    msgmerge --quiet --no-fuzzy-matching --no-location --no-wrap -o "$folder/merged.po" "$catalogue" "$template"
    msgattrib --no-obsolete --no-wrap "$folder/merged.po" |
      sed '/^"POT-Creation-Date: /d; /^"Report-Msgid-Bugs-To: /d' >"$catalogue"
    echo "${catalogue#app/words/locale/}: $(msgattrib --untranslated --no-wrap "$catalogue" | grep -c '^msgid ' || true) without a translation"
  done
}

find app/tablet app/ui app/words app/ctl -name '*.cpp' ! -name 'sample*.cpp' | sort >"$folder/sources"
asked "$template" "$folder/sources" words words_ plural:1,2
in_step "$template" app/words/locale/*.po

find app/tablet/screens -name 'sample*.cpp' | sort >"$folder/samples"
asked "$folder/said.pot" "$folder/samples" say say_
asked "$folder/own.pot" "$folder/samples" own
quiet msgcomm --unique "$folder/said.pot" "$template" -o "$folder/apart.pot"
quiet msgcomm --more-than=1 "$folder/said.pot" "$folder/apart.pot" -o "$folder/new.pot"
quiet msgcat --use-first "$folder/own.pot" "$folder/new.pot" -o "$sample_template"
in_step "$sample_template" app/words/locale/sample/*.po
if [ $# -gt 0 ]; then cp "$template" "$1"; fi
