// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/sample_words.h"

namespace vigil::tablet {

std::string SampleWords::operator()(std::string_view english,
                                    std::initializer_list<std::string_view> values) const {
  const std::string_view known = interface_(english);
  // A catalogue never repeats the English (a test holds that), but for a few units.
  return words::fill(known == english ? sample_(english) : known, values);
}

std::string SampleWords::own(std::string_view english) const {
  return std::string(sample_(english));
}

std::string SampleWords::plural(std::string_view one, std::string_view many,
                                unsigned long n) const {
  return interface_.plural(one, many, n);
}

std::string SampleWords::at_most(std::string_view hours) const {
  const SampleWords& say = *this;
  return say("Limit: at most {0}", {say("{0} h", {hours})});
}

}  // namespace vigil::tablet
