// SPDX-License-Identifier: Apache-2.0
//
// Interned names: a name test compares two integers. Thread: any, at any time.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace vigil::forms {

using NameId = std::uint32_t;         // namespace uri + local name
using LocalId = std::uint32_t;        // local name alone
inline constexpr NameId kNoName = 0;  // of documents, text and comments

// Interned qualified names, shared by one form's documents and expressions.
class NameTable {
 public:
  NameTable();
  ~NameTable();
  NameTable(const NameTable&) = delete;
  NameTable& operator=(const NameTable&) = delete;

  // The id of {uri}local, new or old. `uri` is "" for names in no namespace.
  [[nodiscard]] NameId intern(std::string_view uri, std::string_view local);
  [[nodiscard]] LocalId intern_local(std::string_view local);
  // Views live as long as the table.
  [[nodiscard]] std::string_view uri(NameId name) const;
  [[nodiscard]] std::string_view local(NameId name) const;
  [[nodiscard]] LocalId local_id(NameId name) const;
  [[nodiscard]] std::string_view local_text(LocalId local) const;

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace vigil::forms
