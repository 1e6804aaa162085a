// SPDX-License-Identifier: Apache-2.0
//
// The body: questions, groups and repeats with what is shown of them.
#include <algorithm>

#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

constexpr std::string_view kQuestions[] = {"input",  "select", "select1", "rank",    "trigger",
                                           "upload", "range",  "secret",  "textarea"};

bool is_question(std::string_view name) {
  return std::find(std::begin(kQuestions), std::end(kQuestions), name) != std::end(kQuestions);
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  for (text = trimmed(text); !text.empty();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    out.emplace_back(text.substr(0, end));
    text = trimmed(text.substr(end));
  }
  return out;
}

struct BodyReader {
  Loader& loader;
  Form& form;

  // The node an element is bound to; kNone with a warning where it is bound to nothing.
  SchemaIndex bound(const Node& element, SchemaIndex context, std::string_view name) {
    const std::string* path = attribute_of(loader, element, "ref");
    if (path == nullptr) path = attribute_of(loader, element, "nodeset");
    if (path == nullptr) {
      const std::string* bind = attribute_of(loader, element, "bind");
      if (bind == nullptr) return kNone;
      const auto known = loader.by_bind_id.find(*bind);
      return known == loader.by_bind_id.end() ? kNone : known->second;
    }
    const SchemaIndex node = resolve_path(loader, context == kNone ? 0 : context, *path);
    if (node == kNone)
      form.warnings_.push_back(fmt::format(
          "The <{}> for {} is bound to nothing: there is no such node.", name, trimmed(*path)));
    return node;
  }

  void read_attributes(const Node& element, Control& control) {
    for (const Node* at = element.first_attribute(); at != nullptr; at = at->next_sibling()) {
      const std::string_view local = form.names->local(at->name());
      if (local == "appearance" && form.names->uri(at->name()).empty()) {
        for (std::string& word : words(at->value())) control.appearances.push_back(std::move(word));
      } else if (local == "sources" && form.names->uri(at->name()) == kVigilUri) {
        control.sources = true;
        control.parameters.emplace_back("sources", at->value());
      } else if (local != "ref" && local != "nodeset" && local != "bind" && local != "count" &&
                 local != "noAddRemove") {
        control.parameters.emplace_back(std::string(local), at->value());
      }
    }
  }

  Status read_texts(const Node& element, Control& control, const std::string& where) {
    for (const Node* child = element.first_child(); child != nullptr;
         child = child->next_sibling()) {
      if (is_element(loader, *child, "label")) {
        VIGIL_ASSIGN(control.label, load_text(loader, *child, "label of " + where));
      }
      if (is_element(loader, *child, "hint")) {
        VIGIL_ASSIGN(control.hint, load_text(loader, *child, "hint of " + where));
      }
    }
    return {};
  }

  Status read_item(const Node& element, Control& control, const std::string& where) {
    StaticChoice choice;
    if (const Node* value = first_element(loader, element, "value"))
      choice.value = std::string(trimmed(string_value(*value)));
    if (const Node* label = first_element(loader, element, "label")) {
      VIGIL_ASSIGN(choice.label, load_text(loader, *label, "choice label of " + where));
    }
    control.choices.push_back(std::move(choice));
    return {};
  }

  // The child's local name where `path` is nothing but a name, else 0.
  LocalId plain_child(std::string_view path) const {
    path = trimmed(path);
    if (path.starts_with("./")) path.remove_prefix(2);
    if (path.empty() || path.find_first_of("/[]()*|'\" @.:=") != std::string_view::npos) return 0;
    return form.names->intern_local(path);
  }

  Status read_itemset(const Node& element, Control& control, const std::string& where) {
    const std::string* nodes = attribute_of(loader, element, "nodeset");
    if (nodes == nullptr) return {};
    Itemset itemset;
    VIGIL_ASSIGN(itemset.nodes, compile_expression(loader, *nodes, "itemset of " + where));
    const Node* value = first_element(loader, element, "value");
    const std::string* value_path = value ? attribute_of(loader, *value, "ref") : nullptr;
    const std::string own = value_path == nullptr ? "." : *value_path;
    VIGIL_ASSIGN(itemset.value, compile_expression(loader, own, "itemset value of " + where));
    itemset.value_child = plain_child(own);
    if (const Node* label = first_element(loader, element, "label")) {
      VIGIL_ASSIGN(itemset.label, load_text(loader, *label, "itemset label of " + where));
      if (const std::string* ref = attribute_of(loader, *label, "ref"))
        itemset.label_child = plain_child(*ref);
    }
    control.itemset = static_cast<std::uint32_t>(form.itemsets.size());
    form.itemsets.push_back(std::move(itemset));
    return {};
  }

  Status read_question(const Node& element, SchemaIndex context, std::string_view name) {
    const SchemaIndex node = bound(element, context, name);
    if (node == kNone) return {};
    Control control;
    control.element = std::string(name);
    control.node = node;
    const std::string where = form.schema[node].path;
    read_attributes(element, control);
    VIGIL_TRY(read_texts(element, control, where));
    for (const Node* child = element.first_child(); child != nullptr;
         child = child->next_sibling()) {
      const std::string_view kind = local_name(loader, *child);
      if (kind == "item") VIGIL_TRY(read_item(*child, control, where));
      if (kind == "itemset") VIGIL_TRY(read_itemset(*child, control, where));
      if (kind == "choices") {
        for (const Node* item = child->first_child(); item != nullptr; item = item->next_sibling())
          if (is_element(loader, *item, "item")) VIGIL_TRY(read_item(*item, control, where));
      }
      if (kind == "setvalue" || kind == "setgeopoint") VIGIL_TRY(load_action(loader, *child, node));
    }
    VIGIL_TRY(load_search(loader, element, control));
    VIGIL_TRY(load_query(loader, element, control));
    // Two controls on one node: the first is shown, as in Collect's hierarchy.
    if (form.schema[node].control == kNone) {
      form.schema[node].control = static_cast<std::uint32_t>(form.controls.size());
      form.controls.push_back(std::move(control));
    }
    return {};
  }

