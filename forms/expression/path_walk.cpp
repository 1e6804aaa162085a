// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/path_walk.h"

#include <algorithm>

namespace vigil::forms {
namespace {

// The next node after `at` and all below it, within `top`.
const Node* next_after(const Node* at, const Node* top) {
  while (at != top && at->next_sibling() == nullptr) at = at->parent();
  return at == top ? nullptr : at->next_sibling();
}

bool is_reverse(Axis axis) {
  return axis == Axis::kAncestor || axis == Axis::kAncestorOrSelf || axis == Axis::kPreceding ||
         axis == Axis::kPrecedingSibling;
}

}  // namespace

bool matches(const Step& step, const Node& node, const NameTable& names) {
  const NodeKind principal =
      step.axis == Axis::kAttribute ? NodeKind::kAttribute : NodeKind::kElement;
  switch (step.test) {
    case NodeTest::kAnyNode:
      return true;
    case NodeTest::kLocalName:
      return node.local() == step.local && node.kind() == principal;
    case NodeTest::kQualifiedName:
      return node.name() == step.name && node.kind() == principal;
    case NodeTest::kAnyName:
      return node.kind() == principal;
    case NodeTest::kAnyInNamespace:
      return node.kind() == principal && names.uri(node.name()) == step.uri;
    case NodeTest::kText:
      return node.kind() == NodeKind::kText;
    case NodeTest::kComment:
      return node.kind() == NodeKind::kComment;
    case NodeTest::kInstruction:
      return node.kind() == NodeKind::kInstruction &&
             (step.uri.empty() || names.local(node.name()) == step.uri);
  }
  return false;
}

void sort_in_document_order(NodeSet& nodes, const Document* document) {
  if (nodes.size() < 2) return;
  bool one_document = document != nullptr;
  if (!one_document) {
    document = Document::of(*nodes.front());
    one_document = document != nullptr &&
                   std::all_of(nodes.begin(), nodes.end(), [document](const Node* node) {
                     return Document::of(*node) == document;
                   });
  }
  if (one_document) {
    std::sort(nodes.begin(), nodes.end(), [document](const Node* a, const Node* b) {
      return document->compare_order(*a, *b) < 0;
    });
  } else {
    std::sort(nodes.begin(), nodes.end(), [](const Node* a, const Node* b) {
      const Document* of_a = Document::of(*a);
      const Document* of_b = Document::of(*b);
      if (of_a != of_b || of_a == nullptr) {
        return of_a != of_b ? std::less<>{}(of_a, of_b) : std::less<>{}(a, b);
      }
      return of_a->compare_order(*a, *b) < 0;
    });
  }
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

void PathWalk::run(NodeSet& out) {
  // Setting out costs about as much as this many nodes.
  constexpr std::size_t kWalkCost = 8;
  if (!evaluator_.spend(kWalkCost)) return;
  start();
  if (nodes_.size() == 1) origin_ = nodes_.front();
  for (const Predicate& predicate : path_.start_predicates) filter(predicate, nodes_);
  for (const Step& step : path_.steps) {
    if (evaluator_.failed()) return;
    take(step);
  }
  for (const Node* node : nodes_) {
    if (evaluator_.counts(*node)) out.push_back(node);
  }
}

void PathWalk::start() {
  switch (path_.start) {
    case Path::Start::kContext:
      nodes_.push_back(focus_.node);
      break;
    case Path::Start::kRoot:
      nodes_.push_back(evaluator_.root());
      break;
    case Path::Start::kCurrent:
      nodes_.push_back(evaluator_.current());
      break;
    case Path::Start::kTerm:
      evaluator_.nodes(*path_.term, focus_, nodes_);
      flat_ = nodes_.size() < 2;
      break;
  }
}

void PathWalk::take(const Step& step) {
  NodeSet next;
  NodeSet found;
  const bool direct = step.predicates.empty() && !is_reverse(step.axis);
  for (const Node* from : nodes_) {
    if (direct) {
      gather(step, *from, next);
      if (evaluator_.failed()) return;
      continue;
    }
    found.clear();
    const bool indexed = gather_by_index(step, *from, found);
    if (!indexed) gather(step, *from, found);
    for (std::size_t i = 0; i < step.predicates.size() && !evaluator_.failed(); ++i) {
      if (indexed && i == 0 && step.predicates[0].index_decides) continue;
      filter(step.predicates[i], found);
    }
    if (evaluator_.failed()) return;
    if (is_reverse(step.axis)) std::reverse(found.begin(), found.end());
    next.insert(next.end(), found.begin(), found.end());
  }
  const bool several = nodes_.size() > 1;
  nodes_.swap(next);
  switch (step.axis) {
    case Axis::kSelf:
      break;
    case Axis::kChild:
    case Axis::kAttribute:
      if (!flat_) sort();
      break;
    case Axis::kDescendant:
    case Axis::kDescendantOrSelf:
      if (!flat_) sort();
      flat_ = false;
      break;
    default:
      if (several) sort();
      flat_ = nodes_.size() < 2;
      break;
  }
}

// Steps do not leave the document they start in.
void PathWalk::sort() {
  sort_in_document_order(nodes_, origin_ == nullptr ? nullptr : Document::of(*origin_));
}

void PathWalk::add_if_match(const Step& step, const Node& node, NodeSet& found) {
  if (matches(step, node, *evaluator_.program().names)) found.push_back(&node);
}

void PathWalk::gather_children(const Step& step, const Node& from, NodeSet& found) {
  if (step.predicates.empty()) {
    const Node* own = evaluator_.own_instance(path_, step, &from);
    if (own != nullptr) {
      found.push_back(own);
      return;
    }
  }
  if (step.test != NodeTest::kLocalName && step.test != NodeTest::kQualifiedName) {
    std::size_t visited = 0;
    for (const Node* child = from.first_child(); child != nullptr; child = child->next_sibling()) {
      ++visited;
      add_if_match(step, *child, found);
    }
    (void)evaluator_.spend(visited);
    return;
  }
  const ChildRun run = from.children_by_local(step.local);
  std::size_t left = run.count;
  // [n] first: nothing behind the nth is wanted. Only where all of the run match by local name.
  if (!step.predicates.empty() && step.predicates.front().constant_position != 0 &&
      step.test == NodeTest::kLocalName) {
    left = std::min(left, step.predicates.front().constant_position);
  }
  std::size_t visited = 0;
  for (const Node* child = run.first; left != 0; child = child->next_sibling()) {
    ++visited;
    if (child->local() != step.local || child->kind() != NodeKind::kElement) continue;
    --left;
    add_if_match(step, *child, found);
  }
  (void)evaluator_.spend(visited + 1);
}

void PathWalk::gather_below(const Step& step, const Node& from, NodeSet& found) {
  if (step.axis == Axis::kDescendantOrSelf) add_if_match(step, from, found);
  // "//name" was shortened to descendant::name; attributes are on no such axis.
  std::size_t visited = 0;
  const Node* at = from.first_child();
  while (at != nullptr) {
    ++visited;
    add_if_match(step, *at, found);
    at = at->first_child() != nullptr ? at->first_child() : next_after(at, &from);
  }
  (void)evaluator_.spend(visited);
}

void PathWalk::gather(const Step& step, const Node& from, NodeSet& found) {
  if (!evaluator_.spend(1)) return;
  switch (step.axis) {
    case Axis::kChild:
      gather_children(step, from, found);
      return;
    case Axis::kSelf:
      add_if_match(step, from, found);
      return;
    case Axis::kParent:
      if (from.parent() != nullptr) add_if_match(step, *from.parent(), found);
      return;
    case Axis::kAttribute:
      for (const Node* at = from.first_attribute(); at != nullptr; at = at->next_sibling()) {
        add_if_match(step, *at, found);
      }
      return;
    case Axis::kDescendant:
    case Axis::kDescendantOrSelf:
      gather_below(step, from, found);
      return;
    case Axis::kAncestor:
    case Axis::kAncestorOrSelf: {
      const Node* at = step.axis == Axis::kAncestor ? from.parent() : &from;
      for (; at != nullptr && evaluator_.spend(1); at = at->parent()) {
        add_if_match(step, *at, found);
      }
      return;
    }
    case Axis::kFollowingSibling:
      if (from.kind() == NodeKind::kAttribute) return;
      for (const Node* at = from.next_sibling(); at != nullptr && evaluator_.spend(1);
           at = at->next_sibling()) {
        add_if_match(step, *at, found);
      }
      return;
    case Axis::kPrecedingSibling:
      if (from.kind() == NodeKind::kAttribute) return;
      for (const Node* at = from.previous_sibling(); at != nullptr && evaluator_.spend(1);
           at = at->previous_sibling()) {
        add_if_match(step, *at, found);
      }
      return;
    case Axis::kFollowing:
      gather_following(step, from, found);
      return;
    case Axis::kPreceding:
      gather_preceding(step, from, found);
      return;
    case Axis::kNamespace:
      return;  // No namespace nodes: forms have no use for them.
  }
}

void PathWalk::gather_following(const Step& step, const Node& from, NodeSet& found) {
  // After an attribute come its element's children.
  const bool attribute = from.kind() == NodeKind::kAttribute;
  const Node* at = attribute ? from.parent()->first_child() : nullptr;
  if (at == nullptr) at = next_after(attribute ? from.parent() : &from, evaluator_.topmost());
  while (at != nullptr && evaluator_.spend(1)) {
    add_if_match(step, *at, found);
    at = at->first_child() != nullptr ? at->first_child() : next_after(at, evaluator_.topmost());
  }
}

// Reverse document order without ancestors.
void PathWalk::gather_preceding(const Step& step, const Node& from, NodeSet& found) {
  Step whole;
  whole.axis = Axis::kDescendantOrSelf;
  whole.test = step.test;
  whole.name = step.name;
  whole.local = step.local;
  whole.uri = step.uri;
  for (const Node* up = from.kind() == NodeKind::kAttribute ? from.parent() : &from; up != nullptr;
       up = up->parent()) {
    for (const Node* tree = up->previous_sibling(); tree != nullptr;
         tree = tree->previous_sibling()) {
      NodeSet part;
      gather_below(whole, *tree, part);
      found.insert(found.end(), part.rbegin(), part.rend());
      if (evaluator_.failed()) return;
    }
  }
}

bool PathWalk::gather_by_index(const Step& step, const Node& from, NodeSet& found) {
  // A scan of a few items is as quick as making the index.
  constexpr std::size_t kIndexedFrom = 8;
  if (step.predicates.empty() || step.predicates.front().indexed_value == nullptr) return false;
  const Document* document = Document::of(from);
  if (document == nullptr || !document->frozen()) return false;
  if (from.children_by_local(step.local).count < kIndexedFrom) return false;
  const Predicate& predicate = step.predicates.front();
  const Value wanted = evaluator_.value(*predicate.indexed_value, focus_);
  if (evaluator_.failed()) return true;
  std::string buffer;
  std::string_view key;
  if (wanted.type() == ValueType::kString) {
    key = wanted.text();
  } else if (wanted.type() == ValueType::kNodeSet) {
    if (wanted.nodes().size() > 1) return false;
    if (wanted.nodes().empty()) {
      if (evaluator_.program().plain_xpath) return true;  // equal to nothing
    } else {
      if (wanted.nodes().front()->value_kind == ValueKind::kNumber ||
          wanted.nodes().front()->value_kind == ValueKind::kBoolean) {
        return false;
      }
      key = string_value(*wanted.nodes().front(), buffer);
    }
    // An empty key equals items without the child too, which no index lists.
    if (key.empty()) return false;
  } else {
    return false;
  }
  if (key.empty()) return false;
  const KeyMatches& items = *document->by_key(from, step.local, predicate.indexed_key, key);
  found.assign(items.begin(), items.end());
  return evaluator_.spend(items.size() + 1);
}

void PathWalk::filter(const Predicate& predicate, NodeSet& found) {
  if (predicate.constant_position != 0) {
    if (predicate.constant_position > found.size()) {
      found.clear();
    } else {
      const Node* kept = found[predicate.constant_position - 1];
      found.assign(1, kept);
    }
    return;
  }
  Focus item{.node = nullptr, .position = 0, .size = found.size()};
  std::size_t kept = 0;
  for (const Node* node : found) {
    item.node = node;
    ++item.position;
    const bool accepted = accepts(predicate, item);
    if (evaluator_.failed()) return;
    if (accepted) found[kept++] = node;
  }
  found.resize(kept);
}

bool PathWalk::accepts(const Predicate& predicate, const Focus& item) {
  const Term& term = *predicate.term;
  switch (term.type) {
    case StaticType::kBoolean:
    case StaticType::kString:
      return evaluator_.boolean(term, item);
    case StaticType::kNumber:
      return evaluator_.number(term, item) == static_cast<double>(item.position);
    default:
      break;
  }
  const Value value = evaluator_.value(term, item);
  if (value.type() == ValueType::kNumber) {
    return value.number() == static_cast<double>(item.position);
  }
  // JavaRosa takes an answer of a number question for a position.
  if (value.type() == ValueType::kNodeSet && value.nodes().size() == 1 &&
      value.nodes().front()->value_kind == ValueKind::kNumber) {
    return evaluator_.number_from(*value.nodes().front()) == static_cast<double>(item.position);
  }
  return evaluator_.boolean_from(value);
}

}  // namespace vigil::forms
