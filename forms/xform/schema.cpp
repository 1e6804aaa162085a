// SPDX-License-Identifier: Apache-2.0
//
// The primary instance: which nodes there are, which of them repeat, what they start with.
#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

void find_repeats_below(Loader& loader, const Node& parent, const std::string& context,
                        std::string_view root_name, std::size_t depth) {
  if (depth > kMaxNesting) return;
  for (const Node* child = parent.first_child(); child != nullptr; child = child->next_sibling()) {
    const std::string_view name = local_name(loader, *child);
    if (name != "group" && name != "repeat" && name != "body") continue;
    std::string here = context;
    const std::string* ref = attribute_of(loader, *child, name == "repeat" ? "nodeset" : "ref");
    if (ref == nullptr && name == "group") ref = attribute_of(loader, *child, "nodeset");
    if (ref != nullptr) {
      if (std::string path = resolve_path_text(context, *ref, root_name); !path.empty())
        here = path;
      if (name == "repeat") loader.repeat_paths.insert(here);
    }
    find_repeats_below(loader, *child, here, root_name, depth + 1);
  }
}

const Node* primary_root(const Loader& loader) {
  for (const Node* child = loader.model->first_child(); child != nullptr;
       child = child->next_sibling()) {
    if (!is_element(loader, *child, "instance")) continue;
    for (const Node* root = child->first_child(); root != nullptr; root = root->next_sibling())
      if (root->kind() == NodeKind::kElement) return root;
    return nullptr;
  }
  return nullptr;
}

// Builds schema and primary instance side by side.
struct Builder {
  Loader& loader;
  Form& form;
  Document& primary;
  std::size_t nodes = 0;

  // Names in the XForms namespace are those the author left without one; submissions carry them
  // without, as JavaRosa's do.
  NameId own_name(NameId name) const {
    return form.names->uri(name) == kXformsUri ? form.names->intern("", form.names->local(name))
                                               : name;
  }

  std::string step_text(NameId name, bool attribute) const {
    std::string step = attribute ? "/@" : "/";
    const std::string_view uri = form.names->uri(name);
    const bool prefixed = !uri.empty() && (attribute || form.schema.empty() ||
                                           uri != form.names->uri(form.schema[0].name));
    // <meta xmlns="..."> was written without a prefix, so its ref has none.
    bool bare = false;
    for (const auto& [known, prefix] : loader.source.prefixes())
      bare = bare || (known == uri && prefix.empty());
    if (prefixed && !bare) {
      for (const auto& [known, prefix] : primary.prefixes())
        if (known == uri && !prefix.empty()) {
          step += prefix + ":";
          break;
        }
    }
    step += form.names->local(name);
    return step;
  }

  SchemaIndex add(NameId name, SchemaIndex parent, bool attribute) {
    const auto index = static_cast<SchemaIndex>(form.schema.size());
    SchemaNode node;
    node.name = name;
    node.local = form.names->local_id(name);
    node.parent = parent;
    node.attribute = attribute;
    node.step = step_text(name, attribute);
    node.path = (parent == kNone ? std::string() : form.schema[parent].path) + node.step;
    node.depth = parent == kNone ? 0 : form.schema[parent].depth + 1;
    form.schema_by_path.emplace(node.path, index);
    // Authors leave prefixes out; the first node of that local path is meant.
    std::string plain = parent == kNone ? std::string() : plain_paths[parent];
    plain += attribute ? "/@" : "/";
    plain += form.names->local(name);
    form.schema_by_path.emplace(plain, index);
    plain_paths.push_back(std::move(plain));
    form.schema.push_back(std::move(node));
    if (parent != kNone) {
      form.schema[parent].children.push_back(index);
      if (!attribute) form.schema[parent].leaf = false;
    }
    return index;
  }
  std::vector<std::string> plain_paths;

