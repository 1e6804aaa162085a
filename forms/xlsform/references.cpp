// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/references.h"

#include <algorithm>

#include <fmt/format.h>

#include "forms/xlsform/text.h"
#include "forms/xlsform/xml_text.h"

namespace vigil::forms::xlsform {
namespace {

constexpr std::string_view kLastSaved = "last-saved#";

const SurveyNode* common_ancestor(const SurveyNode* a, const SurveyNode* b) {
  while (a != b) {
    if (a == nullptr || b == nullptr) return nullptr;
    if (a->depth >= b->depth) {
      a = a->parent;
    } else {
      b = b->parent;
    }
  }
  return a;
}

std::string malformed(std::string_view what) {
  return fmt::format("The reference \"{}\" must be ${{, the name of a question, and }}.", what);
}

// Cells may be written over several lines; attributes are not.
std::string on_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

// How long the instance(...)/path[...] at the start of `text` is; 0 where there is none.
std::size_t instance_path_length(std::string_view text) {
  std::size_t at = text.find(')');
  if (!text.starts_with("instance(") || at == std::string_view::npos) return 0;
  ++at;
  const std::size_t call = at;
  int depth = 0;
  char quote = '\0';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (depth > 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == '[') {
      ++depth;
    } else if (c == ']' && depth > 0) {
      --depth;
    } else if (depth == 0 && c != '/' && c != '*' && c != ':' && !is_name_character(c)) {
      break;
    }
  }
  return depth == 0 && at > call ? at : 0;
}

}  // namespace

void Surroundings::read(std::string_view text) {
  for (const char c : text) {
    read(c);
    if (quote_ == '\0') before_ += c;
  }
}

void Surroundings::read(char c) {
  if (quote_ != '\0') {
    if (c == quote_) quote_ = '\0';
    return;
  }
  if (c == '"' || c == '\'') {
    quote_ = c;
  } else if (c == '(') {
    frames_.push_back({'(', trimmed(before_).ends_with("indexed-repeat"), 0});
  } else if (c == '[') {
    frames_.push_back({'[', false, 0});
  } else if ((c == ')' || c == ']') && !frames_.empty()) {
    frames_.pop_back();
  } else if (c == ',' && !frames_.empty()) {
    ++frames_.back().argument;
  }
}

bool Surroundings::in_predicate() const {
  return std::ranges::any_of(frames_, [](const Frame& frame) { return frame.open == '['; });
}

bool Surroundings::in_indexed_repeat() const {
  return std::ranges::any_of(frames_, &Frame::indexed_repeat);
}

bool Surroundings::wants_absolute() const {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (frame->indexed_repeat) return frame->argument == 0 || frame->argument % 2 == 1;
  }
  return false;
}

bool is_reference(std::string_view inside) {
  if (inside.starts_with(kLastSaved)) inside.remove_prefix(kLastSaved.size());
  const std::size_t slash = inside.find('/');
  if (slash == std::string_view::npos) return is_xml_name(inside);
  return is_xml_name(inside.substr(0, slash)) && is_xml_name(inside.substr(slash + 1));
}

const SurveyNode* References::find(std::string_view name, const Place& place) {
  const std::size_t slash = name.find('/');
  const std::string_view question = name.substr(0, slash);
  const auto found = model_.nodes_by_name.find(question);
  if (found == model_.nodes_by_name.end()) {
    std::vector<std::string_view> names;
    names.reserve(model_.nodes_by_name.size());
    for (const auto& [known, nodes] : model_.nodes_by_name) names.push_back(known);
    std::ranges::sort(names);
    const std::string meant = nearest_name(question, names);
    problems_.error(place, fmt::format("There is no question called \"{}\"{}", question,
                                       meant.empty() ? "." : ", was " + meant + " meant?"));
    return nullptr;
  }
  if (found->second.size() > 1) {
    problems_.error(place, fmt::format("\"{}\" could mean {} questions: names that are referred to "
                                       "must be unique in the form.",
                                       question, found->second.size()));
    return nullptr;
  }
  const SurveyNode* node = found->second.front();
  if (slash == std::string_view::npos) return node;
  const auto child = std::ranges::find(node->children, name.substr(slash + 1),
                                       [](const auto& each) { return each->name; });
  if (child != node->children.end() && (*child)->is_source) return child->get();
  problems_.error(place, fmt::format("The question \"{}\" is not asked of the source \"{}\".",
                                     question, name.substr(slash + 1)));
  return nullptr;
}

