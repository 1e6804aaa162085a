// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "forms/expression/function.h"

namespace vigil::forms {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// The next word of `rest`, taken off it; empty at the end.
std::string_view next_word(std::string_view& rest) {
  const std::size_t first = rest.find_first_not_of(kSpace);
  if (first == std::string_view::npos) {
    rest = {};
    return {};
  }
  const std::size_t last = std::min(rest.find_first_of(kSpace, first), rest.size());
  const std::string_view word = rest.substr(first, last - first);
  rest.remove_prefix(last);
  return word;
}

Value fn_selected(Call& call) {
  std::string list_buffer;
  std::string wanted_buffer;
  std::string_view list = call.text(0, list_buffer);
  std::string_view wanted_text = call.text(1, wanted_buffer);
  const std::string_view wanted = next_word(wanted_text);
  if (wanted.empty()) return Value(false);
  for (std::string_view word = next_word(list); !word.empty(); word = next_word(list)) {
    if (word == wanted) return Value(true);
  }
  return Value(false);
}

Value fn_count_selected(Call& call) {
  std::string buffer;
  std::string_view list = call.text(0, buffer);
  double count = 0;
  while (!next_word(list).empty()) ++count;
  return Value(count);
}

Value fn_selected_at(Call& call) {
  std::string buffer;
  std::string_view list = call.text(0, buffer);
  double left = std::trunc(call.number(1));
  if (!(left >= 0)) return Value();
  for (std::string_view word = next_word(list); !word.empty(); word = next_word(list)) {
    if (left-- == 0) return Value(std::string(word));
  }
  return Value();
}

Value fn_choice_name(Call& call) {
  const std::string value = call.text(0);
  const std::string path = call.text(1);
  return Value(call.host().choice_label(value, path, call.focus().node).value_or(std::string()));
}

Value fn_itext(Call& call) {
  const std::string id = call.text(0);
  NodeSet nodes = call.host().itext_nodes(id);
  if (!nodes.empty()) return Value(std::move(nodes));
  return Value(call.host().itext(id).value_or(std::string()));
}

constexpr std::array kFunctions{
    Function{.name = "selected",
             .least = 2,
             .most = 2,
             .type = StaticType::kBoolean,
             .call = fn_selected},
    Function{.name = "is-selected",
             .least = 2,
             .most = 2,
             .type = StaticType::kBoolean,
             .call = fn_selected},
    Function{.name = "selected-at",
             .least = 2,
             .most = 2,
             .type = StaticType::kString,
             .call = fn_selected_at},
    Function{.name = "count-selected",
             .least = 1,
             .most = 1,
             .type = StaticType::kNumber,
             .call = fn_count_selected},
    Function{.name = "jr:choice-name",
             .least = 2,
             .most = 2,
             .type = StaticType::kString,
             .call = fn_choice_name,
             .hangs = Hangs::kOnLanguage,
             .reads_focus = true},
    Function{.name = "jr:itext",
             .least = 1,
             .most = 1,
             .type = StaticType::kAny,
             .call = fn_itext,
             .hangs = Hangs::kOnLanguage},
};

}  // namespace

std::span<const Function> choice_functions() {
  return kFunctions;
}

}  // namespace vigil::forms
