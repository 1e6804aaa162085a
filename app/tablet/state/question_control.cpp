// SPDX-License-Identifier: Apache-2.0
//
// From ODK's body elements, types and appearances to our controls.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "app/tablet/state/question_model.h"

namespace vigil::tablet {
namespace {

using forms::NodeState;
using forms::NodeType;

bool has_appearance(const NodeState& node, std::string_view name) {
  return std::ranges::find(node.appearances, name) != node.appearances.end();
}

std::string_view parameter(const NodeState& node, std::string_view name) {
  const auto found =
      std::ranges::find(node.parameters, name, &std::pair<std::string, std::string>::first);
  return found == node.parameters.end() ? std::string_view() : std::string_view(found->second);
}

double number(std::string_view text, double otherwise) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

Control control_of_input(const NodeState& node) {
  if (node.value_type == "int") return Control::kInteger;
  if (node.value_type == "decimal") return Control::kDecimal;
  if (node.value_type == "date") return Control::kDate;
  if (node.value_type == "time") return Control::kTime;
  if (node.value_type == "dateTime") return Control::kDateTime;
  if (node.value_type == "geopoint") return Control::kPoint;
  if (node.value_type == "geotrace" || node.value_type == "geoshape") return Control::kPoints;
  if (node.value_type == "barcode") return Control::kCode;
  if (has_appearance(node, "vigil-bodymap")) return Control::kBodyMap;
  return has_appearance(node, "multiline") ? Control::kMultiline : Control::kText;
}

RangeScale range_of(const NodeState& node) {
  RangeScale range;
  range.start = number(parameter(node, "start"), 1);
  const double end = number(parameter(node, "end"), 10);
  range.step = number(parameter(node, "step"), 1);
  // A range may run downwards; the step follows it.
  range.step = end < range.start ? -std::abs(range.step) : std::abs(range.step);
  if (range.step == 0) range.step = 1;
  constexpr double kMostSteps = 100'000;
  const double steps = std::clamp((end - range.start) / range.step, 0.0, kMostSteps);
  range.steps = static_cast<int>(std::lround(std::floor(steps + 1e-9)));
  return range;
}

// "columns-3" asks for three; likert, label and list are one column each choice.
void lay_out(const NodeState& node, QuestionCard& card) {
  for (const std::string_view name : node.appearances) {
    if (name == "minimal" || name == "autocomplete" || name == "quickcompact") {
      card.layout = ChoiceLayout::kFolded;
    }
    const bool columns = name.starts_with("columns") || name == "likert" || name == "compact";
    if (!columns) continue;
    card.layout = ChoiceLayout::kColumns;
    const auto dash = name.rfind('-');
    if (dash != std::string_view::npos) {
      card.columns = std::clamp(static_cast<int>(number(name.substr(dash + 1), 0)), 0, 12);
    }
    if (name == "likert")
      card.columns = static_cast<int>(std::min<std::size_t>(7, node.choices.size()));
  }
}

}  // namespace

Control control_of(const NodeState& node) {
  if (node.type == NodeType::kNote) {
    return has_appearance(node, "result") ? Control::kResult : Control::kNote;
  }
  if (node.type == NodeType::kTrigger) return Control::kAcknowledge;
  if (node.control == "select1") return Control::kOne;
  if (node.control == "select") return Control::kMany;
  if (node.control == "rank") return Control::kRank;
  if (node.control == "range") return Control::kRange;
  if (node.control == "upload") return Control::kFile;
  return control_of_input(node);
}

FileKind file_kind_of(const NodeState& node) {
  const std::string_view type = parameter(node, "mediatype");
  if (type.starts_with("audio/")) return FileKind::kSound;
  if (type.starts_with("video/")) return FileKind::kVideo;
  if (!type.starts_with("image/")) return FileKind::kAny;
  if (has_appearance(node, "signature")) return FileKind::kSignature;
  if (has_appearance(node, "draw")) return FileKind::kDrawing;
  if (has_appearance(node, "annotate")) return FileKind::kAnnotation;
  return FileKind::kPhoto;
}

void describe_control(const NodeState& node, QuestionCard& card) {
  card.control = control_of(node);
  card.unit = parameter(node, "unit");
  card.closed = node.value_type == "geoshape";
  if (card.control == Control::kFile) card.file = file_kind_of(node);
  if (card.control == Control::kRange) card.range = range_of(node);
  lay_out(node, card);
}

}  // namespace vigil::tablet
