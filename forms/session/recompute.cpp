// SPDX-License-Identifier: Apache-2.0
//
// Working off what a change sets in motion. Rules wait in a queue ordered by the definition's
// graph, so a rule is asked when all it reads is settled, and once. What an irrelevant node holds
// is kept but neither used nor computed; it is computed when the node becomes relevant.
#include <fmt/format.h>

#include "core/base/bytes.h"
#include "forms/session/session_state.h"
#include "forms/session/value_type.h"
#include "forms/tree/escape.h"

namespace vigil::forms {

// Authors write relevant="${is_adult}" of a calculated ${age} >= 18: "false" must not count as an
// answer that is there.
bool Session::calculates_truth(const Node& node) const {
  const SchemaNode& own = schema(node);
  if (own.type != DataType::kString) return false;
  const RuleIndex rule = own.rules[static_cast<std::size_t>(Aspect::kCalculate)];
  return rule != kNone && form_->expressions[form_->rules[rule].expression].is_boolean();
}

void Session::register_subtree(Node& node) {
  if (node.bind != Node::kNoSlot) {
    if (free_entries_.empty()) {
      node.slot = static_cast<std::uint32_t>(entries_.size());
      entries_.emplace_back();
    } else {
      node.slot = free_entries_.back();
      free_entries_.pop_back();
    }
    entries_[node.slot] = Entry{};
    entries_[node.slot].node = &node;
    const DataType type = schema(node).type;
    if (type == DataType::kInt || type == DataType::kDecimal) node.value_kind = ValueKind::kNumber;
    if (type == DataType::kBoolean || calculates_truth(node)) node.value_kind = ValueKind::kBoolean;
  }
  for (Node* at = node.first_attribute(); at != nullptr; at = at->next_sibling())
    register_subtree(*at);
  for (Node* child = node.first_child(); child != nullptr; child = child->next_sibling())
    register_subtree(*child);
}

void Session::release_subtree(Node& node) {
  if (node.slot != Node::kNoSlot) {
    offers_.erase(node.slot);
    withheld_.erase(node.slot);
    entries_[node.slot] = Entry{};
    free_entries_.push_back(node.slot);
    node.slot = Node::kNoSlot;
  }
  for (Node* at = node.first_attribute(); at != nullptr; at = at->next_sibling())
    release_subtree(*at);
  for (Node* child = node.first_child(); child != nullptr; child = child->next_sibling())
    release_subtree(*child);
}

void Session::mark_changed(Node& node) {
  Entry& own = entry(node);
  if (own.changed) return;
  own.changed = true;
  changed_.push_back(node.slot);
}

EvaluationContext Session::context_of(const Node& node) const {
  EvaluationContext context;
  context.context = &node;
  context.host = const_cast<Session*>(this);
  context.keep_to_repeat_instance = true;
  return context;
}

void Session::problem(const Node& node, const char* what, const Error& error) const {
  if (first_problem_.has_value()) return;
  first_problem_ = Error{
      ErrorKind::kInvalid, error.code,
      fmt::format("The {} of {} cannot be computed: {}", what, schema(node).path, error.message)};
}

// Whether this operation did all that one may; what it leaves undone at `node` is a problem.
bool Session::exhausted(const Node& node) const {
  if (evaluations_ <= kMaxEvaluations) return false;
  problem(
      node, "logic",
      {ErrorKind::kInvalid, "expression.cost",
       "the form asks too much at once; use fewer \"//\", shorter lists and repeats that do not "
       "count each other."});
  return true;
}

void Session::enqueue(RuleIndex rule, Node& node) {
  if (sent_) return;
  const Aspect aspect = form_->rules[rule].aspect;
  if (aspect != Aspect::kCount) {  // several counts may have one parent
    Entry& own = entry(node);
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(aspect));
    if ((own.waiting & bit) != 0) return;
    own.waiting |= bit;
  }
  std::vector<std::uint32_t>& slots = waiting_[rule];
  if (slots.empty()) queue_.push(rule);
  slots.push_back(node.slot);
}

void Session::enqueue_own_rules(Node& node, bool with_relevance) {
  const SchemaNode& own = schema(node);
  for (std::size_t aspect = 0; aspect < kAspects; ++aspect) {
    if (own.rules[aspect] == kNone || aspect == static_cast<std::size_t>(Aspect::kCount)) continue;
    if (aspect == static_cast<std::size_t>(Aspect::kRelevant) && !with_relevance) continue;
    enqueue(own.rules[aspect], node);
  }
}

