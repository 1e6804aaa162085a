// SPDX-License-Identifier: Apache-2.0
//
// What a session knows of each node, and how much of everything it bears.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "forms/xform/form.h"

namespace vigil::forms {

// Instances a repeat may have; a count expression that asks for more gets these. Ten times what the
// longest visit we know of needs, small enough to refuse a count of a thousand million.
inline constexpr std::size_t kMaxRepeatInstances = 10'000;
// Nodes a session may hold, all instances together.
inline constexpr std::size_t kMaxSessionNodes = 200'000;
// Rules asked in one operation before we stop (a repeat that counts itself). One that looks at many
// nodes or offers many choices counts as several.
inline constexpr std::size_t kMaxEvaluations = 2'000'000;
inline constexpr std::size_t kNodesOfOneEvaluation = 5;
inline constexpr std::size_t kChoicesOfOneEvaluation = 2;
// Values set by setvalue in one operation (two questions that set each other).
inline constexpr std::size_t kMaxActionsPerOperation = 10'000;

struct Entry {
  Node* node = nullptr;        // nullptr: free
  std::uint32_t position = 0;  // of a repeat instance, from 1
  std::uint8_t waiting = 0;    // a bit for each Aspect whose rule is queued
  std::uint8_t violation = 0;  // 0 none, 1 constraint, 2 required
  bool own_readonly = false;
  bool readonly = false;
  bool required = false;
  bool changed = false;
  bool check = false;  // its validity has to be looked at
};

// A place in the form that a ref names: a node, or all instances of a repeat below `node`.
struct Place {
  Node* node = nullptr;
  SchemaIndex range = kNone;
};

// What a dynamic select offers now.
struct Offer {
  std::vector<const Node*> items;
  std::vector<std::string> values;
};

}  // namespace vigil::forms
