// SPDX-License-Identifier: Apache-2.0
//
// <bind>: types, the expressions that rule a node, their messages, preloads, Vigil's attributes.
#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

struct TypeName {
  std::string_view name;
  DataType type;
};
constexpr TypeName kTypes[] = {
    {"string", DataType::kString},     {"int", DataType::kInt},
    {"integer", DataType::kInt},       {"decimal", DataType::kDecimal},
    {"boolean", DataType::kBoolean},   {"date", DataType::kDate},
    {"time", DataType::kTime},         {"dateTime", DataType::kDateTime},
    {"geopoint", DataType::kGeopoint}, {"geotrace", DataType::kGeotrace},
    {"geoshape", DataType::kGeoshape}, {"binary", DataType::kBinary},
};

void set_type(SchemaNode& node, std::string_view name) {
  name = trimmed(name);
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
    name.remove_prefix(colon + 1);
  if (name.empty()) return;
  for (const TypeName& known : kTypes) {
    if (known.name != name) continue;
    node.type = known.type;
    node.type_name = name == "integer" ? "int" : std::string(name);
  }
  if (name == "barcode") node.type_name = name;
}

Status add_rule(Loader& loader, SchemaIndex target, Aspect aspect, const std::string& text,
                std::string_view what) {
  if (trimmed(text).empty()) return {};
  Rule rule;
  rule.target = target;
  rule.aspect = aspect;
  VIGIL_ASSIGN(rule.expression,
               compile_expression(loader, text,
                                  fmt::format("{} of {}", what, loader.form.schema[target].path)));
  loader.form.rules.push_back(rule);
  return {};
}

}  // namespace

std::string seen_from_parent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool starts = i == 0 || (text[i - 1] != '/' && text[i - 1] != '.');
    if (starts && text.substr(i, 3) == "../") {
      i += 3;
      out += "./";
    } else if (text.substr(i, 13) == "current()/../") {
      i += 13;
      out += "current()/";
    } else {
      out += text[i++];
    }
  }
  return out;
}

namespace {

struct RuleAttribute {
  std::string_view name;
  Aspect aspect;
};
constexpr RuleAttribute kRuleAttributes[] = {
    {"relevant", Aspect::kRelevant},   {"readonly", Aspect::kReadonly},
    {"required", Aspect::kRequired},   {"constraint", Aspect::kConstraint},
    {"calculate", Aspect::kCalculate},
};

Status load_messages(Loader& loader, const Node& bind, SchemaNode& node) {
  if (const std::string* text = attribute_of(loader, bind, "constraintMsg", kJavaRosaUri)) {
    VIGIL_ASSIGN(node.constraint_message,
                 load_text_ref(loader, *text, true, "constraint message of " + node.path));
  }
  if (const std::string* text = attribute_of(loader, bind, "requiredMsg", kJavaRosaUri)) {
    VIGIL_ASSIGN(node.required_message,
                 load_text_ref(loader, *text, true, "required message of " + node.path));
  }
  return {};
}

void load_vigil_attributes(const Loader& loader, const Node& bind, SchemaNode& node) {
  if (const std::string* level = attribute_of(loader, bind, "sensitivity", kVigilUri))
    if (level->size() == 1 && level->front() >= '0' && level->front() <= '3') {
      node.sensitivity = level->front() - '0';
      node.sensitivity_stated = true;
    }
  if (const std::string* standard = attribute_of(loader, bind, "standard", kVigilUri))
    node.standard = *standard;
  if (const std::string* limit = attribute_of(loader, bind, "limit", kVigilUri))
    node.limit = *limit;
}

Status load_bind(Loader& loader, const Node& bind) {
  const std::string* path = attribute_of(loader, bind, "nodeset");
  if (path == nullptr) path = attribute_of(loader, bind, "ref");
  if (path == nullptr) return {};
  const SchemaIndex target = resolve_path(loader, kNone, *path);
  if (target == kNone) {
    loader.form.warnings_.push_back(
        fmt::format("A bind names {}, which is not in the form.", trimmed(*path)));
    return {};
  }
  if (is_own_id(loader.form, target)) {
    loader.form.warnings_.push_back("A bind names the form's own id, which no rule may change.");
    return {};
  }
  SchemaNode& node = loader.form.schema[target];
  if (const std::string* id = attribute_of(loader, bind, "id"))
    loader.by_bind_id.emplace(*id, target);
  if (const std::string* type = attribute_of(loader, bind, "type")) set_type(node, *type);
  for (const RuleAttribute& attribute : kRuleAttributes)
    if (const std::string* text = attribute_of(loader, bind, attribute.name))
      VIGIL_TRY(add_rule(loader, target, attribute.aspect, *text, attribute.name));
  if (const std::string* relevant = attribute_of(loader, bind, "relevant");
      relevant != nullptr && node.is_repeat && !trimmed(*relevant).empty()) {
    VIGIL_ASSIGN(node.relevant_at_parent, compile_expression(loader, seen_from_parent(*relevant),
                                                             "relevant of " + node.path));
  }
  if (const std::string* readonly = attribute_of(loader, bind, "readonly"))
    node.readonly_always = trimmed(*readonly) == "true()";
  VIGIL_TRY(load_messages(loader, bind, node));
  if (const std::string* preload = attribute_of(loader, bind, "preload", kJavaRosaUri))
    node.preload = *preload;
  if (const std::string* parameter = attribute_of(loader, bind, "preloadParams", kJavaRosaUri))
    node.preload_parameter = *parameter;
  load_vigil_attributes(loader, bind, node);
  return {};
}

}  // namespace

Status load_binds(Loader& loader) {
  for (const Node* child = loader.model->first_child(); child != nullptr;
       child = child->next_sibling())
    if (is_element(loader, *child, "bind")) VIGIL_TRY(load_bind(loader, *child));
  // Sensitivity of a group holds for what is in it, unless the question says otherwise.
  for (SchemaIndex index = 1; index < loader.form.schema.size(); ++index) {
    SchemaNode& node = loader.form.schema[index];
    if (!node.sensitivity_stated) node.sensitivity = loader.form.schema[node.parent].sensitivity;
  }
  return {};
}

}  // namespace vigil::forms
