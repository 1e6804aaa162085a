// SPDX-License-Identifier: Apache-2.0
//
// Which nodes of a form an expression may read, told from its text alone.
#pragma once

#include <compare>
#include <unordered_map>
#include <vector>

#include "forms/xform/form.h"

namespace vigil::forms {

// A node that is read: all its instances below the nearest ancestor that reader and node share.
struct Read {
  SchemaIndex node = kNone;
  SchemaIndex shared = kNone;  // kNone: all instances there are
  bool soft = false;           // of another repeat instance: no cycle
  friend auto operator<=>(const Read&, const Read&) = default;
};

class ReadFinder {
 public:
  // `form` must have its schema, and outlives the finder.
  explicit ReadFinder(const Form& form);

  // Where a reference leads from `context`; nothing where it starts in another instance.
  [[nodiscard]] std::vector<Read> resolve(SchemaIndex context, const Reference& reference,
                                          bool position) const;
  void append(SchemaIndex context, const Expression& expression, std::vector<Read>& out) const;
  // The same for what is read of the record saved before this one, as nodes of this form.
  void append_last_saved(SchemaIndex context, const Expression& expression,
                         std::vector<Read>& out) const;

 private:
  void walk(const Reference::Step& step, SchemaIndex context, bool keep, bool position,
            const Read& from, std::vector<Read>& next) const;
  [[nodiscard]] std::vector<SchemaIndex> children(SchemaIndex node,
                                                  const Reference::Step& step) const;
  [[nodiscard]] bool matches(const Reference::Step& step, SchemaIndex index) const;
  [[nodiscard]] bool above(SchemaIndex ancestor, SchemaIndex index) const;

  const Form& form_;
  // By parent and local name: a group may have thousands of children.
  std::unordered_map<std::uint64_t, std::vector<SchemaIndex>> by_name_;
};

}  // namespace vigil::forms
