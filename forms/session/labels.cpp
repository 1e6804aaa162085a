// SPDX-License-Identifier: Apache-2.0
//
// Texts in the current language, with the answers in them.
#include "core/base/language.h"
#include "forms/session/session_state.h"

namespace vigil::forms {

// A number, or an answer that is one by its type or by its calculation: "21.11" may be a date.
bool Session::shows_number(const Expression& output, const Node& context) const {
  constexpr int kMostSteps = 16;  // ${a} calculated as ${b} calculated as ...
  const Expression* asked = &output;
  const Node* from = &context;
  for (int step = 0; step < kMostSteps; ++step) {
    const auto value = asked->evaluate(context_of(*from));
    if (!value.has_value()) return false;
    if (value->type() == ValueType::kNumber) return true;
    if (value->type() != ValueType::kNodeSet || value->nodes().empty()) return false;
    from = value->nodes().front();
    if (from->value_kind == ValueKind::kNumber) return true;
    if (from->slot == Node::kNoSlot) return false;
    const RuleIndex rule = schema(*from).rules[static_cast<std::size_t>(Aspect::kCalculate)];
    if (rule == kNone) return false;
    asked = &form_->expressions[form_->rules[rule].expression];
  }
  return false;
}

std::string Session::render(const TextParts& parts, const Node& context, char mark) const {
  std::string out;
  for (const TextPart& part : parts) {
    out += part.literal;
    if (part.output == kNone) continue;
    const Expression& output = form_->expressions[part.output];
    std::string text = output.evaluate_string(context_of(context)).value_or("");
    if (mark != '.' && has_fraction(text) && shows_number(output, context)) {
      text = written_number(text, mark);
    }
    out += text;
  }
  return out;
}

std::string Session::text_of_id(std::uint32_t id, TextForm form, const Node& context,
                                char mark) const {
  // A text that this language lacks is shown in the form's default one.
  for (const std::size_t language : {language_, std::size_t{0}}) {
    if (language >= form_->translations.size()) continue;
    const auto& forms = form_->translations[language].texts[id];
    for (const auto& [kind, parts] : forms)
      if (kind == form) return render(parts, context, mark);
    // A short form stands in for a missing long one.
    if (form == TextForm::kPlain)
      for (const auto& [kind, parts] : forms)
        if (kind == TextForm::kShort) return render(parts, context, mark);
    if (!forms.empty() || form != TextForm::kPlain) break;
  }
  return {};
}

std::string Session::text_of(const TextSource& text, TextForm form, const Node& context,
                             char mark) const {
  switch (text.kind) {
    case TextSource::Kind::kNothing:
      return {};
    case TextSource::Kind::kInline:
      return form == TextForm::kPlain ? render(text.parts, context, mark) : std::string();
    case TextSource::Kind::kItext:
      return text_of_id(text.text_id, form, context, mark);
    case TextSource::Kind::kItextExpression: {
      const auto id = form_->expressions[text.expression].evaluate_string(context_of(context));
      if (!id.has_value()) return {};
      const auto known = form_->text_ids.find(*id);
      return known == form_->text_ids.end() ? std::string()
                                            : text_of_id(known->second, form, context, mark);
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
