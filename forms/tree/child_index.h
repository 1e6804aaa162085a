// SPDX-License-Identifier: Apache-2.0
//
// Child elements by local name, kept by elements with more than a handful of children. Open
// addressing over dense integer ids: a look-up is one multiplication and usually one probe.
#pragma once

#include <cstdint>
#include <vector>

#include "forms/tree/tree.h"

namespace vigil::forms {

struct ChildIndex {
  struct Entry {
    LocalId local = 0;  // 0, the empty name, marks a free place: no element is called ""
    std::uint32_t count = 0;
    Node* first = nullptr;
  };

  explicit ChildIndex(Node& parent);

  [[nodiscard]] const Entry* find(LocalId local) const;
  // `child` has just been linked in / is about to be unlinked.
  void inserted(Node& child);
  void removing(Node& child);

 private:
  Entry& place(LocalId local);
  void grow();
  [[nodiscard]] std::size_t start(LocalId local) const {
    return (local * std::uint32_t{0x9E3779B1}) & (entries_.size() - 1);
  }

  std::vector<Entry> entries_;
  std::size_t used_ = 0;
};

}  // namespace vigil::forms
