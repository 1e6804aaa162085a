// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/sticks.h"

#include <fmt/format.h>

#include "platform/media.h"

namespace vigil::tablet {

std::vector<std::string> stick_folders(const std::vector<std::string>& roots) {
  if (!roots.empty()) return platform::removable_folders(roots);
  return platform::mounted_folders({"/media", "/run/media"});
}

std::vector<ui::Option> stick_options(const std::vector<std::string>& roots) {
  std::vector<ui::Option> found;
  for (const std::string& folder : stick_folders(roots)) {
    found.push_back({folder, std::string(file_name(folder)), false});
  }
  return found;
}

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string size_words(const words::Words& words, std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1000;
  if (bytes < kKilo * kKilo) {
    return words::fill(words("{0} kB"), {fmt::format("{}", (bytes + kKilo - 1) / kKilo)});
  }
  return words::fill(words("{0} MB"),
                     {fmt::format("{}", (bytes + kKilo * kKilo - 1) / (kKilo * kKilo))});
}

}  // namespace vigil::tablet
