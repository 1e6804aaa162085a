// SPDX-License-Identifier: Apache-2.0
//
// What an expression reads, as far as its text tells: the edges of the dependency graph.
#pragma once

#include <string>
#include <vector>

#include "forms/tree/tree.h"

namespace vigil::forms {

// One path an expression reads. Paths inside a predicate appear joined to the step they filter:
// /data/person[age > 5]/name gives /data/person/name (two steps of it with_predicate) and
// /data/person/age (in_predicate). current() starts at the context of the whole expression, in a
// predicate too. All paths, so also both arguments of indexed-repeat() and the path given as text
// to jr:choice-name().
struct Reference {
  enum class Start {
    kRoot,      // "/..."
    kContext,   // ".", "..", "name", "current()/..."
    kInstance,  // instance('id')/...
  };
  enum class Axis {
    kSelf,
    kParent,
    kChild,
    kAttribute,
    kDescendantOrSelf,  // "//"
    kOther,             // any other XPath axis: take it for the whole document
  };
  struct Step {
    Axis axis = Axis::kChild;
    bool any_name = false;  // "*", node(), and all steps of kSelf and kParent without a name
    NameId name = kNoName;  // qualified; only when the step had a prefix
    LocalId local = 0;
    bool with_predicate = false;
    friend bool operator==(const Step&, const Step&) = default;
  };

  Start start = Start::kRoot;
  std::string instance_id;  // kInstance with a literal id; "" where the id is computed
  std::vector<Step> steps;
  bool in_predicate = false;
  friend bool operator==(const Reference&, const Reference&) = default;
};

// What the result hangs on besides the paths read.
struct Volatility {
  bool clock = false;   // now(), today()
  bool random = false;  // random(), uuid(), randomize() without a seed
  bool position =
      false;          // position(), last(), position(..), indexed-repeat, [n]: where repeats stand
  bool once = false;  // once(): reads the context node's own value
  bool language = false;  // jr:itext(), jr:choice-name()
  bool host = false;      // property(), version(), extract-signed(), pulldata() of an instance
};

}  // namespace vigil::forms
