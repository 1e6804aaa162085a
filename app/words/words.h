// SPDX-License-Identifier: Apache-2.0
//
// The interface's own words from GNU gettext catalogues (.mo), read by us: several languages can be
// open at once and none depends on the process's locale. Read-only after loading; any thread.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::words {

// C's integer expressions as gettext's "plural=" has them, over n.
class PluralRule {
 public:
  // kInvalid "words.plural".
  [[nodiscard]] static Result<PluralRule> parse(std::string_view expression, int forms);
  PluralRule() = default;  // n != 1
  // 0 .. forms - 1.
  [[nodiscard]] std::size_t form(unsigned long n) const;

 private:
  std::string expression_ = "n != 1";
  int forms_ = 2;
};

class Words {
 public:
  Words() = default;  // English, as written in the source
  // kInvalid "words.catalogue": not a .mo file, or one with a bad plural rule.
  [[nodiscard]] static Result<Words> parse(ByteView mo);

  // The translation of `english`, or itself. Lives as long as this and the argument.
  [[nodiscard]] std::string_view operator()(std::string_view english) const;
  // By the language's own rule; "{0}" stands for the number and is filled in.
  [[nodiscard]] std::string plural(std::string_view one, std::string_view many,
                                   unsigned long n) const;
  // ISO 639-1.
  [[nodiscard]] const std::string& language() const { return language_; }
  // What stands before the fraction of a number among these words (core/base/language.h).
  [[nodiscard]] char decimal_mark() const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> messages_;
  PluralRule rule_;
  std::string language_ = "en";
};

// "{0}", "{1}" replaced by the values; an index without a value is left as it is.
[[nodiscard]] std::string fill(std::string_view text,
                               std::initializer_list<std::string_view> values);

}  // namespace vigil::words
