// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "core/base/bytes.h"
#include "forms/expression/digest.h"
#include "forms/expression/function.h"
#include "forms/expression/regex.h"
#include "forms/expression/utf8.h"

namespace vigil::forms {
namespace {

// Of argument i, or of the context node where the function was called without one.
std::string text_or_context(Call& call) {
  if (call.count() != 0) return call.text(0);
  const Node& context = *call.focus().node;
  if (context.kind() == NodeKind::kDocument && !call.evaluator().program().plain_xpath) {
    (void)call.refuse("expression.value", "without an argument this function needs a question");
  }
  return string_value(context);
}

Value fn_string(Call& call) {
  return Value(text_or_context(call));
}

Value fn_concat(Call& call) {
  std::string all;
  for (std::size_t i = 0; i < call.count(); ++i) {
    for (const std::string& part : call.texts(i)) all += part;
    if (!call.evaluator().fits(all.size())) break;
  }
  return Value(std::move(all));
}

Value fn_join(Call& call) {
  const std::string separator = call.text(0);
  std::string all;
  bool first = true;
  for (std::size_t i = 1; i < call.count(); ++i) {
    for (const std::string& part : call.texts(i)) {
      if (!first) all += separator;
      first = false;
      all += part;
    }
    if (!call.evaluator().fits(all.size())) break;
  }
  return Value(std::move(all));
}

// Characters [from, to) of the text.
std::string slice(std::string_view text, double from, double to) {
  std::string out;
  double position = 0;
  for (std::size_t at = 0; at < text.size(); ++position) {
    const std::size_t length = character_length(text, at);
    if (position >= from && position < to) out += text.substr(at, length);
    at += length;
  }
  return out;
}

// ODK's substr(text, start, end): from 0, end not included, negative counted from the end.
Value fn_substr(Call& call) {
  const std::string text = call.text(0);
  const auto length = static_cast<double>(count_characters(text));
  double from = std::trunc(call.number(1));
  double to = call.count() > 2 ? std::trunc(call.number(2)) : length;
  if (std::isnan(from) || std::isnan(to)) return Value(std::string());
  if (from < 0) from = std::max(0.0, length + from);
  if (to < 0) to = length + to;
  return Value(slice(text, from, to));
}

// XPath's substring(text, start, length): from 1, rounded.
Value fn_substring(Call& call) {
  const std::string text = call.text(0);
  const double from = std::floor(call.number(1) + 0.5);
  double to = HUGE_VAL;
  if (call.count() > 2) to = from + std::floor(call.number(2) + 0.5);
  if (std::isnan(from) || std::isnan(to)) return Value(std::string());
  return Value(slice(text, from - 1, to - 1));
}

Value fn_substring_before(Call& call) {
  const std::string text = call.text(0);
  const std::size_t at = text.find(call.text(1));
  return Value(at == std::string::npos ? std::string() : text.substr(0, at));
}

Value fn_substring_after(Call& call) {
  const std::string text = call.text(0);
  const std::string mark = call.text(1);
  const std::size_t at = text.find(mark);
  return Value(at == std::string::npos ? std::string() : text.substr(at + mark.size()));
}

Value fn_translate(Call& call) {
  const std::string text = call.text(0);
  const std::string from = call.text(1);
  const std::string to = call.text(2);
  const auto old_characters = characters_of(from);
  const auto new_characters = characters_of(to);
  std::unordered_map<std::string_view, std::string_view> changes;
  for (std::size_t i = 0; i < old_characters.size(); ++i) {
    changes.emplace(old_characters[i],
                    i < new_characters.size() ? new_characters[i] : std::string_view());
  }
  std::string out;
  for (const std::string_view character : characters_of(text)) {
    const auto change = changes.find(character);
    out += change == changes.end() ? character : change->second;
  }
  return Value(std::move(out));
}

Value fn_string_length(Call& call) {
  return Value(static_cast<double>(count_characters(text_or_context(call))));
}

Value fn_normalize_space(Call& call) {
  const std::string text = text_or_context(call);
  std::string out;
  bool gap = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return Value(std::move(out));
}

Value fn_contains(Call& call) {
  std::string a;
  std::string b;
  const std::string_view text = call.text(0, a);
  return Value(text.find(call.text(1, b)) != std::string_view::npos);
}

Value fn_starts_with(Call& call) {
  std::string a;
  std::string b;
  const std::string_view text = call.text(0, a);
  return Value(text.starts_with(call.text(1, b)));
}

Value fn_ends_with(Call& call) {
  std::string a;
  std::string b;
  const std::string_view text = call.text(0, a);
  return Value(text.ends_with(call.text(1, b)));
}

// RFC 9562 version 4; uuid(n): the first n characters of as many as it takes.
std::string random_uuid(ExpressionHost& host) {
  const std::uint64_t high = host.random_bits();
  const std::uint64_t low = host.random_bits();
  const std::string digits =
      fmt::format("{:016x}{:016x}", (high & 0xFFFFFFFFFFFF0FFFULL) | 0x4000ULL,
                  (low & 0x3FFFFFFFFFFFFFFFULL) | 0x8000000000000000ULL);
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4),
                     digits.substr(12, 4), digits.substr(16, 4), digits.substr(20));
}