std::string References::path_to(const SurveyNode& target, const Context& context,
                                bool in_predicate) const {
  if (context.items != nullptr) {
    const std::string inside = context.items->path + "/";
    if (target.path.starts_with(inside)) return "./" + target.path.substr(inside.size());
  }
  if (context.node == nullptr) return target.path;
  const SurveyNode* ancestor = common_ancestor(context.node, &target);
  const bool related =
      ancestor == &target || (ancestor == context.node && context.extra_steps == 0);
  if (ancestor == nullptr || related || !ancestor->inside_repeat()) return target.path;
  std::string path = in_predicate ? "current()/" : "";
  const int steps = context.node->depth - ancestor->depth + context.extra_steps;
  for (int step = 0; step < steps; ++step) path += step == 0 ? ".." : "/..";
  return path + target.path.substr(ancestor->path.size());
}

std::string References::resolved(std::string_view reference, const Context& context,
                                 bool in_predicate, bool absolute) {
  const bool last_saved = reference.starts_with(kLastSaved);
  if (last_saved) reference.remove_prefix(kLastSaved.size());
  const SurveyNode* target = find(reference, context.place);
  if (target == nullptr) return {};
  if (last_saved) {
    uses_last_saved_ = true;
    return fmt::format(" instance('__last-saved'){} ", target->path);
  }
  if (absolute) return fmt::format(" {} ", target->path);
  return fmt::format(" {} ", path_to(*target, context, in_predicate));
}

std::string References::expression(std::string_view text, const Context& context) {
  if (text.find("${") == std::string_view::npos) return on_one_line(std::string(text));
  std::string out;
  Surroundings surroundings;
  const bool well_formed = scan_references(
      text,
      [&](std::string_view part) {
        out += part;
        surroundings.read(part);
      },
      [&](std::string_view reference) {
        if (!is_reference(reference)) return false;
        out += resolved(reference, context, context.filter || surroundings.in_predicate(),
                        surroundings.wants_absolute());
        return true;
      });
  if (!well_formed) problems_.error(context.place, malformed(text.substr(text.find("${"))));
  return on_one_line(std::move(out));
}

std::string References::markup(std::string_view text, const Context& context) {
  if (text.find("${") == std::string_view::npos &&
      text.find("instance(") == std::string_view::npos) {
    return escaped_text(text);
  }
  Pieces pieces;
  while (true) {
    // A path into a secondary instance is computed as a whole.
    const std::size_t at = text.find("instance(");
    const bool whole_word =
        at != std::string_view::npos && (at == 0 || !is_name_character(text[at - 1]));
    const std::size_t length = whole_word ? instance_path_length(text.substr(at)) : 0;
    const std::size_t plain =
        at == std::string_view::npos ? text.size() : at + (length == 0 ? 9 : 0);
    add_pieces(text.substr(0, plain), context, pieces);
    if (length > 0) pieces.add_output(expression(text.substr(at, length), context));
    if (plain + length >= text.size()) break;
    text.remove_prefix(plain + length);
  }
  return std::move(pieces).markup();
}

void References::add_pieces(std::string_view text, const Context& context, Pieces& pieces) {
  const bool well_formed = scan_references(
      text, [&](std::string_view part) { pieces.add_text(part); },
      [&](std::string_view reference) {
        if (!is_reference(reference)) return false;
        pieces.add_output(resolved(reference, context, false, false));
        return true;
      });
  if (!well_formed) problems_.error(context.place, malformed(text.substr(text.find("${"))));
}

void References::Pieces::add_text(std::string_view text) {
  if (text.empty()) return;
  text_first_ = text_first_ || count_ == 0;
  if (!last_is_text_) ++count_;
  last_is_text_ = true;
  out_ += escaped_text(text);
}

void References::Pieces::add_output(std::string_view path) {
  ++count_;
  last_is_text_ = false;
  out_ += fmt::format("<output value=\"{}\"/>", escaped_attribute(path));
}

std::string References::Pieces::markup() && {
  // Text and outputs are set apart by a space at both ends, as the ODK tools write them.
  if (count_ > 1) return (text_first_ ? " " : "") + out_ + " ";
  return std::move(out_);
}

std::vector<std::string> reference_list(std::string_view text, const Place& place,
                                        Problems& problems) {
  std::vector<std::string> names;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view part = trimmed(text.substr(0, comma));
    if (part.empty() && !(names.empty() && comma == std::string_view::npos)) {
      // A comma too many is no harm.
      if (comma == std::string_view::npos) return names;
      text.remove_prefix(comma + 1);
      continue;
    }
    const bool reference = part.starts_with("${") && part.ends_with('}') &&
                           is_reference(part.substr(2, part.size() - 3));
    if (reference) {
      names.emplace_back(part.substr(2, part.size() - 3));
    } else if (part.find("}") != part.rfind("}")) {
      problems.error(place, "Several references need a comma between them: ${a}, ${b}.");
    } else {
      problems.error(place, malformed(part));
    }
    if (comma == std::string_view::npos) return names;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace vigil::forms::xlsform
