// SPDX-License-Identifier: Apache-2.0
#include "core/vault/refs.h"

#include <algorithm>
#include <charconv>

#include "core/base/bytes.h"

namespace vigil::vault {
namespace {

constexpr std::size_t kNumberDigits = 9;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= kNumberDigits && text.front() != '0' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

long number_of(std::string_view digits) {
  long number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

struct Segment {
  std::string_view name;
  long number = 0;  // 0: none
};

// Takes the first segment off `rest`, which starts with '/'.
std::optional<Segment> take_segment(std::string_view& rest) {
  if (rest.empty() || rest.front() != '/') return std::nullopt;
  rest.remove_prefix(1);
  const std::size_t end = std::min(rest.find('/'), rest.size());
  std::string_view text = rest.substr(0, end);
  rest.remove_prefix(end);
  Segment segment;
  if (text.ends_with(']')) {
    const std::size_t bracket = text.find('[');
    if (bracket == std::string_view::npos) return std::nullopt;
    const std::string_view digits = text.substr(bracket + 1, text.size() - bracket - 2);
    if (!is_number(digits)) return std::nullopt;
    segment.number = number_of(digits);
    text = text.substr(0, bracket);
  }
  segment.name = text;
  const auto forbidden = [](char c) {
    return c == '[' || c == ']' || static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
  };
  if (text.empty() || std::ranges::any_of(text, forbidden)) return std::nullopt;
  return segment;
}

}  // namespace

bool is_ref(std::string_view ref) {
  if (ref.size() < 2 || ref.size() > kRefLimitBytes || !is_utf8(ref)) return false;
  while (!ref.empty()) {
    if (!take_segment(ref)) return false;
  }
  return true;
}

std::vector<std::string_view> enclosing_instances(std::string_view ref) {
  std::vector<std::string_view> found;
  for (std::size_t i = 1; i + 1 < ref.size(); ++i) {
    if (ref[i] == ']' && ref[i + 1] == '/') found.push_back(ref.substr(0, i + 1));
  }
  return found;
}

std::optional<InstanceRef> split_instance(std::string_view ref) {
  if (!ref.ends_with(']')) return std::nullopt;
  const std::size_t bracket = ref.rfind('[');
  if (bracket == std::string_view::npos) return std::nullopt;
  const std::string_view digits = ref.substr(bracket + 1, ref.size() - bracket - 2);
  if (!is_number(digits)) return std::nullopt;
  return InstanceRef{ref.substr(0, bracket), number_of(digits)};
}

std::string join_instance(std::string_view range, long number) {
  return std::string(range) + "[" + std::to_string(number) + "]";
}

bool is_within(std::string_view ref, std::string_view ancestor) {
  return ref.starts_with(ancestor) && (ref.size() == ancestor.size() ||
                                       ref[ancestor.size()] == '/' || ref[ancestor.size()] == '[');
}

std::string ref_after_removal(std::string_view ref, const InstanceRef& removed) {
  const std::size_t open = removed.range.size();
  if (!ref.starts_with(removed.range) || ref.size() <= open || ref[open] != '[') {
    return std::string(ref);
  }
  const std::size_t close = ref.find(']', open);
  if (close == std::string_view::npos) return std::string(ref);
  const long number = number_of(ref.substr(open + 1, close - open - 1));
  if (number <= removed.number) return std::string(ref);
  return join_instance(removed.range, number - 1) + std::string(ref.substr(close + 1));
}

bool ref_less(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const auto left = take_segment(a);
    const auto right = take_segment(b);
    if (!left || !right) return static_cast<bool>(left) < static_cast<bool>(right);
    if (left->name != right->name) return left->name < right->name;
    if (left->number != right->number) return left->number < right->number;
  }
  return a.size() < b.size();
}

}  // namespace vigil::vault
