// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "forms/xlsform/text.h"
#include "forms/xlsform/xform_writer.h"

namespace vigil::forms::xlsform {
namespace {

std::string_view tag_of(Control control) {
  switch (control) {
    case Control::kUpload:
      return "upload";
    case Control::kTrigger:
      return "trigger";
    case Control::kSelectOne:
      return "select1";
    case Control::kSelectMany:
      return "select";
    case Control::kRank:
      return "odk:rank";
    case Control::kRange:
      return "range";
    default:
      return "input";
  }
}

}  // namespace

bool is_visible(const SurveyNode& node) {
  if (node.kind != SurveyNode::Kind::kQuestion || node.type->control == Control::kNone)
    return false;
  const bool worded = !node.label.empty() || !node.hint.empty() || node.has_media();
  const bool computed = node.bind_attribute("calculate") != nullptr || !node.trigger.value.empty();
  return worded || !computed;
}

void XformWriter::write_label(const SurveyNode& node, bool always, XmlText& xml) {
  if (node.label.translated() || node.has_media()) {
    const std::string id = node.path + ":label";
    add_to_itext(id, "", node.label, context_of(node, "label"));
    add_media_to_itext(id, node.media, context_of(node, "image"));
    xml.start("label").attribute("ref", fmt::format("jr:itext('{}')", id)).close();
  } else if (!node.label.empty()) {
    const Translation& only = node.label.versions.front();
    xml.start("label").content(references_.markup(only.text, context_of(node, only.header)));
  } else if (always) {
    xml.start("label").close();
  }
}

void XformWriter::write_hint(const SurveyNode& node, XmlText& xml) {
  if (node.hint.empty() && node.guidance.empty()) return;
  if (!node.hint.translated() && node.guidance.empty()) {
    const Translation& only = node.hint.versions.front();
    xml.start("hint").content(references_.markup(only.text, context_of(node, only.header)));
    return;
  }
  const std::string id = node.path + ":hint";
  add_to_itext(id, "", node.hint, context_of(node, "hint"));
  add_to_itext(id, "guidance", node.guidance, context_of(node, "guidance_hint"));
  xml.start("hint").attribute("ref", fmt::format("jr:itext('{}')", id)).close();
}

void XformWriter::write_body_attributes(const SurveyNode& node, XmlText& xml) {
  for (const Attribute& attribute : node.body) {
    xml.attribute(attribute.name,
                  references_.expression(attribute.value, context_of(node, attribute.header)));
  }
}

void XformWriter::write_children(const SurveyNode& node, XmlText& xml) {
  for (const auto& child : node.children) write_body_node(*child, xml);
}

void XformWriter::write_body_node(const SurveyNode& node, XmlText& xml) {
  switch (node.kind) {
    case SurveyNode::Kind::kGroup:
      write_group(node, xml);
      return;
    case SurveyNode::Kind::kRepeat:
      write_repeat(node, xml);
      return;
    case SurveyNode::Kind::kQuestion:
      if (is_visible(node)) write_control(node, xml);
      return;
    case SurveyNode::Kind::kRoot:
      write_children(node, xml);
      return;
  }
}

void XformWriter::write_group(const SurveyNode& node, XmlText& xml) {
  xml.start("group");
  write_body_attributes(node, xml);
  xml.attribute("ref", node.path);
  xml.children();
  write_label(node, false, xml);
  // ODK tools show no hint of a group; that of a question asked per source is ours to show.
  if (!node.children.empty() && node.children.front()->is_source) write_hint(node, xml);
  write_children(node, xml);
  xml.end();
}

void XformWriter::write_repeat(const SurveyNode& node, XmlText& xml) {
  xml.start("group").attribute("ref", node.path);
  xml.children();
  write_label(node, true, xml);
  xml.start("repeat").attribute("nodeset", node.path);
  if (!node.repeat_count.value.empty()) {
    xml.attribute("jr:count",
                  expression(node.repeat_count.value, context_of(node, node.repeat_count.header),
                             nullptr, "jr:count"));
  }
  write_body_attributes(node, xml);
  xml.children();
  write_children(node, xml);
  write_new_repeat_actions(node, xml);
  xml.end();
  xml.end();
}

void XformWriter::write_range_attributes(const SurveyNode& node, XmlText& xml) {
  const auto value = [&](std::string_view key, std::string_view otherwise) {
    const std::string* given = node.parameter(key);
    return given == nullptr ? std::string(otherwise) : *given;
  };
  xml.attribute("start", value("start", "1"));
  xml.attribute("end", value("end", "10"));
  xml.attribute("step", value("step", "1"));
  if (node.parameter("tick_interval") != nullptr) {
    xml.attribute("odk:tick-interval", value("tick_interval", ""));
  }
  if (node.parameter("placeholder") != nullptr) {
    xml.attribute("odk:placeholder", value("placeholder", ""));
  }
}

void XformWriter::write_control(const SurveyNode& node, XmlText& xml) {
  if (node.label.empty() && node.hint.empty() && !node.has_media()) {
    problems_.error({"survey", node.row, "label"},
                    fmt::format("The question \"{}\" has no label and no hint.", node.name));
  }
  xml.start(tag_of(node.type->control)).attribute("ref", node.path);
  if (!node.type->mediatype.empty() && node.body_attribute("mediatype").empty()) {
    xml.attribute("mediatype", node.type->mediatype);
  }
  if (node.choices == ChoiceSource::kExternal) {
    const std::string filter = filter_of(node, nullptr);
    xml.attribute("query", fmt::format("instance('{}')/root/item{}", node.list_name, filter));
  }
  write_body_attributes(node, xml);
  if (node.type->control == Control::kRange) write_range_attributes(node, xml);
  xml.children();
  write_label(node, true, xml);
  write_hint(node, xml);
  write_choices(node, xml);
  write_triggered(node, xml);
  xml.end();
}

void XformWriter::write_triggered(const SurveyNode& node, XmlText& xml) {
  for (const Triggered& triggered : node.triggered) {
    const SurveyNode& target = *triggered.target;
    if (triggered.set_geopoint) continue;
    xml.start("setvalue").attribute("ref", target.path);
    xml.attribute("event", "xforms-value-changed");
    if (const Attribute* value = target.bind_attribute("calculate")) {
      xml.attribute("value", expression(value->value, context_of(target, value->header), nullptr,
                                        "calculate"));
    }
    xml.close();
  }
  for (const Triggered& triggered : node.triggered) {
    if (!triggered.set_geopoint) continue;
    xml.start("odk:setgeopoint").attribute("ref", triggered.target->path);
    xml.attribute("event", "xforms-value-changed").close();
  }
}

void XformWriter::write_new_repeat_actions(const SurveyNode& repeat, XmlText& xml) {
  const auto visit = [&](const auto& self, const SurveyNode& node) -> void {
    for (const auto& child : node.children) {
      if (child->kind == SurveyNode::Kind::kRepeat) continue;  // has its own
      if (child->kind == SurveyNode::Kind::kQuestion && is_dynamic(*child)) {
        xml.start("setvalue").attribute("ref", child->path).attribute("event", "odk-new-repeat");
        xml.attribute("value",
                      references_.expression(child->default_value.value,
                                             context_of(*child, child->default_value.header)));
        xml.close();
      }
      self(self, *child);
    }
    // An entity made anew needs an id of its own in each instance.
    const EntityDeclaration* entity = node.entity;
    if (entity == nullptr) return;
    if (!entity->entity_id.value.empty() && entity->create_if.value.empty()) return;
    if (!entity->entity_id.value.empty()) return;
    xml.start("setvalue").attribute("ref", node.path + "/meta/entity/@id");
    xml.attribute("event", "odk-new-repeat").attribute("value", "uuid()").close();
  };
  visit(visit, repeat);
}

}  // namespace vigil::forms::xlsform
