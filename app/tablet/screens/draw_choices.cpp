// SPDX-License-Identifier: Apache-2.0
//
// Choices: one, many, in an order.
#include <algorithm>

#include <fmt/format.h>

#include "app/tablet/screens/question_parts.h"
#include "app/ui/utf8.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

// More choices than this are searched, not read through.
constexpr std::size_t kSearched = 10;

// Shows `shown` (numbers into row.options) and asks for what a tap on one means.
void draw_some(const Pen& pen, const QuestionCard& card, const QuestionRow& row,
               const std::vector<std::size_t>& shown) {
  const bool many = card.control == Control::kMany;
  std::vector<ui::Option> options;
  bool pictures = false;
  for (const std::size_t index : shown) {
    options.push_back(row.options[index]);
    pictures = pictures || options.back().image != nullptr;
  }
  const std::string key = key_of(row.ref);
  std::optional<std::size_t> tapped;
  if (pictures || card.layout == ChoiceLayout::kColumns) {
    const int columns = card.columns > 0 ? card.columns
                        : pictures       ? 4
                                   : static_cast<int>(std::min<std::size_t>(5, options.size()));
    tapped = ui::options_in_columns(pen.kit, key, options, many, card.readonly, columns);
  } else if (row.options.size() > kSearched || card.layout == ChoiceLayout::kFolded) {
    tapped = ui::options_in_columns(pen.kit, key, options, many, card.readonly, 2);
  } else {
    tapped = ui::options(pen.kit, key, options, many, card.readonly);
  }
  if (!tapped) return;
  const ui::Option& option = options[*tapped];
  if (!many) {
    pen.kit.kept(key + ".open").clear();
    pen.kit.kept(key + ".search").clear();
    pen.ask(command::SetAnswer{row.ref, option.chosen ? "" : option.value});
    return;
  }
  std::string value;
  for (const ui::Option& other : row.options) {
    if (other.chosen == (other.value == option.value)) continue;
    if (!value.empty()) value += ' ';
    value += other.value;
  }
  pen.ask(command::SetAnswer{row.ref, value});
}

std::string chosen_words(const QuestionRow& row) {
  std::string words;
  for (const ui::Option& option : row.options) {
    if (!option.chosen) continue;
    if (!words.empty()) words += ", ";
    words += option.label;
  }
  return words;
}

// Finds by any part of a label; what is chosen stays in sight above the list.
void draw_searched(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(row.ref);
  std::string& search = kit.kept(key + ".search");
  std::vector<std::size_t> chosen;
  std::vector<std::size_t> found;
  for (std::size_t index = 0; index < row.options.size(); ++index) {
    if (row.options[index].chosen) {
      chosen.push_back(index);
    } else if (ui::holds_folded(row.options[index].label, search)) {
      found.push_back(index);
    }
  }
  if (!chosen.empty()) {
    draw_some(pen, card, row, chosen);
    kit.gap(Space::kSmall);
  }
  ui::FieldLook look;
  look.icon = ui::Icon::kSearch;
  look.placeholder = pen.words("Search in the list");
  look.name = look.placeholder;
  look.immediate = true;
  look.language = pen.form_language;
  look.disabled = card.readonly;
  // As wide as a column of the list below it.
  look.width = (kit.column().width - kit.px(ui::kControlGap)) / 2 / kit.canvas().scale();
  const ui::FieldOutcome outcome = ui::field(kit, key + ".search", search, look);
  if (outcome.value) {
    search = *outcome.value;
    kit.draw_again();
  }
  kit.gap(Space::kSmall);
  // A long list is opened bit by bit: drawing a thousand names helps nobody.
  constexpr std::size_t kShown = 20;
  const std::size_t all = found.size();
  const bool everything = !kit.kept(key + ".all").empty();
  if (!everything) found.resize(std::min(found.size(), kShown));
  if (all == 0) {
    ui::paragraph(kit, key + ".nothing", pen.words("Nothing in the list is like this."),
                  Style::kBody, ui::Tone::kMuted);
    return;
  }
  draw_some(pen, card, row, found);
  if (found.size() == all) return;
  kit.gap(Space::kSmall);
  ui::ButtonLook more;
  more.kind = ui::ButtonLook::Kind::kQuiet;
  const std::string text =
      words::fill(pen.words("Show all {0}"), {fmt::format("{}", row.options.size())});
  if (ui::button(kit, key + ".more", text, more)) {
    kit.kept(key + ".all") = "1";
    kit.draw_again();
  }
}

