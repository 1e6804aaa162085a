// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/comparison_check.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

// `${question} = 'word'`, either way round.
struct Comparison {
  std::string_view question;
  std::string_view word;
};

// The pieces of an expression that matter here; all else is kOther.
struct Token {
  enum class Kind { kReference, kWord, kEquals, kOther };
  Kind kind = Kind::kOther;
  std::string_view text;  // inside of ${} or of the quotation marks
};

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) ++at;
  return at;
}

// Reads the token at `at`, which is no space, and goes behind it.
Token next_token(std::string_view text, std::size_t& at) {
  const char first = text[at];
  if (text.substr(at).starts_with("${")) {
    const std::size_t end = text.find('}', at);
    if (end != std::string_view::npos) {
      const Token token{Token::Kind::kReference, text.substr(at + 2, end - at - 2)};
      at = end + 1;
      return token;
    }
  }
  if (first == '\'' || first == '"') {
    const std::size_t end = text.find(first, at + 1);
    if (end != std::string_view::npos) {
      const Token token{Token::Kind::kWord, text.substr(at + 1, end - at - 1)};
      at = end + 1;
      return token;
    }
  }
  if (text.substr(at).starts_with("!=")) {
    at += 2;
    return {Token::Kind::kEquals, {}};
  }
  // `<=` and `>=` are told apart by what stands before.
  if (first == '=' && (at == 0 || (text[at - 1] != '<' && text[at - 1] != '>'))) {
    ++at;
    return {Token::Kind::kEquals, {}};
  }
  ++at;
  return {};
}

std::vector<Comparison> comparisons_in(std::string_view text) {
  std::vector<Comparison> found;
  Token before;
  Token last;
  for (std::size_t at = skip_spaces(text, 0); at < text.size(); at = skip_spaces(text, at)) {
    const Token token = next_token(text, at);
    if (last.kind == Token::Kind::kEquals) {
      if (before.kind == Token::Kind::kReference && token.kind == Token::Kind::kWord)
        found.push_back({before.text, token.text});
      if (before.kind == Token::Kind::kWord && token.kind == Token::Kind::kReference)
        found.push_back({token.text, before.text});
    }
    before = last;
    last = token;
  }
  return found;
}

// nullptr where the name means no question, or several.
const SurveyNode* question_called(const FormModel& model, std::string_view reference) {
  reference = trimmed(reference);
  const std::size_t slash = reference.find('/');
  const auto named = model.nodes_by_name.find(reference.substr(0, slash));
  if (named == model.nodes_by_name.end() || named->second.size() != 1) return nullptr;
  const SurveyNode* const node = named->second.front();
  if (slash == std::string_view::npos) return node;
  const auto source = std::ranges::find_if(node->children, [&](const auto& child) {
    return child->name == reference.substr(slash + 1);
  });
  return source == node->children.end() ? nullptr : source->get();
}

bool offers(const ChoiceList& list, std::string_view word) {
  return std::ranges::any_of(list.choices,
                             [&](const Choice& choice) { return choice.name == word; });
}

class ComparisonCheck {
 public:
  ComparisonCheck(const FormModel& model, Problems& problems)
      : model_(model), problems_(problems) {}

  void look_at(const SurveyNode& node) {
    for (const Attribute& attribute : node.bind) look_at(node, attribute);
    look_at(node, node.choice_filter);
    look_at(node, node.repeat_count);
    look_at(node, node.default_value);
  }

 private:
  void look_at(const SurveyNode& node, const Attribute& attribute) {
    for (const Comparison& comparison : comparisons_in(attribute.value)) {
      const SurveyNode* const question = question_called(model_, comparison.question);
      if (question == nullptr || question->type == nullptr || comparison.word.empty()) continue;
      const Place place{"survey", node.row, attribute.header};
      if (question->type->control == Control::kSelectMany) {
        problems_.warning(
            place, fmt::format("\"{0}\" is a select_multiple: this is true only where nothing but "
                               "\"{1}\" is chosen. selected(${{{0}}}, '{1}') asks whether it is "
                               "among what is chosen.",
                               comparison.question, comparison.word));
      } else if (question->type->control == Control::kSelectOne) {
        warn_of_unknown(place, *question, comparison);
      }
    }
  }

  void warn_of_unknown(const Place& place, const SurveyNode& question,
                       const Comparison& comparison) {
    if (question.choices != ChoiceSource::kList) return;
    const ChoiceList* const list = model_.list(question.list_name);
    if (list == nullptr || offers(*list, comparison.word)) return;
    // or_other puts its choice into the list where that is written.
    if (model_.uses_or_other && comparison.word == "other") return;
    problems_.warning(place, fmt::format("\"{}\" is no choice of the list \"{}\" that \"{}\" is "
                                         "asked with: they are never the same.",
                                         comparison.word, question.list_name, comparison.question));
  }

  const FormModel& model_;
  Problems& problems_;
};

}  // namespace

void warn_about_comparisons(const FormModel& model, Problems& problems) {
  ComparisonCheck check(model, problems);
  for_each_node(*model.root, [&](const SurveyNode& node) { check.look_at(node); });
}

}  // namespace vigil::forms::xlsform
