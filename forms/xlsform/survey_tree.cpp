// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/survey_tree.h"

#include <algorithm>

namespace vigil::forms::xlsform {

bool Text::translated() const {
  return std::ranges::any_of(versions,
                             [](const Translation& version) { return !version.language.empty(); });
}

void Text::add(std::string_view language, std::string text, std::string_view header) {
  versions.push_back({std::string(language), std::move(text), header});
}

const Attribute* SurveyNode::bind_attribute(std::string_view attribute) const {
  const auto found = std::ranges::find(bind, attribute, &Attribute::name);
  return found == bind.end() ? nullptr : &*found;
}

const std::string* SurveyNode::parameter(std::string_view key) const {
  const auto found =
      std::ranges::find(parameters, key, &std::pair<std::string, std::string>::first);
  return found == parameters.end() ? nullptr : &found->second;
}

std::string_view SurveyNode::body_attribute(std::string_view attribute) const {
  const auto found = std::ranges::find(body, attribute, &Attribute::name);
  return found == body.end() ? std::string_view{} : found->value;
}

void SurveyNode::set_bind(std::string_view attribute, std::string value, std::string_view header) {
  const auto found = std::ranges::find(bind, attribute, &Attribute::name);
  if (found == bind.end()) {
    bind.push_back({std::string(attribute), std::move(value), header});
  } else {
    found->value = std::move(value);
    found->header = header;
  }
}

SurveyNode* SurveyNode::add_child(std::unique_ptr<SurveyNode> child) {
  child->parent = this;
  child->depth = depth + 1;
  children.push_back(std::move(child));
  return children.back().get();
}

bool SurveyNode::has_media() const {
  return std::ranges::any_of(media, [](const Text& text) { return !text.empty(); });
}

bool SurveyNode::inside_repeat() const {
  for (const SurveyNode* at = this; at != nullptr; at = at->parent) {
    if (at->kind == Kind::kRepeat) return true;
  }
  return false;
}

}  // namespace vigil::forms::xlsform
