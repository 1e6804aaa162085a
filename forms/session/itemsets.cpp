// SPDX-License-Identifier: Apache-2.0
//
// What selects offer. An answer that is no longer offered is kept aside and counts as empty; it
// comes back when it is offered again, so what a node holds is a function of the answers alone.
#include <algorithm>

#include "forms/session/session_state.h"

namespace vigil::forms {
namespace {

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) break;
    text.remove_prefix(first);
    const std::size_t end = std::min(text.find(' '), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

bool offers(const Offer& offer, std::string_view value) {
  return std::find(offer.values.begin(), offer.values.end(), value) != offer.values.end();
}

}  // namespace

std::shared_ptr<const Offer> Session::make_offer(const Node& node, const Itemset& itemset) const {
  auto offer = std::make_shared<Offer>();
  auto items = form_->expressions[itemset.nodes].evaluate_nodes(context_of(node));
  if (!items.has_value()) return offer;
  offer->items = std::move(*items);
  offer->values.reserve(offer->items.size());
  const Expression& value = form_->expressions[itemset.value];
  std::string buffer;
  for (const Node* item : offer->items) {
    if (itemset.value_child != 0) {
      const Node* child = item->child_by_local(itemset.value_child);
      offer->values.emplace_back(
          child == nullptr || !child->relevant ? std::string_view() : string_value(*child, buffer));
      continue;
    }
    EvaluationContext context = context_of(*item);
    context.current = &node;
    offer->values.push_back(value.evaluate_string(context).value_or(""));
  }
  return offer;
}

std::shared_ptr<const Offer> Session::offer_of(const Node& node) const {
  const std::uint32_t control = schema(node).control;
  if (control == kNone || form_->controls[control].itemset == kNone) return nullptr;
  const std::uint32_t index = form_->controls[control].itemset;
  const Itemset& itemset = form_->itemsets[index];
  if (!itemset.from_answers) {
    // The same for all instances and for ever.
    if (fixed_offers_[index] == nullptr) fixed_offers_[index] = make_offer(node, itemset);
    return fixed_offers_[index];
  }
  const auto known = offers_.find(node.slot);
  return known == offers_.end() ? make_offer(node, itemset) : known->second;
}

void Session::refresh_choices(Node& node) {
  const Itemset& itemset = form_->itemsets[form_->controls[schema(node).control].itemset];
  if (!itemset.from_answers) return;
  std::shared_ptr<const Offer> offer = make_offer(node, itemset);
  std::shared_ptr<const Offer>& known = offers_[node.slot];
  const bool same = known != nullptr && !itemset.in_answers && known->items == offer->items;
  known = offer;
  evaluations_ += offer->items.size() / kChoicesOfOneEvaluation;
  if (!same) {
    mark_changed(node);
    // jr:choice-name() reads what is offered.
    enqueue_list(form_->dependents[node.bind], node);
  }
  apply_offer(node, *offer);
}

void Session::apply_offer(Node& node, const Offer& offer) {
  const auto aside = withheld_.find(node.slot);
  const std::string wanted = aside == withheld_.end() ? node.value() : aside->second;
  if (wanted.empty()) return;
  std::string allowed;
  if (form_->controls[schema(node).control].element == "select1") {
    if (offers(offer, wanted)) allowed = wanted;
  } else {
    for (const std::string_view word : words(wanted))
      if (offers(offer, word)) allowed += (allowed.empty() ? "" : " ") + std::string(word);
  }
  if (allowed == wanted) {
    if (aside != withheld_.end()) withheld_.erase(aside);
  } else {
    withheld_[node.slot] = wanted;
  }
  write_value(node, allowed);
}

// An answer that the form, maybe a newer version, does not offer whatever else is answered. A list
// without choices is one whose file is not there yet: its answers wait for it.
void Session::set_aside_restored() {
  for (const Entry& own : entries_) {
    if (own.node == nullptr || own.node->value().empty() || !schema(*own.node).leaf) continue;
    Node& node = *own.node;
    const std::uint32_t index = schema(node).control;
    if (index == kNone || !form_->controls[index].offers_choices()) continue;
    const Control& control = form_->controls[index];
    if (control.itemset != kNone && form_->itemsets[control.itemset].from_answers) continue;
    if (is_offered(node, node.value())) continue;
    Offer all;
    for (const StaticChoice& choice : control.choices) all.values.push_back(choice.value);
    if (const std::shared_ptr<const Offer> offer = offer_of(node))
      all.values.insert(all.values.end(), offer->values.begin(), offer->values.end());
    if (all.values.empty()) continue;
    not_restored_.push_back(ref_of(node));
    apply_offer(node, all);
  }
}

bool Session::is_offered(const Node& node, std::string_view value) const {
  const std::uint32_t index = schema(node).control;
  if (index == kNone || !form_->controls[index].offers_choices()) return true;
  const Control& control = form_->controls[index];
  const std::shared_ptr<const Offer> offer = offer_of(node);
  const auto one = [&](std::string_view word) {
    if (offer != nullptr && offers(*offer, word)) return true;
    return std::any_of(control.choices.begin(), control.choices.end(),
                       [word](const StaticChoice& choice) { return choice.value == word; });
  };
  if (offer == nullptr && control.choices.empty()) return true;
  if (control.element == "select1") return one(value);
  const std::vector<std::string_view> list = words(value);
  return std::all_of(list.begin(), list.end(), one);
}

std::string Session::in_choice_order(const Node& node, const std::string& value) const {
  const std::uint32_t index = schema(node).control;
  if (index == kNone || form_->controls[index].element != "select" ||
      value.find(' ') == std::string::npos)
    return value;
  const std::vector<std::string_view> chosen = words(value);
  std::string out;
  const auto take = [&](std::string_view offered) {
    if (std::find(chosen.begin(), chosen.end(), offered) == chosen.end()) return;
    if (!out.empty()) out += ' ';
    out += offered;
  };
  for (const StaticChoice& choice : form_->controls[index].choices) take(choice.value);
  if (const std::shared_ptr<const Offer> offer = offer_of(node))
    for (const std::string& offered : offer->values) take(offered);
  return out;
}

std::vector<Choice> Session::choices_of(const Node& node) const {
  std::vector<Choice> out;
  const Control& control = form_->controls[schema(node).control];
  for (const StaticChoice& choice : control.choices)
    out.push_back({choice.value, text_of(choice.label, TextForm::kPlain, node),
                   text_of(choice.label, TextForm::kImage, node)});
  const std::shared_ptr<const Offer> offer = offer_of(node);
  if (offer == nullptr) return out;
  const Itemset& itemset = form_->itemsets[control.itemset];
  out.reserve(out.size() + offer->items.size());
  for (std::size_t i = 0; i < offer->items.size(); ++i) {
    Choice& choice = out.emplace_back();
    choice.value = offer->values[i];
    const Node& item = *offer->items[i];
    if (itemset.label_child != 0) {
      if (const Node* child = item.child_by_local(itemset.label_child))
        if (child->relevant) choice.label = string_value(*child);
    } else if (itemset.label.kind == TextSource::Kind::kItextExpression) {
      const auto id =
          form_->expressions[itemset.label.expression].evaluate_string(context_of(item));
      const auto known = id.has_value() ? form_->text_ids.find(*id) : form_->text_ids.end();
      if (known != form_->text_ids.end()) {
        choice.label = text_of_id(known->second, TextForm::kPlain, node);
        choice.image = text_of_id(known->second, TextForm::kImage, node);
      }
    } else {
      choice.label = text_of(itemset.label, TextForm::kPlain, item);
    }
  }
  return out;
}

std::optional<std::string> Session::choice_label(std::string_view value, std::string_view path,
                                                 const Node* context) const {
  const Node* from = context;
  while (from != nullptr && from->slot == Node::kNoSlot) from = from->parent();
  if (from == nullptr) from = document_->root_element();
  const auto refuse = [&](const char* why) {
    problem(*from, "choice name", {ErrorKind::kInvalid, "session.choice_name", why});
    return std::nullopt;
  };
  // "../a" and "/data/a" alike: by expression, so that repeats resolve as elsewhere.
  const std::size_t first = path.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  path = path.substr(first, path.find_last_not_of(" \t\r\n") - first + 1);
  const auto expression = Expression::compile(path, form_->names, {form_->namespaces, false});
  if (!expression.has_value() || !expression->is_path())
    return refuse("jr:choice-name() needs the path of a select as its second argument.");
  const auto nodes = expression->evaluate_nodes(context_of(*from), true);
  if (!nodes.has_value()) return std::nullopt;
  if (nodes->empty()) {
    if (path.front() == '/' && form_->find(path) == kNone)
      return refuse("jr:choice-name() names a question that is not in the form.");
    return std::nullopt;
  }
  const Node& node = *nodes->front();
  if (node.slot == Node::kNoSlot) return std::nullopt;
  const std::uint32_t control = schema(node).control;
  if (control == kNone || !form_->controls[control].offers_choices())
    return refuse("jr:choice-name() names a question that has no choices.");
  for (const Choice& choice : choices_of(node))
    if (choice.value == value) return choice.label;
  return std::nullopt;
}

}  // namespace vigil::forms
