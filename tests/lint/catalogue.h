// SPDX-License-Identifier: Apache-2.0
//
// GNU gettext catalogues and the words that the source asks for, as the lint tests read them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

// The interface's, and those of the tablet's samples.
inline constexpr std::string_view kInterfaceCatalogues = "app/words/locale/";
inline constexpr std::string_view kSampleCatalogues = "app/words/locale/sample/";

// Every .po of one folder.
[[nodiscard]] std::vector<Catalogue> read_catalogues(std::string_view folder);

struct AskedWord {
  std::string path;
  std::size_t line;    // from 1
  std::string text;    // empty where the call names no literal
  std::string plural;  // empty where the word has none
};
// How the source asks for a text of the interface, and of a sample: say.own(...) where the sample
// has words of its own for what the interface says too.
inline constexpr std::string_view kInterfaceCalls[] = {"words(", "words_(", "words.plural(",
                                                       "words_.plural("};
inline constexpr std::string_view kSampleCalls[] = {"say(", "say_("};
inline constexpr std::string_view kSamplePlurals[] = {"say.plural(", "say_.plural("};
inline constexpr std::string_view kSampleOwnCalls[] = {"say.own(", "say_.own("};

// Every literal in such a call of one file.
[[nodiscard]] std::vector<AskedWord> asked_words(const SourceFile& file,
                                                 std::span<const std::string_view> calls);

}  // namespace vigil::lint