void Session::enqueue_subtree(Node& node) {
  if (node.slot == Node::kNoSlot) return;
  enqueue_own_rules(node, true);
  Entry& own = entry(node);
  if (!own.check) {
    own.check = true;
    to_check_.push_back(node.slot);
  }
  for (const SchemaIndex child : schema(node).children) {
    const RuleIndex count = form_->schema[child].rules[static_cast<std::size_t>(Aspect::kCount)];
    if (count != kNone) enqueue(count, node);
  }
  for (Node* at = node.first_attribute(); at != nullptr; at = at->next_sibling())
    enqueue_subtree(*at);
  for (Node* child = node.first_child(); child != nullptr; child = child->next_sibling())
    enqueue_subtree(*child);
}

// A count's rule is asked at the parent of the instances.
void Session::enqueue_list(const std::vector<Dependent>& list, const Node& changed) {
  for (const Dependent& dependent : list) {
    const Rule& rule = form_->rules[dependent.rule];
    const SchemaIndex site =
        rule.aspect == Aspect::kCount ? form_->schema[rule.target].parent : rule.target;
    const Node* top = &changed;
    while (top != nullptr && top->bind != dependent.shared) {
      const Node* parent = top->parent();
      if (parent == nullptr || parent->bind == Node::kNoSlot) break;
      top = parent;
    }
    if (site < top->bind || site >= form_->schema[top->bind].end) top = document_->root_element();
    each_instance(const_cast<Node&>(*top), site,
                  [&](Node& node) { enqueue(dependent.rule, node); });
    // A repeat without instances shows by its range whether it applies.
    if (rule.aspect != Aspect::kRelevant || !form_->schema[site].is_repeat) continue;
    const SchemaIndex parent = form_->schema[site].parent;
    if (parent < top->bind || parent >= form_->schema[top->bind].end) continue;
    each_instance(const_cast<Node&>(*top), parent,
                  [&](Node& node) { changed_ranges_.emplace_back(node.slot, site); });
  }
}

void Session::enqueue_everywhere(RuleIndex rule) {
  const Rule& own = form_->rules[rule];
  const SchemaIndex site =
      own.aspect == Aspect::kCount ? form_->schema[own.target].parent : own.target;
  each_instance(*document_->root_element(), site, [&](Node& node) { enqueue(rule, node); });
}

void Session::value_changed(Node& node) {
  enqueue_list(form_->dependents[node.bind], node);
  Entry& own = entry(node);
  if (!own.check) {
    own.check = true;
    to_check_.push_back(node.slot);
  }
}

void Session::write_value(Node& node, std::string_view written) {
  const bool plain = is_xml_text(written);
  const std::string cleaned = plain ? std::string() : keep_xml_characters(written);
  const std::string_view value = plain ? written : std::string_view(cleaned);
  if (node.value() == value) return;
  // Long texts count for more, so that an operation makes 128 MiB of them at most.
  constexpr std::size_t kBytesOfOneEvaluation = 64;
  evaluations_ += value.size() / kBytesOfOneEvaluation;
  document_->set_value(node, value);
  mark_changed(node);
  value_changed(node);
  if (events_live_ && !actions_by_source_[node.bind].empty())
    events_.emplace_back(static_cast<std::uint8_t>(kEventValueChanged), node.slot);
}

void Session::apply_relevance(Node& node, bool parent_relevant) {
  if (node.slot == Node::kNoSlot) return;
  const bool relevant = parent_relevant && node.own_relevant;
  if (relevant == node.relevant) return;
  node.relevant = relevant;
  mark_changed(node);
  value_changed(node);
  if (relevant) enqueue_own_rules(node, false);
  const SchemaNode& own = schema(node);
  if (own.is_repeat) changed_ranges_.emplace_back(node.parent()->slot, node.bind);
  for (const SchemaIndex child : own.children)
    if (form_->schema[child].is_repeat) changed_ranges_.emplace_back(node.slot, child);
  for (Node* at = node.first_attribute(); at != nullptr; at = at->next_sibling())
    apply_relevance(*at, relevant);
  for (Node* child = node.first_child(); child != nullptr; child = child->next_sibling())
    apply_relevance(*child, relevant);
}

void Session::apply_readonly(Node& node, bool parent_readonly) {
  if (node.slot == Node::kNoSlot) return;
  Entry& own = entry(node);
  const bool readonly = parent_readonly || own.own_readonly;
  if (readonly == own.readonly) return;
  own.readonly = readonly;
  mark_changed(node);
  for (Node* child = node.first_child(); child != nullptr; child = child->next_sibling())
    apply_readonly(*child, readonly);
}