  // Collects all source elements that are instances of one node (a repeat has several, and its
  // children are looked for in all of them), so indices come out in document order.
  Status build(const std::vector<const Node*>& sources, SchemaIndex index, std::size_t depth) {
    if (depth > kMaxNesting)
      return fail(ErrorKind::kInvalid, "xform.depth",
                  fmt::format("The form nests groups more than {} deep: flatten it.", kMaxNesting));
    struct Group {
      NameId name;
      std::vector<const Node*> elements;
      bool several = false;
      bool has_template = false;
    };
    std::vector<Group> attributes;
    std::vector<Group> groups;
    std::unordered_map<NameId, std::size_t> where;
    for (const Node* source : sources) {
      for (const Node* at = source->first_attribute(); at != nullptr; at = at->next_sibling()) {
        if (form.names->uri(at->name()) == kJavaRosaUri) continue;
        bool known = false;
        for (const Group& group : attributes) known = known || group.name == at->name();
        if (!known) attributes.push_back({at->name(), {}, false, false});
      }
      std::unordered_set<NameId> seen;
      for (const Node* child = source->first_child(); child != nullptr;
           child = child->next_sibling()) {
        if (child->kind() != NodeKind::kElement) continue;
        const NameId name = own_name(child->name());
        auto [slot, added] = where.emplace(name, groups.size());
        if (added) groups.push_back({name, {}, false, false});
        Group& group = groups[slot->second];
        group.several = group.several || !seen.insert(name).second;
        group.has_template =
            group.has_template || attribute_of(loader, *child, "template", kJavaRosaUri) != nullptr;
        group.elements.push_back(child);
      }
    }
    for (const Group& group : attributes) add(group.name, index, true);
    // Every instance has meta/instanceID: a form that left it out gets the OpenRosa one. An edited
    // instance gets a deprecatedID.
    const auto lacks = [&](std::string_view local) {
      for (const Group& group : groups)
        if (form.names->local(group.name) == local) return false;
      return true;
    };
    // In the OpenRosa namespace where the form knows it, else in the form's own, as web-forms does.
    if (index == 0 && lacks("meta")) {
      bool knows = false;
      for (const auto& [uri, prefix] : loader.source.prefixes()) knows |= uri == kOpenRosaUri;
      groups.push_back({form.names->intern(knows ? kOpenRosaUri : std::string_view(), "meta"),
                        {},
                        false,
                        false});
    }
    if (is_meta(index)) {
      const std::string uri(form.names->uri(form.schema[index].name));
      for (const std::string_view local : {"instanceID", "deprecatedID"})
        if (lacks(local)) groups.push_back({form.names->intern(uri, local), {}, false, false});
    }
    for (const Group& group : groups) {
      if (form.schema.size() > kMaxSchemaNodes)
        return fail(ErrorKind::kInvalid, "xform.size",
                    fmt::format("The form has more than {} nodes.", kMaxSchemaNodes));
      const SchemaIndex child = add(group.name, index, false);
      const bool declared = loader.repeat_paths.contains(form.schema[child].path) ||
                            loader.repeat_paths.contains(plain_paths[child]);
      form.schema[child].is_repeat = declared || group.has_template || group.several;
      form.schema[child].fixed = !declared && !group.has_template && group.several;
      VIGIL_TRY(build(group.elements, child, depth + 1));
    }
    form.schema[index].end = static_cast<SchemaIndex>(form.schema.size());
    return {};
  }

  bool is_meta(SchemaIndex index) const {
    return form.schema[index].parent == 0 && form.names->local(form.schema[index].name) == "meta";
  }

  bool is_template(const Node& source) const {
    return attribute_of(loader, source, "template", kJavaRosaUri) != nullptr;
  }

  // A copy of `source` in the primary document. Nested templates are left out and, where they are
  // the first for their repeat, kept aside.
  Node& instantiate(const Node& source, SchemaIndex index) {
    std::string text;
    if (form.schema[index].leaf)
      for (const Node* child = source.first_child(); child != nullptr;
           child = child->next_sibling())
        if (child->kind() == NodeKind::kText) text += child->value();
    Node& node = primary.create_element(form.schema[index].name,
                                        form.schema[index].leaf ? trimmed(text) : "");
    node.bind = index;
    ++nodes;
    for (const Node* at = source.first_attribute(); at != nullptr; at = at->next_sibling()) {
      if (form.names->uri(at->name()) == kJavaRosaUri) continue;
      Node& copy = primary.set_attribute(node, at->name(), at->value());
      for (const SchemaIndex child : form.schema[index].children)
        if (form.schema[child].attribute && form.schema[child].name == at->name())
          copy.bind = child;
    }
    if (!form.schema[index].leaf) append_children(source, node, index);
    return node;
  }

  void append_children(const Node& source, Node& node, SchemaIndex index) {
    std::unordered_map<NameId, std::vector<const Node*>> elements;
    for (const Node* element = source.first_child(); element != nullptr;
         element = element->next_sibling())
      if (element->kind() == NodeKind::kElement)
        elements[own_name(element->name())].push_back(element);
    for (const SchemaIndex child : form.schema[index].children) {
      if (form.schema[child].attribute) continue;
      for (const Node* element : elements[form.schema[child].name]) {
        Node& made = instantiate(*element, child);
        if (!form.schema[child].is_repeat || !is_template(*element)) {
          primary.append(node, made);
        } else if (form.schema[child].repeat_template == nullptr) {
          form.schema[child].repeat_template = &made;
        }
      }
    }
  }

