// SPDX-License-Identifier: Apache-2.0
#include <deque>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "forms/tree/tree.h"

namespace vigil::forms {
namespace {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
using IdsByText = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

}  // namespace

struct NameTable::Tables {
  struct Name {
    std::uint32_t uri;
    LocalId local;
  };
  mutable std::shared_mutex mutex;
  IdsByText ids_by_text;          // uris and local names alike
  std::deque<std::string> texts;  // a deque: views into it must stay
  std::deque<Name> names;
  std::unordered_map<std::uint64_t, NameId> ids_by_name;

  std::uint32_t text_id(std::string_view text) {
    if (const auto found = ids_by_text.find(text); found != ids_by_text.end()) {
      return found->second;
    }
    const auto id = static_cast<std::uint32_t>(texts.size());
    texts.emplace_back(text);
    ids_by_text.emplace(text, id);
    return id;
  }
};

NameTable::NameTable() : tables_(std::make_unique<Tables>()) {
  // Text 0 is "", name 0 (kNoName) is {""}"".
  (void)intern("", "");
}

NameTable::~NameTable() = default;

NameId NameTable::intern(std::string_view uri, std::string_view local) {
  Tables& tables = *tables_;
  const std::unique_lock lock(tables.mutex);
  const std::uint32_t uri_id = tables.text_id(uri);
  const LocalId local_name = tables.text_id(local);
  const std::uint64_t key = (std::uint64_t{uri_id} << 32U) | local_name;
  const auto [place, is_new] =
      tables.ids_by_name.emplace(key, static_cast<NameId>(tables.names.size()));
  if (is_new) tables.names.push_back({.uri = uri_id, .local = local_name});
  return place->second;
}

LocalId NameTable::intern_local(std::string_view local) {
  const std::unique_lock lock(tables_->mutex);
  return tables_->text_id(local);
}

std::string_view NameTable::uri(NameId name) const {
  const std::shared_lock lock(tables_->mutex);
  return tables_->texts[tables_->names[name].uri];
}

std::string_view NameTable::local(NameId name) const {
  const std::shared_lock lock(tables_->mutex);
  return tables_->texts[tables_->names[name].local];
}

std::string_view NameTable::local_text(LocalId local) const {
  const std::shared_lock lock(tables_->mutex);
  return tables_->texts[local];
}

LocalId NameTable::local_id(NameId name) const {
  const std::shared_lock lock(tables_->mutex);
  return tables_->names[name].local;
}

}  // namespace vigil::forms
