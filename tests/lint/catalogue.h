// SPDX-License-Identifier: Apache-2.0
//
// GNU gettext catalogues and the words that the source asks for, as the lint tests read them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/lint/tree.h"

namespace vigil::lint {

struct CatalogueEntry {
  std::string plural;                     // msgid_plural; empty where there is none
  std::vector<std::string> translations;  // one, or one a plural form
  bool draft = false;                     // "#, fuzzy"
  bool obsolete = false;                  // "#~"
};

struct Catalogue {
  std::string language;  // from the file's name
  std::string path;
  std::string header;
  int plural_forms = 0;  // nplurals of the header
  std::map<std::string, CatalogueEntry> entries;
  std::vector<std::string> twice;  // msgids that come more than once
};

// Every .po of the tablet.
[[nodiscard]] std::vector<Catalogue> read_catalogues();

struct AskedWord {
  std::string path;
  std::size_t line;    // from 1
  std::string text;    // empty where the call names no literal
  std::string plural;  // empty where the word has none
};
// Every literal in a call of words(...), words_(...) or .plural(..., ..., n) of one file.
[[nodiscard]] std::vector<AskedWord> asked_words(const SourceFile& file);

}  // namespace vigil::lint