  // A repeat without jr:template: its first instance is the pattern of new ones.
  void complete_templates() {
    for (SchemaIndex index = 0; index < form.schema.size(); ++index) {
      SchemaNode& node = form.schema[index];
      node.repeat = node.is_repeat         ? index
                    : node.parent == kNone ? kNone
                                           : form.schema[node.parent].repeat;
      if (!node.is_repeat) continue;
      const SchemaIndex outer = node.parent == kNone ? kNone : form.schema[node.parent].repeat;
      const Node* top =
          outer == kNone ? primary.root_element() : form.schema[outer].repeat_template;
      if (top != nullptr) collect_defaults(*top, index);
      if (node.repeat_template == nullptr && !node.defaults.empty())
        node.repeat_template = &primary.copy(*node.defaults.front());
    }
  }

  // A nested repeat's defaults are those in its outer repeat's template.
  void collect_defaults(const Node& top, SchemaIndex index) {
    std::vector<SchemaIndex> path;
    for (SchemaIndex at = index; at != top.bind; at = form.schema[at].parent) path.push_back(at);
    const Node* parent = &top;
    for (; path.size() > 1 && parent != nullptr; path.pop_back()) {
      const Node* next = nullptr;
      for (const Node* child = parent->first_child(); child != nullptr && next == nullptr;
           child = child->next_sibling())
        if (child->bind == path.back()) next = child;
      parent = next;
    }
    if (parent == nullptr) return;
    for (const Node* child = parent->first_child(); child != nullptr; child = child->next_sibling())
      if (child->bind == index) form.schema[index].defaults.push_back(&primary.copy(*child));
  }
};

void find_meta(Form& form) {
  const auto child = [&form](SchemaIndex parent, std::string_view local) {
    for (const SchemaIndex at : form.schema[parent].children)
      if (!form.schema[at].attribute && form.names->local(form.schema[at].name) == local) return at;
    return kNone;
  };
  form.meta = child(0, "meta");
  if (form.meta == kNone) return;
  form.instance_id = child(form.meta, "instanceID");
  form.deprecated_id = child(form.meta, "deprecatedID");
}

void add_meta_nodes(Form& form, Node& root) {
  Node* meta = root.child_by_name(form.schema[form.meta].name);
  if (meta == nullptr) {
    meta = &form.primary->create_element(form.schema[form.meta].name);
    meta->bind = form.meta;
    form.primary->append(root, *meta);
  }
  const NameId name = form.schema[form.instance_id].name;
  if (meta->child_by_name(name) != nullptr) return;
  Node& id = form.primary->create_element(name);
  id.bind = form.instance_id;
  form.primary->append(*meta, id);
  form.schema[form.instance_id].preload = "uid";
}

}  // namespace

Status find_repeats(Loader& loader) {
  const Node* root = primary_root(loader);
  if (root == nullptr)
    return fail(ErrorKind::kInvalid, "xform.instance",
                "The form has no primary <instance> with a root element.");
  if (loader.body != nullptr)
    find_repeats_below(loader, *loader.body, "", loader.form.names->local(root->name()), 0);
  return {};
}

Status load_primary_instance(Loader& loader) {
  Form& form = loader.form;
  const Node* root = primary_root(loader);
  form.primary = std::make_unique<Document>(form.names);
  for (const auto& [uri, prefix] : loader.source.prefixes())
    if (uri != kXformsUri && !prefix.empty()) form.primary->declare_prefix(uri, prefix);
  form.primary->declare_prefix(kOpenRosaUri, "orx");

  Builder builder{loader, form, *form.primary, 0, {}};
  const SchemaIndex top = builder.add(builder.own_name(root->name()), kNone, false);
  VIGIL_TRY(builder.build({root}, top, 0));

  find_meta(form);
  Node& node = builder.instantiate(*root, top);
  form.primary->append(form.primary->root(), node);
  add_meta_nodes(form, node);
  builder.complete_templates();

  if (const std::string* id = attribute_of(loader, *root, "id")) form.id_ = *id;
  if (form.id_.empty()) form.id_ = std::string(form.names->uri(root->name()));
  for (const Node* at = root->first_attribute(); at != nullptr; at = at->next_sibling())
    if (form.names->local(at->name()) == "version") form.version_ = at->value();
  return {};
}

}  // namespace vigil::forms
