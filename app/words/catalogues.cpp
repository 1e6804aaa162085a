// SPDX-License-Identifier: Apache-2.0
#include "app/words/catalogues.h"

#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "platform/paths.h"

namespace vigil::words {
namespace {

constexpr std::pair<std::string_view, std::string_view> kLanguages[] = {
    {"ru", "Русский"}, {"ky", "Кыргызча"},  {"kk", "Қазақша"},
    {"tg", "Тоҷикӣ"},  {"uz", "Oʻzbekcha"}, {"tk", "Türkmençe"}};
// Far above any catalogue: no file decides our memory.
constexpr std::uint64_t kCatalogueLimit_bytes = 4 * 1024 * 1024;

// The office's package brings its own copy: two packages may not own one file.
constexpr std::string_view kPlaces[] = {"locale", "office/locale"};
constexpr std::string_view kSamplePlaces[] = {"locale/sample"};

std::optional<std::string> catalogue_path(Files& files, std::string_view code,
                                          std::span<const std::string_view> places) {
  for (const std::string& folder : platform::data_directories()) {
    for (const std::string_view place : places) {
      std::string path = fmt::format("{}/{}/{}.mo", folder, place, code);
      if (files.exists(path)) return path;
    }
  }
  return std::nullopt;
}

Words load(Files& files, std::string_view code, std::span<const std::string_view> places) {
  const auto path = code == "en" ? std::nullopt : catalogue_path(files, code, places);
  if (!path) return {};
  const auto bytes = files.read(*path, kCatalogueLimit_bytes);
  if (!bytes) return {};
  return Words::parse(*bytes).value_or(Words());
}

}  // namespace

std::vector<InterfaceLanguage> interface_languages(Files& files) {
  std::vector<InterfaceLanguage> languages = {{"en", "English"}};
  for (const auto& [code, label] : kLanguages) {
    if (catalogue_path(files, code, kPlaces)) {
      languages.push_back({std::string(code), std::string(label)});
    }
  }
  return languages;
}

Words load_words(Files& files, std::string_view code) {
  return load(files, code, kPlaces);
}

Words load_sample_words(Files& files, std::string_view code) {
  return load(files, code, kSamplePlaces);
}

}  // namespace vigil::words
