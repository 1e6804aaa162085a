// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "forms/expression/function.h"
#include "forms/expression/path_walk.h"
#include "forms/expression/shuffle.h"

namespace vigil::forms {
namespace {

Value fn_count(Call& call) {
  const NodeSet found = call.nodes(0);
  return Value(static_cast<double>(found.size()));
}

// A node that holds other nodes is not empty, whatever their values (JavaRosa).
Value fn_count_non_empty(Call& call) {
  double count = 0;
  for (const Node* node : call.nodes(0)) {
    const Node* child = node->first_child();
    while (child != nullptr && child->kind() != NodeKind::kElement) child = child->next_sibling();
    if (child != nullptr || !string_value(*node).empty()) ++count;
  }
  return Value(count);
}

// Of the context in its node-set, or of a given node among its siblings of the same name.
Value fn_position(Call& call) {
  if (call.count() == 0) {
    const EvaluationContext& outer = call.evaluator().context();
    // In a form, outside a predicate: the place of the repeat instance (JavaRosa).
    const bool outside = call.focus().node == outer.context && outer.size == 1;
    if (outside && !call.evaluator().program().plain_xpath) {
      return Value(static_cast<double>(call.focus().node->position_among_same_name()));
    }
    return Value(static_cast<double>(call.focus().position));
  }
  const NodeSet found = call.nodes(0);
  if (found.empty()) return Value(std::nan(""));
  return Value(static_cast<double>(found.front()->position_among_same_name()));
}

Value fn_last(Call& call) {
  return Value(static_cast<double>(call.focus().size));
}

const Node* find_instance(Call& call, const std::string& id) {
  const Node* root = call.host().instance(id);
  if (root == nullptr) {
    (void)call.refuse("expression.instance",
                      fmt::format("there is no instance called \"{}\" in this form", id));
  }
  return root;
}

Value fn_instance(Call& call) {
  const Node* root = find_instance(call, call.text(0));
  return root == nullptr ? Value() : Value(NodeSet{root});
}

Value fn_current(Call& call) {
  return Value(NodeSet{call.evaluator().current()});
}

Value fn_randomize(Call& call) {
  NodeSet found = call.nodes(0);
  if (call.count() > 1) {
    shuffle(found, seed_from(call.evaluator(), call.value(1)));
  } else {
    shuffle(found, static_cast<std::int64_t>(call.host().random_bits() >> 1U));
  }
  return Value(std::move(found));
}

bool is_below(const Node* node, const Node* top) {
  while (node != nullptr && node != top) node = node->parent();
  return node != nullptr;
}

// Of repeat instances from all over the form, those that stand in the same outer instance as the
// context does, if any do.
void keep_own(NodeSet& groups, const Node* context) {
  for (const Node* outer = context; outer != nullptr; outer = outer->parent()) {
    NodeSet own;
    std::copy_if(groups.begin(), groups.end(), std::back_inserter(own),
                 [outer](const Node* group) { return group->parent() == outer; });
    if (own.empty()) continue;
    groups.swap(own);
    return;
  }
}

// indexed-repeat(target, repeat, index, inner repeat, index, ...)
Value fn_indexed_repeat(Call& call) {
  if (call.count() % 2 == 0) {
    return call.refuse("expression.value",
                       "indexed-repeat() takes a path and then pairs of repeat and index");
  }
  Evaluator& evaluator = call.evaluator();
  const AllRepeats all(evaluator);
  const Node* instance = nullptr;
  for (std::size_t i = 1; i + 1 < call.count(); i += 2) {
    NodeSet groups = call.nodes(i);
    if (instance == nullptr) {
      keep_own(groups, call.focus().node);
    } else {
      std::erase_if(groups, [instance](const Node* node) { return !is_below(node, instance); });
    }
    double index = std::trunc(call.number(i + 1));
    // JavaRosa: an index that is not known yet means the first.
    if (!(index >= 1) && !evaluator.program().plain_xpath) index = 1;
    if (!(index >= 1 && index <= static_cast<double>(groups.size()))) return Value(NodeSet());
    instance = groups[static_cast<std::size_t>(index) - 1];
  }
  NodeSet targets = call.nodes(0);
  std::erase_if(targets, [instance](const Node* node) { return !is_below(node, instance); });
  return Value(std::move(targets));
}

// The text of the child `name` of the first child of `root` whose child `key` is `value`.
std::string pull(const NameTable& names, const Node& root, std::string_view name,
                 std::string_view key, std::string_view value) {
  const auto child_text = [&names](const Node& item, std::string_view wanted) {
    if (wanted.starts_with('@')) {
      for (const Node* at = item.first_attribute(); at != nullptr; at = at->next_sibling()) {
        if (names.local(at->name()) == wanted.substr(1)) return at->value();
      }
      return std::string();
    }
    for (const Node* child = item.first_child(); child != nullptr; child = child->next_sibling()) {
      if (child->kind() == NodeKind::kElement && names.local(child->name()) == wanted) {
        return string_value(*child);
      }
    }
    return std::string();
  };
  for (const Node* item = root.first_child(); item != nullptr; item = item->next_sibling()) {
    if (item->kind() == NodeKind::kElement && child_text(*item, key) == value) {
      return child_text(*item, name);
    }
  }
  return {};
}

Value fn_pulldata(Call& call) {
  const Node* top = find_instance(call, call.text(0));
  if (top == nullptr) return Value();
  const Node* root = top->first_child();
  while (root != nullptr && root->kind() != NodeKind::kElement) root = root->next_sibling();
  if (root == nullptr) return Value();
  const std::string name = call.text(1);
  const std::string key = call.text(2);
  const std::string value = call.text(3);
  const auto& names = call.evaluator().program().names;
  const Node* item = root->first_child();
  const Document* document = Document::of(*root);
  if (item == nullptr || document == nullptr || !document->frozen() || value.empty() ||
      key.starts_with('@') || name.starts_with('@')) {
    return Value(pull(*names, *root, name, key, value));
  }
  const KeyMatches& found =
      *document->by_key(*root, item->local(), names->intern_local(key), value);
  if (found.empty()) return Value();
  const Node* child = found.front()->child_by_local(names->intern_local(name));
  return child == nullptr ? Value() : Value(string_value(*child));
}

// The node that name(), local-name() and namespace-uri() speak of.
const Node* named_node(Call& call) {
  if (call.count() == 0) return call.focus().node;
  const NodeSet found = call.nodes(0);
  return found.empty() ? nullptr : found.front();
}

Value fn_local_name(Call& call) {
  const Node* node = named_node(call);
  if (node == nullptr) return Value();
  return Value(std::string(call.evaluator().program().names->local(node->name())));
}

Value fn_namespace_uri(Call& call) {
  const Node* node = named_node(call);
  if (node == nullptr) return Value();
  return Value(std::string(call.evaluator().program().names->uri(node->name())));
}

Value fn_name(Call& call) {
  const Node* node = named_node(call);
  if (node == nullptr) return Value();
  const NameTable& names = *call.evaluator().program().names;
  std::string name(names.local(node->name()));
  const Document* document = Document::of(*node);
  if (document == nullptr) return Value(std::move(name));
  for (const auto& [uri, prefix] : document->prefixes()) {
    if (uri != names.uri(node->name())) continue;
    if (prefix.empty()) return Value(std::move(name));
    name.insert(0, prefix + ":");
    break;
  }
  return Value(std::move(name));
}

// Without a DTD an attribute called "id" or "xml:id" is one of type ID.
Value fn_id(Call& call) {
  std::vector<std::string> wanted;
  for (const std::string& text : call.texts(0)) {
    std::size_t at = 0;
    while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string::npos) {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
      wanted.push_back(text.substr(at, end - at));
      at = end;
    }
  }
  const NameTable& names = *call.evaluator().program().names;
  NodeSet found;
  const Node* top = call.evaluator().topmost();
  const Node* at = top;
  while (at != nullptr && call.evaluator().spend(1)) {
    for (const Node* attribute = at->first_attribute(); attribute != nullptr;
         attribute = attribute->next_sibling()) {
      if (names.local(attribute->name()) == "id" &&
          std::find(wanted.begin(), wanted.end(), attribute->value()) != wanted.end()) {
        found.push_back(at);
        break;
      }
    }
    if (at->first_child() != nullptr) {
      at = at->first_child();
      continue;
    }
    while (at != top && at->next_sibling() == nullptr) at = at->parent();
    at = at == top ? nullptr : at->next_sibling();
  }
  return Value(std::move(found));
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

// Is the context in the language, or a sub-language of it, by the nearest xml:lang?
Value fn_lang(Call& call) {
  const std::string wanted = lower(call.text(0));
  const NameId name =
      call.evaluator().program().names->intern("http://www.w3.org/XML/1998/namespace", "lang");
  for (const Node* at = call.focus().node; at != nullptr; at = at->parent()) {
    const Node* attribute = at->attribute(name);
    if (attribute == nullptr) continue;
    const std::string language = lower(attribute->value());
    return Value(language == wanted || language.starts_with(wanted + "-"));
  }
  return Value(false);
}

constexpr auto kNumber = StaticType::kNumber;
constexpr auto kString = StaticType::kString;
constexpr auto kNodeSet = StaticType::kNodeSet;

constexpr std::array kFunctions{
    Function{.name = "count", .least = 1, .most = 1, .type = kNumber, .call = fn_count},
    Function{.name = "count-non-empty",
             .least = 1,
             .most = 1,
             .type = kNumber,
             .call = fn_count_non_empty},
    Function{.name = "position",
             .least = 0,
             .most = 1,
             .type = kNumber,
             .call = fn_position,
             .hangs = Hangs::kOnPosition,
             .reads_focus = true},
    Function{.name = "last",
             .least = 0,
             .most = 0,
             .type = kNumber,
             .call = fn_last,
             .hangs = Hangs::kOnPosition,
             .reads_focus = true},
    Function{.name = "instance", .least = 1, .most = 1, .type = kNodeSet, .call = fn_instance},
    Function{.name = "current", .least = 0, .most = 0, .type = kNodeSet, .call = fn_current},
    Function{.name = "randomize",
             .least = 1,
             .most = 2,
             .type = kNodeSet,
             .call = fn_randomize,
             .hangs = Hangs::kOnRandom},
    Function{.name = "indexed-repeat",
             .least = 3,
             .most = 31,
             .type = kNodeSet,
             .call = fn_indexed_repeat,
             .hangs = Hangs::kOnPosition,
             .reads_focus = true},
    Function{.name = "pulldata",
             .least = 4,
             .most = 4,
             .type = kString,
             .call = fn_pulldata,
             .hangs = Hangs::kOnHost},
    Function{.name = "name",
             .least = 1,
             .most = 1,
             .type = kString,
             .call = fn_name,
             .context_instead = true},
    Function{.name = "local-name",
             .least = 1,
             .most = 1,
             .type = kString,
             .call = fn_local_name,
             .context_instead = true},
    Function{.name = "namespace-uri",
             .least = 1,
             .most = 1,
             .type = kString,
             .call = fn_namespace_uri,
             .context_instead = true},
    Function{.name = "id", .least = 1, .most = 1, .type = kNodeSet, .call = fn_id},
    Function{.name = "lang",
             .least = 1,
             .most = 1,
             .type = StaticType::kBoolean,
             .call = fn_lang,
             .reads_focus = true},
};

}  // namespace

std::span<const Function> node_functions() {
  return kFunctions;
}

}  // namespace vigil::forms