Value fn_uuid(Call& call) {
  if (call.count() == 0) return Value(random_uuid(call.host()));
  constexpr double kMost = 100'000;
  const double wanted = call.number(0);
  if (!(wanted >= 0 && wanted <= kMost)) {
    return call.refuse("expression.value", "uuid() takes a length from 0 to 100000");
  }
  const auto length = static_cast<std::size_t>(wanted);
  std::string out;
  while (out.size() < length) out += random_uuid(call.host());
  return Value(out.substr(0, length));
}

Value fn_digest(Call& call) {
  const std::string text = call.text(0);
  const std::string algorithm = call.text(1);
  const std::string encoding = call.count() > 2 ? call.text(2) : "base64";
  const std::optional<Bytes> hash = digest_of(text, algorithm);
  if (!hash.has_value()) {
    return call.refuse("expression.value",
                       "digest() knows the algorithms MD5, SHA-1, SHA-256, SHA-384 and SHA-512");
  }
  if (encoding == "hex") return Value(hex_encode(*hash));
  if (encoding == "base64") return Value(base64_encode(*hash));
  return call.refuse("expression.value", "digest() encodes as hex or base64");
}

// Lenient, as peers are: anything that is not of the alphabet ends the data; bad length is "".
Value fn_base64_decode(Call& call) {
  std::string text = call.text(0);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  std::string padded = text;
  while (padded.size() % 4 != 0) padded += '=';
  const std::optional<Bytes> bytes = base64_decode(padded);
  if (!bytes.has_value()) return Value(std::string());
  return Value(std::string(as_text(*bytes)));
}

Value fn_regex(Call& call) {
  const std::string text = call.text(0);
  const std::string pattern = call.text(1);
  // A text is gone through more than once; a pattern that runs out of steps took as long as this.
  constexpr std::size_t kBytesOfOneNode = 16;
  constexpr std::size_t kNodesOfAllSteps = 2'500'000;
  if (!call.evaluator().spend(text.size() / kBytesOfOneNode)) return Value();
  if (call.evaluator().failed()) return Value();
  // The specification and JavaRosa: the whole text; browsers: some part of it.
  const auto extent =
      call.evaluator().program().plain_xpath ? RegexExtent::kPart : RegexExtent::kWhole;
  const Result<bool> matches = matches_regex(text, pattern, extent);
  if (!matches.has_value()) {
    call.refuse(matches.error().code, matches.error().message);
    (void)call.evaluator().spend(kNodesOfAllSteps);
    return Value();
  }
  return Value(*matches);
}

constexpr auto kString = StaticType::kString;
constexpr auto kBoolean = StaticType::kBoolean;

constexpr std::array kFunctions{
    Function{.name = "string",
             .least = 1,
             .most = 1,
             .type = kString,
             .call = fn_string,
             .context_instead = true},
    Function{.name = "concat", .least = 0, .most = kAnyCount, .type = kString, .call = fn_concat},
    Function{.name = "join", .least = 1, .most = kAnyCount, .type = kString, .call = fn_join},
    Function{.name = "substr", .least = 2, .most = 3, .type = kString, .call = fn_substr},
    Function{.name = "substring", .least = 2, .most = 3, .type = kString, .call = fn_substring},
    Function{.name = "substring-before",
             .least = 2,
             .most = 2,
             .type = kString,
             .call = fn_substring_before},
    Function{.name = "substring-after",
             .least = 2,
             .most = 2,
             .type = kString,
             .call = fn_substring_after},
    Function{.name = "translate", .least = 3, .most = 3, .type = kString, .call = fn_translate},
    Function{.name = "string-length",
             .least = 1,
             .most = 1,
             .type = StaticType::kNumber,
             .call = fn_string_length,
             .context_instead = true,
             .context_instead_in_forms = true},
    Function{.name = "normalize-space",
             .least = 1,
             .most = 1,
             .type = kString,
             .call = fn_normalize_space,
             .context_instead = true,
             .context_instead_in_forms = true},
    Function{.name = "contains", .least = 2, .most = 2, .type = kBoolean, .call = fn_contains},
    Function{
        .name = "starts-with", .least = 2, .most = 2, .type = kBoolean, .call = fn_starts_with},
    Function{.name = "ends-with", .least = 2, .most = 2, .type = kBoolean, .call = fn_ends_with},
    Function{.name = "uuid",
             .least = 0,
             .most = 1,
             .type = kString,
             .call = fn_uuid,
             .hangs = Hangs::kOnRandom},
    Function{.name = "digest", .least = 2, .most = 3, .type = kString, .call = fn_digest},
    Function{
        .name = "base64-decode", .least = 1, .most = 1, .type = kString, .call = fn_base64_decode},
    Function{.name = "regex", .least = 2, .most = 2, .type = kBoolean, .call = fn_regex},
};

}  // namespace

std::span<const Function> string_functions() {
  return kFunctions;
}

}  // namespace vigil::forms
