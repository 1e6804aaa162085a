// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/xform_writer.h"

#include <array>

namespace vigil::forms::xlsform {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNamespaces{{
    {"xmlns", "http://www.w3.org/2002/xforms"},
    {"xmlns:h", "http://www.w3.org/1999/xhtml"},
    {"xmlns:ev", "http://www.w3.org/2001/xml-events"},
    {"xmlns:xsd", "http://www.w3.org/2001/XMLSchema"},
    {"xmlns:jr", "http://openrosa.org/javarosa"},
    {"xmlns:orx", "http://openrosa.org/xforms"},
    {"xmlns:odk", "http://www.opendatakit.org/xforms"},
}};
constexpr std::string_view kEntitiesNamespace = "http://www.opendatakit.org/xforms/entities";
constexpr std::string_view kVigilNamespace = "urn:x-vigil:xforms";
constexpr std::string_view kTitleTextId = "vigil:title";  // read by forms/xform
// Depths at which the parts of the document are written.
constexpr int kModelDepth = 3;
constexpr int kBodyDepth = 2;

void write_namespaces(const FormModel& model, XmlText& xml) {
  for (const auto& [name, uri] : kNamespaces) xml.attribute(name, uri);
  if (!model.entities.empty()) xml.attribute("xmlns:entities", kEntitiesNamespace);
  if (model.uses_vigil) xml.attribute("xmlns:vigil", kVigilNamespace);
  for (const auto& [prefix, uri] : model.settings.namespaces) {
    xml.attribute("xmlns:" + prefix, uri);
  }
}

void write_root_attributes(const Settings& settings, XmlText& xml) {
  if (!settings.instance_xmlns.empty()) xml.attribute("xmlns", settings.instance_xmlns);
  for (const Attribute& attribute : settings.attributes) {
    xml.attribute(attribute.name, attribute.value);
  }
  xml.attribute("id", settings.id);
  if (!settings.version.empty()) xml.attribute("version", settings.version);
  if (!settings.prefix.empty()) xml.attribute("odk:prefix", settings.prefix);
  if (!settings.delimiter.empty()) xml.attribute("odk:delimiter", settings.delimiter);
}

// The version of the entities specification that the form needs.
std::string_view entities_version(const FormModel& model) {
  for (const EntityDeclaration& entity : model.entities) {
    if (entity.container != model.root.get()) return "2025.1.0";
  }
  return "2024.1.0";
}

}  // namespace

// Behind all other texts: the order of the languages is the survey's.
void XformWriter::add_titles_to_itext() {
  const Settings& settings = model_.settings;
  if (settings.titles.empty()) return;
  const std::string id(kTitleTextId);
  itext_.add(id, "", settings.default_language, escaped_text(settings.title));
  for (const auto& [language, title] : settings.titles) {
    itext_.add(id, "", language, escaped_text(title));
  }
}

std::string XformWriter::write() {
  instances_.collect();
  add_choices_to_itext();
  // Texts that need translating are found on the way, so the body and the binds come first.
  XmlText body(kBodyDepth);
  write_children(*model_.root, body);
  XmlText binds(kModelDepth);
  write_binds(*model_.root, binds);
  write_meta_binds(binds);
  if (references_.uses_last_saved()) instances_.add_last_saved();
  add_titles_to_itext();

  XmlText xml;
  xml.raw("<?xml version=\"1.0\"?>\n");
  xml.start("h:html");
  write_namespaces(model_, xml);
  xml.children();
  xml.start("h:head").children();
  xml.start("h:title").content(escaped_text(model_.settings.title));
  xml.start("model").attribute("odk:xforms-version", "1.0.0");
  if (!model_.entities.empty()) {
    xml.attribute("entities:entities-version", entities_version(model_));
  }
  xml.children();
  write_submission(xml);
  itext_.write(xml);
  xml.start("instance").children();
  xml.start(model_.settings.root_name);
  write_root_attributes(model_.settings, xml);
  xml.children();
  write_instance_children(*model_.root, false, xml);
  xml.end();
  xml.end();
  instances_.write(xml);
  xml.raw(binds.text());
  xml.end();
  xml.end();
  xml.start("h:body");
  if (!model_.settings.style.empty()) xml.attribute("class", model_.settings.style);
  if (body.text().empty()) {
    xml.close();
  } else {
    xml.children();
    xml.raw(body.text());
    xml.end();
  }
  xml.end();
  return xml.take();
}

}  // namespace vigil::forms::xlsform
