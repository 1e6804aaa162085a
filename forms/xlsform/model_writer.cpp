// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "forms/xlsform/dynamic_default.h"
#include "forms/xlsform/text.h"
#include "forms/xlsform/xform_writer.h"

namespace vigil::forms::xlsform {
namespace {

// Files that the form attaches; they have no node in the instance.
bool is_external(const SurveyNode& node) {
  return node.type != nullptr && (node.type->special == Special::kCsvExternal ||
                                  node.type->special == Special::kXmlExternal);
}

std::string_view bind_type(const SurveyNode& node) {
  const Attribute* type = node.bind_attribute("type");
  return type == nullptr ? std::string_view{} : type->value;
}

bool has_text_with_reference(const Text& text) {
  return std::ranges::any_of(text.versions, [](const Translation& version) {
    return version.text.find("${") != std::string::npos;
  });
}

}  // namespace

bool XformWriter::is_dynamic(const SurveyNode& node) const {
  return is_dynamic_default(node.default_value.value, bind_type(node));
}

std::string XformWriter::static_default(const SurveyNode& node) const {
  const std::string& value = node.default_value.value;
  if (value.empty() || is_dynamic(node)) return {};
  if (node.type->special == Special::kImage && value.find("://") == std::string::npos) {
    return "jr://images/" + value;
  }
  return value;
}

void XformWriter::write_instance_node(const SurveyNode& node, bool in_template, XmlText& xml) {
  if (is_external(node) || node.in_meta) return;
  const auto write = [&](bool as_template) {
    xml.start(node.name);
    if (as_template) xml.attribute("jr:template", "");
    for (const Attribute& attribute : node.instance) {
      xml.attribute(attribute.name, attribute.value);
    }
    if (node.kind == SurveyNode::Kind::kQuestion) {
      xml.content(escaped_text(static_default(node)));
      return;
    }
    if (node.children.empty() && node.entity == nullptr) {
      xml.close();
      return;
    }
    xml.children();
    write_instance_children(node, as_template || in_template, xml);
    xml.end();
  };
  // A template's own repeats need no first instance.
  if (node.kind == SurveyNode::Kind::kRepeat) write(true);
  if (node.kind != SurveyNode::Kind::kRepeat || !in_template) write(false);
}

void XformWriter::write_instance_children(const SurveyNode& node, bool in_template, XmlText& xml) {
  for (const auto& child : node.children) {
    // Outside of a template, a repeat within a repeat is an instance only: its template is above.
    if (child->kind == SurveyNode::Kind::kRepeat && !in_template &&
        child->parent->inside_repeat()) {
      xml.start(child->name).children();
      write_instance_children(*child, false, xml);
      xml.end();
      continue;
    }
    write_instance_node(*child, in_template, xml);
  }
  write_meta(node, xml);
}

void XformWriter::write_entity(const EntityDeclaration& entity, XmlText& xml) {
  const bool updates = !entity.entity_id.value.empty() || !entity.update_if.value.empty();
  const bool creates = !entity.create_if.value.empty() || !updates;
  xml.start("entity").attribute("dataset", entity.list_name);
  if (creates) xml.attribute("create", "1");
  if (updates) xml.attribute("update", "1");
  if (!entity.entity_id.value.empty()) {
    xml.attribute("baseVersion", "").attribute("trunkVersion", "").attribute("branchId", "");
  }
  xml.attribute("id", "");
  if (entity.label.value.empty()) {
    xml.close();
    return;
  }
  xml.children();
  xml.start("label").close();
  xml.end();
}

void XformWriter::write_meta(const SurveyNode& container, XmlText& xml) {
  const bool root = container.kind == SurveyNode::Kind::kRoot;
  const Settings& settings = model_.settings;
  std::vector<const SurveyNode*> meta_nodes;
  if (root) {
    for_each_node(container, [&](const SurveyNode& node) {
      if (node.in_meta) meta_nodes.push_back(&node);
    });
  }
  const bool own = root && (!settings.omit_instance_id || !settings.instance_name.empty());
  if (!own && meta_nodes.empty() && container.entity == nullptr) return;
  xml.start("meta").children();
  for (const SurveyNode* node : meta_nodes) xml.start(node->name).close();
  if (container.entity != nullptr) write_entity(*container.entity, xml);
  if (root && !settings.omit_instance_id) xml.start("instanceID").close();
  if (root && !settings.instance_name.empty()) xml.start("instanceName").close();
  xml.end();
}

std::string XformWriter::expression(std::string_view text, const Context& context,
                                    const SurveyNode* node, std::string_view attribute) {
  std::string resolved = references_.expression(text, context);
  expressions_.push_back({resolved, context.place, node, std::string(attribute)});
  return resolved;
}

void XformWriter::write_message(const SurveyNode& node, const Text& text,
                                std::string_view attribute, XmlText& xml) {
  if (text.empty()) return;
  if (!text.translated() && !has_text_with_reference(text)) {
    xml.attribute(attribute, text.versions.front().text);
    return;
  }
  const std::string id = fmt::format("{}:{}", node.path, attribute);
  add_to_itext(id, "", text, context_of(node, ""));
  xml.attribute(attribute, fmt::format("jr:itext('{}')", id));
}

void XformWriter::write_bind(const SurveyNode& node, XmlText& xml) {
  // The calculation of a triggered question is what the trigger sets.
  const bool triggered = !node.trigger.value.empty();
  const bool any = std::ranges::any_of(node.bind, [&](const Attribute& attribute) {
    return attribute.name != "calculate" || !triggered;
  });
  const bool messages = !node.constraint_message.empty() || !node.required_message.empty() ||
                        !node.no_app_message.empty();
  if (!any && !messages) return;
  xml.start("bind").attribute("nodeset", node.path);
  constexpr std::array<std::string_view, 5> kExpressions{"relevant", "required", "readonly",
                                                         "constraint", "calculate"};
  for (const Attribute& attribute : node.bind) {
    if (attribute.name == "calculate" && triggered) continue;
    const Context context = context_of(node, attribute.header);
    const bool computed = std::ranges::find(kExpressions, attribute.name) != kExpressions.end();
    if (attribute.name == "entities:saveto") {
      const std::size_t hash = attribute.value.find('#');
      xml.attribute(attribute.name,
                    hash == std::string::npos ? attribute.value : attribute.value.substr(hash + 1));
    } else if (computed) {
      xml.attribute(attribute.name, expression(attribute.value, context, &node, attribute.name));
    } else {
      xml.attribute(attribute.name, references_.expression(attribute.value, context));
    }
  }
  write_message(node, node.constraint_message, "jr:constraintMsg", xml);
  write_message(node, node.required_message, "jr:requiredMsg", xml);
  write_message(node, node.no_app_message, "jr:noAppErrorString", xml);
  xml.close();
}

void XformWriter::write_actions(const SurveyNode& node, XmlText& xml) {
  if (node.kind != SurveyNode::Kind::kQuestion) return;
  if (is_dynamic(node)) {
    xml.start("setvalue").attribute("ref", node.path);
    xml.attribute("event", "odk-instance-first-load");
    xml.attribute("value",
                  expression(node.default_value.value, context_of(node, node.default_value.header),
                             nullptr, "default"));
    xml.close();
  }
  if (node.type->special == Special::kStartGeopoint) {
    xml.start("odk:setgeopoint").attribute("ref", node.path);
    xml.attribute("event", "odk-instance-first-load").close();
  }
  if (node.type->special == Special::kBackgroundAudio) {
    xml.start("odk:recordaudio").attribute("ref", node.path);
    xml.attribute("event", "odk-instance-load");
    if (const std::string* quality = node.parameter("quality")) {
      xml.attribute("odk:quality", *quality);
    }
    xml.close();
  }
}

void XformWriter::write_binds(const SurveyNode& node, XmlText& xml) {
  if (!is_external(node)) {
    if (node.kind != SurveyNode::Kind::kRoot) write_bind(node, xml);
    write_actions(node, xml);
  }
  if (node.kind == SurveyNode::Kind::kQuestion && node.type->special == Special::kCalculate &&
      node.bind_attribute("calculate") == nullptr && !is_dynamic(node)) {
    problems_.error({"survey", node.row, "calculation"},
                    fmt::format("The calculation of \"{}\" is missing.", node.name));
  }
  for (const auto& child : node.children) write_binds(*child, xml);
  if (node.entity != nullptr) write_entity_binds(node, xml);
}

void XformWriter::write_entity_binds(const SurveyNode& container, XmlText& xml) {
  const EntityDeclaration& entity = *container.entity;
  const std::string path = container.path + "/meta/entity";
  const auto bind = [&](std::string_view name, std::string_view text, std::string_view header,
                        bool calculate_first) {
    Context context{{"entities", entity.row, header}, &container, 3, false, nullptr};
    const std::string value = expression(text, context, nullptr, "calculate");
    xml.start("bind").attribute("nodeset", fmt::format("{}/{}", path, name));
    if (calculate_first) xml.attribute("calculate", value);
    xml.attribute("readonly", "true()").attribute("type", "string");
    if (!calculate_first && !value.empty()) xml.attribute("calculate", value);
    xml.close();
  };
  if (!entity.create_if.value.empty()) {
    bind("@create", entity.create_if.value, entity.create_if.header, true);
  }
  if (!entity.update_if.value.empty()) {
    bind("@update", entity.update_if.value, entity.update_if.header, true);
  }
  const Attribute& id = entity.entity_id;
  if (!id.value.empty()) {
    for (const std::string_view name : {"baseVersion", "trunkVersion", "branchId"}) {
      const std::string column = name == "baseVersion" ? "version" : std::string(name);
      bind(
          fmt::format("@{}", name),
          fmt::format("instance('{}')/root/item[name={}]/__{}", entity.list_name, id.value, column),
          id.header, true);
    }
  }
  bind("@id", id.value, id.header, false);
  if (id.value.empty()) {
    xml.start("setvalue").attribute("ref", path + "/@id");
    xml.attribute("event", "odk-instance-first-load").attribute("value", "uuid()").close();
  }
  if (!entity.label.value.empty()) bind("label", entity.label.value, entity.label.header, true);
}

void XformWriter::write_meta_binds(XmlText& xml) {
  const Settings& settings = model_.settings;
  const std::string meta = "/" + settings.root_name + "/meta/";
  if (!settings.omit_instance_id) {
    xml.start("bind").attribute("nodeset", meta + "instanceID").attribute("type", "string");
    xml.attribute("readonly", "true()")
        .attribute("jr:preload", model_.settings.instance_id)
        .close();
  }
  if (settings.instance_name.empty()) return;
  const Context context{
      {"settings", settings.row, settings.instance_name_header}, nullptr, 0, false, nullptr};
  xml.start("bind").attribute("nodeset", meta + "instanceName").attribute("type", "string");
  xml.attribute("calculate", expression(settings.instance_name, context, nullptr, "instance_name"));
  xml.close();
}

void XformWriter::write_submission(XmlText& xml) {
  const Settings& settings = model_.settings;
  if (settings.submission_url.empty() && settings.public_key.empty() &&
      settings.auto_send.empty() && settings.auto_delete.empty() && !settings.client_editable) {
    return;
  }
  xml.start("submission");
  if (!settings.submission_url.empty()) {
    xml.attribute("action", settings.submission_url).attribute("method", "post");
  }
  if (!settings.public_key.empty()) xml.attribute("base64RsaPublicKey", settings.public_key);
  if (!settings.auto_send.empty()) xml.attribute("orx:auto-send", settings.auto_send);
  if (!settings.auto_delete.empty()) xml.attribute("orx:auto-delete", settings.auto_delete);
  if (settings.client_editable) xml.attribute("odk:client-editable", "true");
  xml.close();
}

}  // namespace vigil::forms::xlsform
