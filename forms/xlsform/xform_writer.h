// SPDX-License-Identifier: Apache-2.0
//
// The model as XForm XML. What can only be seen while resolving references (unknown names, missing
// labels) is reported on the way; the result counts only where nothing was.
#pragma once

#include <string>
#include <vector>

#include "forms/xlsform/form_model.h"
#include "forms/xlsform/instances.h"
#include "forms/xlsform/itext.h"
#include "forms/xlsform/references.h"
#include "forms/xlsform/xml_text.h"

namespace vigil::forms::xlsform {

// An expression as it stands in the XForm, kept for the check of all expressions.
struct WrittenExpression {
  std::string text;
  Place place;
  const SurveyNode* node = nullptr;  // whose value or relevance it decides; may be nullptr
  std::string attribute;             // "relevant", "calculate", ...
};

class XformWriter {
 public:
  XformWriter(const FormModel& model, Problems& problems)
      : model_(model),
        problems_(problems),
        references_(model, problems),
        instances_(model, problems),
        itext_(model.settings.default_language) {}

  [[nodiscard]] std::string write();
  [[nodiscard]] const std::vector<WrittenExpression>& expressions() const { return expressions_; }

 private:
  // model_writer.cpp
  void write_instance_node(const SurveyNode& node, bool in_template, XmlText& xml);
  void write_instance_children(const SurveyNode& node, bool in_template, XmlText& xml);
  void write_meta(const SurveyNode& container, XmlText& xml);
  void write_entity(const EntityDeclaration& entity, XmlText& xml);
  void write_binds(const SurveyNode& node, XmlText& xml);
  void write_bind(const SurveyNode& node, XmlText& xml);
  void write_message(const SurveyNode& node, const Text& text, std::string_view attribute,
                     XmlText& xml);
  void write_actions(const SurveyNode& node, XmlText& xml);
  void write_meta_binds(XmlText& xml);
  void write_entity_binds(const SurveyNode& container, XmlText& xml);
  void write_submission(XmlText& xml);
  [[nodiscard]] bool is_dynamic(const SurveyNode& node) const;
  [[nodiscard]] std::string static_default(const SurveyNode& node) const;

  // body_writer.cpp
  void write_body_node(const SurveyNode& node, XmlText& xml);
  void write_children(const SurveyNode& node, XmlText& xml);
  void write_group(const SurveyNode& node, XmlText& xml);
  void write_repeat(const SurveyNode& node, XmlText& xml);
  void write_control(const SurveyNode& node, XmlText& xml);
  void write_label(const SurveyNode& node, bool always, XmlText& xml);
  void write_hint(const SurveyNode& node, XmlText& xml);
  void write_body_attributes(const SurveyNode& node, XmlText& xml);
  void write_range_attributes(const SurveyNode& node, XmlText& xml);
  void write_new_repeat_actions(const SurveyNode& repeat, XmlText& xml);
  void write_triggered(const SurveyNode& node, XmlText& xml);

  // itemset_writer.cpp
  void write_choices(const SurveyNode& node, XmlText& xml);
  void write_itemset(const SurveyNode& node, std::string nodeset, std::string_view value,
                     std::string_view label, XmlText& xml);
  void write_search_items(const SurveyNode& node, XmlText& xml);
  void write_reference_geometry(const SurveyNode& node, XmlText& xml);
  void write_osm_tags(const SurveyNode& node, XmlText& xml);
  [[nodiscard]] std::string filter_of(const SurveyNode& node, const SurveyNode* items);
  void write_from_repeat(const SurveyNode& node, const SurveyNode& repeat,
                         const std::string& question, XmlText& xml);
  void add_choices_to_itext();
  void add_titles_to_itext();

  // texts
  void add_to_itext(const std::string& id, std::string_view form, const Text& text,
                    const Context& context, std::string_view prefix = {});
  void add_media_to_itext(const std::string& id, const Media& media, const Context& context);
  [[nodiscard]] std::string expression(std::string_view text, const Context& context,
                                       const SurveyNode* node, std::string_view attribute);

  [[nodiscard]] static Context context_of(const SurveyNode& node, std::string_view header) {
    return {{"survey", node.row, header}, &node, 0, false, nullptr};
  }

  const FormModel& model_;
  Problems& problems_;
  References references_;
  Instances instances_;
  Itext itext_;
  std::vector<WrittenExpression> expressions_;
};

// True where the question appears in the form's body.
[[nodiscard]] bool is_visible(const SurveyNode& node);

}  // namespace vigil::forms::xlsform
