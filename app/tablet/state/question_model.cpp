// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/question_model.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "app/tablet/screens/dates.h"
#include "core/base/language.h"

namespace vigil::tablet {
namespace {

using forms::NodeState;
using forms::NodeType;

bool is_chosen(std::string_view value, std::string_view choice, bool many) {
  if (!many) return value == choice;
  while (!value.empty()) {
    const auto space = value.find(' ');
    if (value.substr(0, space) == choice) return true;
    if (space == std::string_view::npos) break;
    value.remove_prefix(space + 1);
  }
  return false;
}

bool all_digits(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// The sentence the state has, or a narrower one: which part is wrong, and how.
std::string_view why_unstored(const words::Words& words, const NodeState& node,
                              const Unstored& typed) {
  const bool moment =
      node.value_type == "date" || node.value_type == "time" || node.value_type == "dateTime";
  switch (moment ? fault_of(typed.value) : MomentFault::kNone) {
    case MomentFault::kNoSuchDate:
      return words("There is no such date.");
    case MomentFault::kNoSuchTime:
      return words("There is no such time.");
    case MomentFault::kYearOutside:
      return words("The year must be between 1900 and 2100.");
    case MomentFault::kUnfinished:
    case MomentFault::kNone:
      break;
  }
  // Figures and nothing else: there are only too many of them.
  const bool number = node.value_type == "int" || node.value_type == "decimal";
  if (number && !typed.storage && all_digits(typed.value)) {
    return words("This number is too large.");
  }
  return typed.message;
}

QuestionRow row_of(const ChecklistInput& input, const NodeState& node) {
  QuestionRow row;
  row.ref = node.ref;
  row.value = node.value;
  const bool many = node.control == "select";
  for (const forms::Choice& choice : node.choices) {
    row.options.push_back({choice.value, choice.label.empty() ? choice.value : choice.label,
                           is_chosen(node.value, choice.value, many)});
  }
  if (node.violation && node.violation->condition == forms::ViolatedCondition::kConstraint) {
    row.error = node.violation->message.empty()
                    ? std::string(input.words("The form does not allow this value here."))
                    : node.violation->message;
  }
  if (const auto typed = input.unstored.find(node.ref); typed != input.unstored.end()) {
    row.value = typed->second.value;
    row.error = std::string(why_unstored(input.words, node, typed->second));
  }
  return row;
}

// A label that begins with a value (${hours}) comes with the author's line break around it.
std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \n\t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n\t") - first + 1);
}

QuestionCard bare_card(const ChecklistInput& input, const NodeState& node) {
  QuestionCard card;
  card.ref = node.ref;
  card.label = trimmed(node.label);
  card.hint = trimmed(node.hint);
  card.standard = node.standard;
  card.guidance = node.guidance;
  card.required = node.required;
  card.readonly = node.readonly;
  for (const vault::Flag& flag : input.flags) {
    if (flag.ref != node.ref) continue;
    if (flag.kind == vault::FlagKind::kNote) card.note = note_words(flag.text);
    if (flag.kind == vault::FlagKind::kLater) card.later = true;
    if (flag.kind == vault::FlagKind::kFinding) card.finding = true;
  }
  card.note_open = input.open_notes.contains(node.ref);
  return card;
}

// The number a result note shows: a note has no value, but the calculation beside it has its limit.
std::optional<double> limited_value(const ChecklistInput& input, const NodeState& node) {
  const auto same = std::ranges::find_if(input.nodes, [&](const NodeState& other) {
    return other.parent_ref == node.parent_ref && other.limit == node.limit && !other.value.empty();
  });
  if (same == input.nodes.end()) return std::nullopt;
  double value = 0;
  const char* const end = same->value.data() + same->value.size();
  const auto [stop, failure] = std::from_chars(same->value.data(), end, value);
  if (failure != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

QuestionCard question_card(const ChecklistInput& input, const NodeState& node) {
  QuestionCard card = bare_card(input, node);
  describe_control(node, card);
  card.rows = {row_of(input, node)};
  if (!node.limit.empty()) {
    const LimitWords said =
        limit_words(input.words, input.limits, node.limit, limited_value(input, node));
    card.limit = said.text;
    card.limit_about = said.about;
    card.limit_exceeded = said.exceeded;
  }
  return card;
}

QuestionCard sources_card(const ChecklistInput& input, std::size_t index,
                          const std::vector<visit::Mismatch>& mismatches) {
  const NodeState& group = input.nodes[index];
  QuestionCard card = bare_card(input, group);
  for (std::size_t next = index + 1;
       next < input.nodes.size() && input.nodes[next].parent_ref == group.ref; ++next) {
    const NodeState& cell = input.nodes[next];
    if (!cell.relevant) continue;
    describe_control(cell, card);
    card.required = card.required || cell.required;
    if (card.hint.empty()) card.hint = cell.hint;
    if (card.standard.empty()) card.standard = cell.standard;
    QuestionRow row = row_of(input, cell);
    row.source = cell.label;
    card.rows.push_back(std::move(row));
  }
  const auto found = std::ranges::find(mismatches, group.ref, &visit::Mismatch::ref);
  if (found != mismatches.end()) card.mismatch = mismatch_sentence(input.words, *found);
  return card;
}

std::string mismatch_list(const words::Words& words, const visit::Mismatch& mismatch) {
  std::string list;
  for (const visit::SourceAnswer& answer : mismatch.answers) {
    if (!list.empty()) list += ", ";
    list += words::fill(
        words("{0} “{1}”"),
        {answer.source_label, written_number(answer.value_label, words.decimal_mark())});
  }
  return list;
}

std::string mismatch_sentence(const words::Words& words, const visit::Mismatch& mismatch) {
  return words::fill(words("Sources disagree: {0}"), {mismatch_list(words, mismatch)});
}

namespace {

// As visit::Checklist::attach_beside() names them.
bool is_photo_line(std::string_view line) {
  return line.starts_with("beside-") && line.ends_with(".jpg") && !line.contains(' ');
}

// The lines of a note that name photos, or the others.
std::string lines_of(std::string_view note, bool photos) {
  std::string lines;
  bool first = true;
  while (true) {
    const std::size_t end = std::min(note.find('\n'), note.size());
    const std::string_view line = note.substr(0, end);
    if (is_photo_line(line) == photos) {
      if (!std::exchange(first, false)) lines += '\n';
      lines += line;
    }
    if (end == note.size()) return lines;
    note.remove_prefix(end + 1);
  }
}

}  // namespace

std::string note_words(std::string_view note) {
  return lines_of(note, false);
}

std::string note_with_photos(std::string_view words, std::string_view note_before) {
  std::string note(words);
  const std::string photos = lines_of(note_before, true);
  if (!note.empty() && !photos.empty()) note += '\n';
  return note + photos;
}

}  // namespace vigil::tablet
