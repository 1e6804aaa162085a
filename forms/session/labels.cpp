// SPDX-License-Identifier: Apache-2.0
//
// Texts in the current language, with the answers in them.
#include "forms/session/session_state.h"

namespace vigil::forms {

std::string Session::render(const TextParts& parts, const Node& context) const {
  std::string out;
  for (const TextPart& part : parts) {
    out += part.literal;
    if (part.output == kNone) continue;
    out += form_->expressions[part.output].evaluate_string(context_of(context)).value_or("");
  }
  return out;
}

std::string Session::text_of_id(std::uint32_t id, TextForm form, const Node& context) const {
  // A text that this language lacks is shown in the form's default one.
  for (const std::size_t language : {language_, std::size_t{0}}) {
    if (language >= form_->translations.size()) continue;
    const auto& forms = form_->translations[language].texts[id];
    for (const auto& [kind, parts] : forms)
      if (kind == form) return render(parts, context);
    // A short form stands in for a missing long one.
    if (form == TextForm::kPlain)
      for (const auto& [kind, parts] : forms)
        if (kind == TextForm::kShort) return render(parts, context);
    if (!forms.empty() || form != TextForm::kPlain) break;
  }
  return {};
}

std::string Session::text_of(const TextSource& text, TextForm form, const Node& context) const {
  switch (text.kind) {
    case TextSource::Kind::kNothing:
      return {};
    case TextSource::Kind::kInline:
      return form == TextForm::kPlain ? render(text.parts, context) : std::string();
    case TextSource::Kind::kItext:
      return text_of_id(text.text_id, form, context);
    case TextSource::Kind::kItextExpression: {
      const auto id = form_->expressions[text.expression].evaluate_string(context_of(context));
      if (!id.has_value()) return {};
      const auto known = form_->text_ids.find(*id);
      return known == form_->text_ids.end() ? std::string()
                                            : text_of_id(known->second, form, context);
    }
    case TextSource::Kind::kExpression:
      if (form != TextForm::kPlain) return {};
      return form_->expressions[text.expression].evaluate_string(context_of(context)).value_or("");
  }
  return {};
}

std::optional<std::string> Session::itext(std::string_view id) const {
  const auto known = form_->text_ids.find(std::string(id));
  if (known == form_->text_ids.end()) return std::nullopt;
  return text_of_id(known->second, TextForm::kPlain, *document_->root_element());
}

Result<Change> Session::set_language(std::string_view name) {
  for (std::size_t index = 0; index < form_->languages().size(); ++index) {
    if (form_->languages()[index] != name) continue;
    begin_operation();
    if (index == language_) return take_change();
    language_ = index;
    for (const RuleIndex rule : form_->language_rules) enqueue_everywhere(rule);
    settle();
    // Whatever is shown may read differently now.
    for (Entry& own : entries_)
      if (own.node != nullptr && !schema(*own.node).attribute &&
          (schema(*own.node).control != kNone || schema(*own.node).repeat_control != kNone))
        mark_changed(*own.node);
    return take_change();
  }
  return fail(ErrorKind::kInvalid, "session.language",
              "The form has no language \"" + std::string(name) + "\".");
}

const std::string& Session::language() const {
  static const std::string kNoLanguage;
  return language_ < form_->languages().size() ? form_->languages()[language_] : kNoLanguage;
}

}  // namespace vigil::forms
