// SPDX-License-Identifier: Apache-2.0
//
// Texts: translations (<itext>), and labels, hints and messages with answers in them.
#include <algorithm>

#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

TextForm form_of(const std::string* name) {
  if (name == nullptr || *name == "long") return TextForm::kPlain;
  if (*name == "short") return TextForm::kShort;
  if (*name == "guidance") return TextForm::kGuidance;
  if (*name == "image") return TextForm::kImage;
  if (*name == "big-image") return TextForm::kBigImage;
  if (*name == "audio") return TextForm::kAudio;
  if (*name == "video") return TextForm::kVideo;
  return TextForm::kPlain;
}

Status collect_parts(Loader& loader, const Node& element, TextParts& parts, std::string_view where,
                     std::size_t depth) {
  if (depth > kMaxNesting)
    return fail(ErrorKind::kInvalid, "xform.depth", fmt::format("The {} nests too deep.", where));
  for (const Node* child = element.first_child(); child != nullptr; child = child->next_sibling()) {
    if (child->kind() == NodeKind::kText) {
      if (parts.empty() || parts.back().output != kNone) parts.emplace_back();
      parts.back().literal += child->value();
    } else if (is_element(loader, *child, "output")) {
      const std::string* value = attribute_of(loader, *child, "value");
      if (value == nullptr) value = attribute_of(loader, *child, "ref");
      if (value == nullptr) continue;
      // A form is not lost for a piece of text: Collect shows nothing in its place.
      const auto output = compile_expression(loader, *value, where);
      if (!output.has_value()) {
        loader.form.warnings_.push_back(output.error().message + " Nothing is shown there.");
        continue;
      }
      parts.push_back({std::string(), *output});
    } else if (child->kind() == NodeKind::kElement) {
      VIGIL_TRY(collect_parts(loader, *child, parts, where, depth + 1));
    }
  }
  return {};
}

bool is_quoted(std::string_view text) {
  return text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
         text.back() == text.front() &&
         text.substr(1, text.size() - 2).find(text.front()) == std::string_view::npos;
}

Status load_translation(Loader& loader, const Node& element, Translation& translation) {
  for (const Node* text = element.first_child(); text != nullptr; text = text->next_sibling()) {
    if (!is_element(loader, *text, "text")) continue;
    const std::string* id = attribute_of(loader, *text, "id");
    if (id == nullptr) continue;
    const auto slot =
        loader.form.text_ids.emplace(*id, static_cast<std::uint32_t>(loader.form.text_ids.size()))
            .first->second;
    if (translation.texts.size() <= slot) translation.texts.resize(slot + 1);
    for (const Node* value = text->first_child(); value != nullptr; value = value->next_sibling()) {
      if (!is_element(loader, *value, "value")) continue;
      VIGIL_ASSIGN(TextParts parts,
                   load_text_parts(loader, *value, fmt::format("text \"{}\"", *id)));
      translation.texts[slot].emplace_back(form_of(attribute_of(loader, *value, "form")),
                                           std::move(parts));
    }
  }
  return {};
}

}  // namespace

Result<TextParts> load_text_parts(Loader& loader, const Node& element, std::string_view where) {
  TextParts parts;
  VIGIL_TRY(collect_parts(loader, element, parts, where, 0));
  std::erase_if(parts,
                [](const TextPart& part) { return part.output == kNone && part.literal.empty(); });
  return parts;
}

Result<TextSource> load_text_ref(Loader& loader, std::string_view ref, bool plain_allowed,
                                 std::string_view where) {
  TextSource text;
  const std::string_view path = trimmed(ref);
  if (path.starts_with("jr:itext(") && path.ends_with(")")) {
    const std::string_view id = trimmed(path.substr(9, path.size() - 10));
    if (is_quoted(id)) {
      const auto known = loader.form.text_ids.find(std::string(id.substr(1, id.size() - 2)));
      if (known == loader.form.text_ids.end()) {
        loader.form.warnings_.push_back(
            fmt::format("The {} names the text {} that no translation has.", where, id));
        return text;
      }
      text.kind = TextSource::Kind::kItext;
      text.text_id = known->second;
      return text;
    }
    text.kind = TextSource::Kind::kItextExpression;
    VIGIL_ASSIGN(text.expression, compile_expression(loader, id, where));
    return text;
  }
  if (path.empty()) return text;
  if (plain_allowed) {
    text.kind = TextSource::Kind::kInline;
    text.parts.push_back({std::string(ref), kNone});
    return text;
  }
  text.kind = TextSource::Kind::kExpression;
  VIGIL_ASSIGN(text.expression, compile_expression(loader, path, where));
  return text;
}

Result<TextSource> load_text(Loader& loader, const Node& element, std::string_view where) {
  const std::string* ref = attribute_of(loader, element, "ref");
  if (ref != nullptr && !trimmed(*ref).empty()) {
    VIGIL_ASSIGN(TextSource text, load_text_ref(loader, *ref, false, where));
    if (text.kind != TextSource::Kind::kNothing) return text;
  }
  TextSource text;
  VIGIL_ASSIGN(text.parts, load_text_parts(loader, element, where));
  text.kind = TextSource::Kind::kInline;
  return text;
}

// "-" stands for what a language lacks (forms/xlsform/itext.h).
void read_titles(Form& form) {
  const auto id = form.text_ids.find(std::string(kTitleTextId));
  if (id == form.text_ids.end()) return;
  for (const Translation& translation : form.translations) {
    std::string title;
    for (const auto& [kind, parts] : translation.texts[id->second]) {
      if (kind != TextForm::kPlain) continue;
      for (const TextPart& part : parts) title += part.literal;
    }
    form.titles_.push_back(title == "-" ? std::string() : std::move(title));
  }
}

Status load_itext(Loader& loader) {
  Form& form = loader.form;
  const Node* itext = first_element(loader, *loader.model, "itext");
  if (itext == nullptr) return {};
  std::size_t chosen = kNone;
  for (const Node* element = itext->first_child(); element != nullptr;
       element = element->next_sibling()) {
    if (!is_element(loader, *element, "translation")) continue;
    const std::string* language = attribute_of(loader, *element, "lang");
    Translation translation;
    translation.language = language == nullptr ? "default" : *language;
    VIGIL_TRY(load_translation(loader, *element, translation));
    if (chosen == kNone && attribute_of(loader, *element, "default") != nullptr)
      chosen = form.translations.size();
    form.translations.push_back(std::move(translation));
  }
  if (chosen != kNone && chosen != 0)
    std::rotate(form.translations.begin(),
                form.translations.begin() + static_cast<std::ptrdiff_t>(chosen),
                form.translations.begin() + static_cast<std::ptrdiff_t>(chosen) + 1);
  for (Translation& translation : form.translations) {
    translation.texts.resize(form.text_ids.size());
    form.languages_.push_back(translation.language);
  }
  read_titles(form);
  return {};
}

}  // namespace vigil::forms
