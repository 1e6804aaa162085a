// SPDX-License-Identifier: Apache-2.0
//
// Opening a session, setting answers, asking expressions.
#include "forms/session/session.h"

#include <fmt/format.h>

#include "forms/session/session_state.h"
#include "forms/session/value_type.h"

namespace vigil::forms {

Session::Session(std::shared_ptr<const Form> form, SessionHost& host, const SessionOptions& options)
    : form_(std::move(form)),
      host_(host),
      wrong_values_clear_(options.wrong_values_clear),
      answer_irrelevant_(options.answer_irrelevant),
      document_(std::make_unique<Document>(form_->names)) {
  for (const auto& [uri, prefix] : form_->primary->prefixes())
    document_->declare_prefix(uri, prefix);
  document_->append(document_->root(), document_->copy(*form_->primary->root_element()));
  waiting_.resize(form_->rules.size());
  fixed_offers_.resize(form_->itemsets.size());
  actions_by_source_.resize(form_->schema.size());
  for (std::uint32_t index = 0; index < form_->actions.size(); ++index) {
    const Action& action = form_->actions[index];
    if (action.source == kNone) continue;
    if ((action.events & ~kEventNewRepeat) != 0) actions_by_source_[action.source].push_back(index);
    // A question's own action for a new repeat is its repeat's.
    const SchemaIndex repeat = form_->schema[action.source].repeat;
    if ((action.events & kEventNewRepeat) != 0 && repeat != kNone &&
        (repeat != action.source || (action.events & ~kEventNewRepeat) == 0))
      actions_by_source_[repeat].push_back(index);
  }
}

const Node* Session::instance(std::string_view id) const {
  for (const auto& [name, document] : form_->secondary)
    if (name == id) return &document->root();
  if (form_->uses_last_saved && id == form_->last_saved_id)
    return last_saved_ == nullptr ? nullptr : &last_saved_->root();
  // JavaRosa also knows the primary instance by the id of its root element.
  if (id == form_->id()) return &document_->root();
  return nullptr;
}

Status Session::open(const SessionOptions& options) {
  if (form_->uses_last_saved) {
    if (options.last_saved_xml.has_value()) {
      auto saved = parse_document(*options.last_saved_xml, form_->names, TextNodes::kLeafValues);
      if (saved.has_value()) last_saved_ = std::move(*saved);
    }
    if (last_saved_ == nullptr) {
      // Nothing saved yet: all of it is there and empty.
      last_saved_ = std::make_unique<Document>(form_->names);
      last_saved_->append(last_saved_->root(), last_saved_->create_element(form_->schema[0].name));
    }
  }
  if (options.sent_xml.has_value()) return open_sent(options);
  const bool fresh = !options.restore_xml.has_value() && !options.edit_xml.has_value();
  if (fresh) {
    preload_new();
  } else {
    restored_ = true;
    VIGIL_TRY(fill_from(options.edit_xml.has_value() ? *options.edit_xml : *options.restore_xml));
    if (options.edit_xml.has_value()) prepare_edit();
  }
  Node& root = *document_->root_element();
  register_subtree(root);
  complete_repeats(root);
  for (Entry& own : entries_) {
    if (own.node == nullptr || !schema(*own.node).leaf) continue;
    const SchemaNode& node = schema(*own.node);
    if (node.type == DataType::kString || own.node->value().empty()) continue;
    const std::optional<std::string> kept = canonical_value(node.type, own.node->value());
    if (!kept.has_value() && restored_) not_restored_.push_back(ref_of(*own.node));
    document_->set_value(*own.node, kept.value_or(""));
  }
  begin_operation();
  if (restored_) set_aside_restored();
  enqueue_subtree(root);
  drain();
  if (fresh) fire(kEventFirstLoad, kNone, nullptr);
  fire(kEventLoad, kNone, nullptr);
  settle();
  events_live_ = true;
  // A saved form opens whatever its calculations come to: its answers must not be locked away. So
  // does a new one where dates are put together from answers that are not there yet.
  if (first_problem_.has_value() && fresh) {
    if (first_problem_->code != "expression.date") return std::unexpected(*first_problem_);
    opening_problem_ = first_problem_->message;
  }
  forget_changes();
  return {};
}

Result<Change> Session::set(std::string_view ref, std::string_view value) {
  if (sent_) return was_sent();
  VIGIL_ASSIGN(const Place place, find(ref));
  if (place.range != kNone || !schema(*place.node).leaf)
    return fail(ErrorKind::kInvalid, "session.group",
                fmt::format("{} is a group, which takes no answer.", ref));
  Node& node = *place.node;
  if (!node.relevant && !answer_irrelevant_)
    return fail(ErrorKind::kInvalid, "session.irrelevant",
                fmt::format("{} does not apply at present.", ref));
  if (entry(node).readonly)
    return fail(ErrorKind::kInvalid, "session.readonly", fmt::format("{} is read-only.", ref));
  std::optional<std::string> canonical = canonical_value(schema(node).type, value);
  if (canonical.has_value() && !canonical->empty() && !is_offered(node, *canonical)) {
    if (!wrong_values_clear_)
      return fail(ErrorKind::kInvalid, "session.choice",
                  fmt::format("That is not one of the choices of {}.", ref));
    canonical.reset();
  }
  if (!canonical.has_value()) {
    if (!wrong_values_clear_)
      return fail(ErrorKind::kInvalid, "session.value_type",
                  fmt::format("That is not a value of the type {}, which {} takes.",
                              schema(node).type_name, ref));
    canonical = std::string();
  }
  begin_operation();
  withheld_.erase(node.slot);
  write_value(node, in_choice_order(node, *canonical));
  settle();
  return take_change();
}

Result<std::optional<Violation>> Session::would_violate(std::string_view ref,
                                                        std::string_view value) {
  VIGIL_ASSIGN(const Place place, find(ref));
  if (place.range != kNone || !schema(*place.node).leaf)
    return fail(ErrorKind::kInvalid, "session.group",
                fmt::format("{} is a group, which takes no answer.", ref));
  Node& node = *place.node;
  const std::optional<std::string> canonical = canonical_value(schema(node).type, value);
  if (!canonical.has_value())
    return fail(ErrorKind::kInvalid, "session.value_type",
                fmt::format("That is not a value of the type {}, which {} takes.",
                            schema(node).type_name, ref));
  evaluations_ = 0;
  const std::string before = node.value();
  document_->set_value(node, *canonical);
  std::optional<Violation> violation = violation_of(node, validity(node));
  document_->set_value(node, before);
  return violation;
}

Change Session::clock_moved() {
  begin_operation();
  for (const RuleIndex rule : form_->clock_rules) enqueue_everywhere(rule);
  settle();
  return take_change();
}

Result<FormSession::Evaluation> Session::evaluate(std::string_view text,
                                                  std::string_view context_ref) const {
  VIGIL_ASSIGN(const Place place, find(context_ref.empty() ? form_->schema[0].path : context_ref));
  VIGIL_ASSIGN(const Expression expression,
               Expression::compile(text, form_->names, {form_->namespaces, false}));
  VIGIL_ASSIGN(const Value value, expression.evaluate(context_of(*place.node)));
  Evaluation out;
  switch (value.type()) {
    case ValueType::kBoolean:
      return Evaluation{"boolean", value.to_string()};
    case ValueType::kNumber:
      return Evaluation{"number", value.to_string()};
    case ValueType::kString:
      return Evaluation{"string", value.to_string()};
    case ValueType::kNodeSet:
      out.type = "nodeset";
      for (const Node* node : value.nodes()) {
        if (!out.value.empty()) out.value += '\n';
        out.value += node->slot != Node::kNoSlot ? ref_of(*node) : positional_path(*node);
      }
  }
  return out;
}

Result<std::unique_ptr<FormSession>> open_session(FormPointer form, SessionHost& host,
                                                  const SessionOptions& options) {
  auto own = std::dynamic_pointer_cast<const Form>(form);
  if (own == nullptr)
    return fail(ErrorKind::kUsage, "session.form", "Load the form with load_xform() first.");
  auto session = std::make_unique<Session>(std::move(own), host, options);
  VIGIL_TRY(session->open(options));
  return std::unique_ptr<FormSession>(std::move(session));
}

}  // namespace vigil::forms