void Session::run_calculation(const Rule& rule, Node& node) {
  if (!node.relevant) return;
  const Expression& expression = form_->expressions[rule.expression];
  // A restored form keeps what chance gave it: a second uuid would be another record.
  if (restored_ && !node.value().empty() && expression.volatility().random &&
      expression.references().empty())
    return;
  auto result = expression.evaluate_string(context_of(node));
  if (!result.has_value()) {
    problem(node, "calculation", result.error());
    write_value(node, "");
    return;
  }
  const SchemaNode& own = schema(node);
  if (*result == "NaN") result->clear();  // JavaRosa: no number, no answer
  if (own.type == DataType::kString) {
    write_value(node, *result);
  } else {
    write_value(node, computed_value(own.type, *result));
  }
}

void Session::run_rule(RuleIndex index, Node& node) {
  const Rule& rule = form_->rules[index];
  const auto truth = [&](const char* what, bool otherwise) {
    EvaluationContext context = context_of(node);
    context.include_irrelevant = rule.own_content;
    auto result = form_->expressions[rule.expression].evaluate_boolean(context);
    if (result.has_value()) return *result;
    problem(node, what, result.error());
    return otherwise;
  };
  switch (rule.aspect) {
    case Aspect::kRelevant: {
      node.own_relevant = truth("relevance", true);
      const Node* parent = node.parent();
      apply_relevance(node, parent == nullptr || parent->bind == Node::kNoSlot || parent->relevant);
      return;
    }
    case Aspect::kReadonly: {
      entry(node).own_readonly = truth("readonly condition", false);
      const Node* parent = node.parent();
      const bool inherited =
          parent != nullptr && parent->slot != Node::kNoSlot && entry(*parent).readonly;
      apply_readonly(node, inherited);
      return;
    }
    case Aspect::kRequired: {
      const bool required = truth("required condition", false);
      if (required == entry(node).required) return;
      entry(node).required = required;
      mark_changed(node);
      break;
    }
    case Aspect::kConstraint:
      break;
    case Aspect::kCalculate:
      run_calculation(rule, node);
      return;
    case Aspect::kCount:
      run_count(rule, node);
      return;
    case Aspect::kChoices:
      refresh_choices(node);
      return;
    case Aspect::kText:
      mark_changed(node);
      return;
  }
  Entry& own = entry(node);
  if (own.check) return;
  own.check = true;
  to_check_.push_back(node.slot);
}

void Session::drain() {
  while (!queue_.empty()) {
    const RuleIndex rule = queue_.top();
    queue_.pop();
    std::vector<std::uint32_t> slots;
    slots.swap(waiting_[rule]);
    const Aspect aspect = form_->rules[rule].aspect;
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(aspect));
    for (const std::uint32_t slot : slots) {
      Node* node = entries_[slot].node;
      if (node == nullptr) continue;
      if (aspect != Aspect::kCount) {
        // A slot freed and used again may stand here for another node.
        if ((entries_[slot].waiting & bit) == 0 || node->bind != form_->rules[rule].target)
          continue;
        entries_[slot].waiting = static_cast<std::uint8_t>(entries_[slot].waiting & ~bit);
      } else if (node->bind != form_->schema[form_->rules[rule].target].parent) {
        continue;
      }
      ++evaluations_;
      if (exhausted(*node)) continue;
      run_rule(rule, *node);
    }
    // The buffer goes back, unless the rule was queued again meanwhile.
    if (waiting_[rule].empty()) {
      slots.clear();
      waiting_[rule].swap(slots);
    }
  }
}

void Session::settle() {
  drain();
  for (std::size_t next = 0; next < events_.size(); ++next) {
    const auto [event, slot] = events_[next];
    Node* node = entries_[slot].node;
    if (node == nullptr) continue;
    fire(event, node->bind, node);
    drain();
  }
  events_.clear();
  for (std::size_t next = 0; next < to_check_.size(); ++next) {
    Node* node = entries_[to_check_[next]].node;
    if (node == nullptr) continue;
    entry(*node).check = false;
    check_validity(*node);
  }
  to_check_.clear();
}

std::uint8_t Session::validity(const Node& node) const {
  const SchemaNode& own = schema(node);
  if (!own.leaf || own.attribute || !node.relevant) return 0;
  if (node.value().empty()) return entry(node).required ? 2 : 0;
  const RuleIndex rule = own.rules[static_cast<std::size_t>(Aspect::kConstraint)];
  if (rule == kNone || evaluations_ > kMaxEvaluations) return 0;
  const auto result =
      form_->expressions[form_->rules[rule].expression].evaluate_boolean(context_of(node));
  // A constraint that cannot be computed must not lock the form.
  return result.has_value() && !*result ? 1 : 0;
}

void Session::check_validity(Node& node) {
  const std::uint8_t now = validity(node);
  Entry& own = entry(node);
  if (own.violation == now) return;
  own.violation = now;
  mark_changed(node);
}

}  // namespace vigil::forms
