// SPDX-License-Identifier: Apache-2.0
//
// The invented words of the samples in the language of the screen. Thread: pure functions.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "app/words/words.h"

namespace vigil::tablet {

// Both catalogues outlive this. English where neither has the text.
class SampleWords {
 public:
  SampleWords(const words::Words& interface_words, const words::Words& sample_words)
      : interface_(interface_words), sample_(sample_words) {}

  // The interface's own words where it says the same; else the sample's. "{0}", "{1}" are filled.
  [[nodiscard]] std::string operator()(std::string_view english,
                                       std::initializer_list<std::string_view> values = {}) const;
  // The sample's, though the interface has the same English: it means something else there or says
  // it in other words.
  [[nodiscard]] std::string own(std::string_view english) const;
  // The interface's, by the language's rule.
  [[nodiscard]] std::string plural(std::string_view one, std::string_view many,
                                   unsigned long n) const;
  // "Limit: at most 24 h".
  [[nodiscard]] std::string at_most(std::string_view hours) const;
  // ISO 639-1.
  [[nodiscard]] const std::string& language() const { return interface_.language(); }

 private:
  const words::Words& interface_;
  const words::Words& sample_;
};

}  // namespace vigil::tablet
