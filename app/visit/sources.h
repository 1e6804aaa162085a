// SPDX-License-Identifier: Apache-2.0
//
// One question, asked once per source: where what staff say, detainees say and registers show
// differ, that difference is the finding. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/session/session.h"

namespace vigil::visit {

// "Not seen" and "not applicable" are answers of their own: they neither agree nor disagree, and
// they never count as "no".
[[nodiscard]] bool counts_as_statement(std::string_view value);

// A node with a value of its own: a question, or one that only the model has.
[[nodiscard]] bool holds_value(const forms::NodeState& node);

struct SourceAnswer {
  std::string source;  // seen, staff, detainee, register
  std::string source_label;
  std::string value;
  std::string value_label;  // the choice's label, else the value
};

struct Mismatch {
  std::string ref;  // of the question's group
  std::string label;
  std::vector<SourceAnswer> answers;  // those that make a statement
};

// Every relevant question per source whose statements differ, in document order. `state` is
// FormSession::state().
[[nodiscard]] std::vector<Mismatch> find_mismatches(const std::vector<forms::NodeState>& state);

// What a node is called in a table: a cell of a question per source by its question, "Did a doctor
// look? (Staff)", since "Staff" alone says nothing; a calculation without a label by its name.
// `state` is FormSession::state().
[[nodiscard]] std::string label_in_table(const std::vector<forms::NodeState>& state,
                                         const forms::NodeState& node);

// The same with where it stands, since "Number" alone says nothing among forty cells: "Cell 2:
// Number", "Corridor 1, Cell 2: Number". `state` is FormSession::state().
[[nodiscard]] std::string label_with_place(const std::vector<forms::NodeState>& state,
                                           std::string_view ref, const std::string& label);

// The label of a choice value of this node (several for select multiple, comma between), else the
// value itself.
[[nodiscard]] std::string value_label(const forms::NodeState& node);

}  // namespace vigil::visit