  // A <group> without ref, as ODK Build writes them. Its label and appearance belong to the group
  // of the instance that holds all it shows, where that holds nothing else.
  struct Unbound {
    Control control;
    SchemaIndex node = kNone;
    std::size_t first = 0;  // its controls: [first, end)
    std::size_t end = 0;
  };
  std::vector<Unbound> unbound;

  SchemaIndex common(SchemaIndex a, SchemaIndex b) const {
    while (a != b) {
      if (form.schema[a].depth < form.schema[b].depth) std::swap(a, b);
      a = form.schema[a].parent;
    }
    return a;
  }

  Status read_unbound(const Node& element, Unbound& group) {
    group.end = form.controls.size();
    for (std::size_t at = group.first; at < group.end; ++at) {
      const Control& shown = form.controls[at];
      // A label around nothing but a repeat is the repeat's.
      const bool alone = at == group.first && shown.element == "repeat" &&
                         form.controls[group.end - 1].node < form.schema[shown.node].end &&
                         only_child(element, "repeat");
      const SchemaIndex here = alone ? shown.node : form.schema[shown.node].parent;
      if (here == kNone) return {};
      group.node = group.node == kNone ? here : common(group.node, here);
      if (alone) break;
    }
    if (group.node == kNone || group.node == 0) return {};
    group.control.element = "group";
    group.control.node = group.node;
    read_attributes(element, group.control);
    VIGIL_TRY(read_texts(element, group.control, form.schema[group.node].path));
    unbound.push_back(std::move(group));
    return {};
  }

  bool only_child(const Node& element, std::string_view wanted) const {
    for (const Node* child = element.first_child(); child != nullptr; child = child->next_sibling())
      if (child->kind() == NodeKind::kElement && !is_element(loader, *child, wanted) &&
          !is_element(loader, *child, "label"))
        return false;
    return true;
  }

  void place_unbound() {
    const std::size_t written = form.controls.size();
    for (Unbound& group : unbound) {
      SchemaNode& node = form.schema[group.node];
      if (node.control != kNone) continue;
      bool whole = true;
      for (std::size_t at = 0; at < written && whole; ++at) {
        const SchemaIndex shown = form.controls[at].node;
        const bool below = shown > group.node && shown < node.end;
        whole = !below || (at >= group.first && at < group.end);
      }
      if (!whole) continue;
      node.control = static_cast<std::uint32_t>(form.controls.size());
      form.controls.push_back(std::move(group.control));
    }
  }

  Status read_group(const Node& element, SchemaIndex context, std::string_view name,
                    std::size_t depth) {
    if (depth > kMaxNesting)
      return fail(ErrorKind::kInvalid, "xform.depth",
                  fmt::format("The form nests groups more than {} deep: flatten it.", kMaxNesting));
    const SchemaIndex node = bound(element, context, name);
    if (node != kNone) {
      Control control;
      control.element = std::string(name);
      control.node = node;
      read_attributes(element, control);
      VIGIL_TRY(read_texts(element, control, form.schema[node].path));
      const auto index = static_cast<std::uint32_t>(form.controls.size());
      if (name == "repeat") {
        form.schema[node].repeat_control = index;
        VIGIL_TRY(read_repeat(element, node));
      } else if (form.schema[node].control == kNone) {
        form.schema[node].control = index;
      }
      form.controls.push_back(std::move(control));
    }
    Unbound group;
    group.first = form.controls.size();
    VIGIL_TRY(read_children(element, node == kNone ? context : node, depth + 1));
    return node == kNone && name == "group" ? read_unbound(element, group) : Status();
  }

  Status read_repeat(const Node& element, SchemaIndex node) {
    if (const std::string* fixed = attribute_of(loader, element, "noAddRemove", kJavaRosaUri))
      form.schema[node].fixed = trimmed(*fixed) == "true()" || trimmed(*fixed) == "true";
    const std::string* count = attribute_of(loader, element, "count", kJavaRosaUri);
    if (count == nullptr || trimmed(*count).empty()) return {};
    Rule rule;
    rule.target = node;
    rule.aspect = Aspect::kCount;
    // Written as seen from an instance, asked at its parent.
    const std::string text = seen_from_parent(trimmed(*count));
    VIGIL_ASSIGN(rule.expression,
                 compile_expression(loader, text, "count of " + form.schema[node].path));
    form.rules.push_back(rule);
    form.schema[node].fixed = false;
    return {};
  }

  Status read_children(const Node& parent, SchemaIndex context, std::size_t depth) {
    for (const Node* child = parent.first_child(); child != nullptr;
         child = child->next_sibling()) {
      const std::string_view name = local_name(loader, *child);
      if (name == "group" || name == "repeat") {
        VIGIL_TRY(read_group(*child, context, name, depth));
      } else if (name == "setvalue" || name == "setgeopoint") {
        VIGIL_TRY(load_action(loader, *child, context));
      } else if (is_question(name)) {
        VIGIL_TRY(read_question(*child, context, name));
      }
    }
    return {};
  }
};

}  // namespace

Status load_body(Loader& loader) {
  BodyReader reader{loader, loader.form, {}};
  VIGIL_TRY(reader.read_children(*loader.body, kNone, 0));
  reader.place_unbound();
  return {};
}

}  // namespace vigil::forms
