// SPDX-License-Identifier: Apache-2.0
//
// The general way through a path: any axis, any predicate. Not for other folders.
#pragma once

#include "forms/expression/evaluator.h"

namespace vigil::forms {

[[nodiscard]] bool matches(const Step& step, const Node& node, const NameTable& names);

// Document order without duplicates; nodes of different documents in a fixed but unspecified order.
// `document` where the caller knows that all are of one.
void sort_in_document_order(NodeSet& nodes, const Document* document = nullptr);

class PathWalk {
 public:
  PathWalk(Evaluator& evaluator, const Path& path, const Focus& focus)
      : evaluator_(evaluator), path_(path), focus_(focus) {}

  // Appends the nodes the path comes to, irrelevant ones left out.
  void run(NodeSet& out);

 private:
  void start();
  void take(const Step& step);
  void sort();
  void gather(const Step& step, const Node& from, NodeSet& found);
  void gather_children(const Step& step, const Node& from, NodeSet& found);
  void gather_below(const Step& step, const Node& from, NodeSet& found);
  void gather_following(const Step& step, const Node& from, NodeSet& found);
  void gather_preceding(const Step& step, const Node& from, NodeSet& found);
  bool gather_by_index(const Step& step, const Node& from, NodeSet& found);
  void add_if_match(const Step& step, const Node& node, NodeSet& found);
  void filter(const Predicate& predicate, NodeSet& found);
  [[nodiscard]] bool accepts(const Predicate& predicate, const Focus& item);

  Evaluator& evaluator_;
  const Path& path_;
  const Focus& focus_;
  NodeSet nodes_;
  const Node* origin_ = nullptr;  // where the path starts, if from one node
  // No node of nodes_ is below another: then children come out in document order.
  bool flat_ = true;
};

}  // namespace vigil::forms