// One line with what is chosen; a tap unfolds the list below it.
void draw_folded(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(row.ref);
  const bool open = !kit.kept(key + ".open").empty();
  std::string words = chosen_words(row);
  if (words.empty()) words = pen.words("Choose");
  ui::ButtonLook look;
  look.icon = open ? ui::Icon::kUp : ui::Icon::kDown;
  look.disabled = card.readonly;
  const float width = std::min(kit.column().width, kit.px(520));
  const ui::Size size = ui::button_size(kit, words, look, width);
  if (ui::button_at(kit, key, kit.place({width, size.height}), words, look)) {
    kit.kept(key + ".open") = open ? "" : "1";
    kit.draw_again();
  }
  if (!open) return;
  kit.gap(Space::kSmall);
  if (row.options.size() > kSearched) return draw_searched(pen, card, row);
  std::vector<std::size_t> all(row.options.size());
  for (std::size_t index = 0; index < all.size(); ++index) all[index] = index;
  draw_some(pen, card, row, all);
}

}  // namespace

void draw_options(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  if (row.options.empty()) {
    return ui::paragraph(pen.kit, key_of(row.ref) + ".none",
                         pen.words("There is nothing to choose yet: an answer above decides."),
                         Style::kBody, ui::Tone::kMuted);
  }
  if (card.layout == ChoiceLayout::kFolded) return draw_folded(pen, card, row);
  if (row.options.size() > kSearched) return draw_searched(pen, card, row);
  std::vector<std::size_t> all(row.options.size());
  for (std::size_t index = 0; index < all.size(); ++index) all[index] = index;
  draw_some(pen, card, row, all);
}

// The order as it stands, each with up and down. It counts only once somebody has said so.
void draw_rank(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(row.ref);
  std::vector<const ui::Option*> order;
  for (std::string_view rest = row.value; !rest.empty();) {
    const auto space = rest.find(' ');
    const auto option = std::ranges::find(row.options, rest.substr(0, space), &ui::Option::value);
    if (option != row.options.end()) order.push_back(&*option);
    rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
  }
  for (const ui::Option& option : row.options) {
    if (std::ranges::find(order, &option) == order.end()) order.push_back(&option);
  }
  const auto ask = [&] {
    std::string value;
    for (const ui::Option* option : order) {
      if (!value.empty()) value += ' ';
      value += option->value;
    }
    pen.ask(command::SetAnswer{row.ref, value});
  };
  const float finger = kit.px(ui::kControlHeight);
  const float gap = kit.px(ui::kControlGap);
  std::optional<std::size_t> swap_with_next;
  for (std::size_t index = 0; index < order.size(); ++index) {
    if (index > 0) kit.gap(Space::kTiny);
    const float words_width =
        std::min(kit.column().width, kit.px(620)) - 2 * (finger + gap) - finger;
    const auto lines = kit.canvas().wrap(order[index]->label, Style::kBody, words_width);
    const float line = kit.canvas().line_height(Style::kBody);
    const float words = line * static_cast<float>(lines.size());
    const Rect rect = kit.place({kit.column().width, std::max(finger, words)});
    ui::line_at(kit, fmt::format("{}.place.{}", key, index + 1),
                {rect.x, rect.y, finger, rect.height},
                row.value.empty() ? std::string("–") : fmt::format("{}.", index + 1),
                Style::kBodyBold, row.value.empty() ? ui::Tone::kMuted : ui::Tone::kPrimary);
    kit.push_column({rect.x + finger, rect.y + (rect.height - words) / 2, words_width, words});
    ui::paragraph(kit, fmt::format("{}.{}", key, order[index]->value), order[index]->label,
                  Style::kBody);
    kit.pop_column();
    if (card.readonly) continue;
    const float x = rect.x + finger + words_width + gap;
    const float y = rect.y + (rect.height - finger) / 2;
    ui::ButtonLook look;
    look.icon = ui::Icon::kUp;
    look.disabled = index == 0;
    if (ui::button_at(kit, fmt::format("{}.up.{}", key, order[index]->value),
                      {x, y, finger, finger}, "", look)) {
      swap_with_next = index - 1;
    }
    kit.last_item().text = pen.words("Up");
    look.icon = ui::Icon::kDown;
    look.disabled = index + 1 == order.size();
    if (ui::button_at(kit, fmt::format("{}.down.{}", key, order[index]->value),
                      {x + finger + gap, y, finger, finger}, "", look)) {
      swap_with_next = index;
    }
    kit.last_item().text = pen.words("Down");
  }
  if (swap_with_next) {
    std::swap(order[*swap_with_next], order[*swap_with_next + 1]);
    return ask();
  }
  if (card.readonly) return;
  kit.gap(Space::kSmall);
  if (row.value.empty()) {
    if (ui::button(kit, key + ".as-it-is", pen.words("The order is right as it is"))) ask();
  } else {
    ui::ButtonLook quiet;
    quiet.kind = ui::ButtonLook::Kind::kQuiet;
    if (ui::button(kit, key + ".clear", pen.words("Clear"), quiet)) {
      pen.ask(command::SetAnswer{row.ref, ""});
    }
  }
}

}  // namespace vigil::tablet
