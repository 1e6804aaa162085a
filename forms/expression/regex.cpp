// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <memory>
#include <string>
#include <unordered_map>

#include <fmt/format.h>
#include <pcre2.h>

namespace vigil::forms {
namespace {

// Enough for any pattern that is about a text a person types; about 0.1 s when used up.
constexpr std::uint32_t kMatchLimit = 1'000'000;
// A step of a long pattern, or on a long text, takes longer: fewer of them there.
constexpr std::uint32_t kMatchLimitOfLong = 100'000;
constexpr std::uint32_t kMatchLimitOfLongest = 20'000;
constexpr std::size_t kLongPatternBytes = 1024;
constexpr std::size_t kLong = 1'000'000;  // bytes of the pattern times bytes of the text
constexpr std::size_t kLongest = 40'000'000;
constexpr std::uint32_t kHeapLimitKib = 16 * 1024;
constexpr std::size_t kMaxPatternBytes = 16 * 1024;
// A form has few patterns; past this many they are computed texts and not worth keeping.
constexpr std::size_t kKeptPatterns = 256;

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeData {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct FreeContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

struct Compiled {
  std::unique_ptr<pcre2_code, FreeCode> code;
  std::unique_ptr<pcre2_match_data, FreeData> data;
};

std::unexpected<Error> bad_pattern(std::string_view why) {
  return fail(ErrorKind::kInvalid, "expression.regex",
              fmt::format("the pattern of regex() {}", why));
}

Result<Compiled> compile(std::string_view pattern) {
  if (pattern.size() > kMaxPatternBytes) return bad_pattern("is longer than 16 KiB");
  int code = 0;
  PCRE2_SIZE offset = 0;
  Compiled made;
  made.code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C, &code,
                                &offset, nullptr));
  if (made.code == nullptr) {
    PCRE2_UCHAR message[256];
    pcre2_get_error_message(code, message, sizeof message);
    return bad_pattern(
        fmt::format("is not a regular expression: {}", reinterpret_cast<const char*>(message)));
  }
  made.data.reset(pcre2_match_data_create_from_pattern(made.code.get(), nullptr));
  return made;
}

using Kept = std::unordered_map<std::string, Compiled>;

Result<const Compiled*> compiled(std::string_view pattern, Kept& kept) {
  const auto found = kept.find(std::string(pattern));
  if (found != kept.end()) return &found->second;
  VIGIL_ASSIGN(Compiled made, compile(pattern));
  if (kept.size() >= kKeptPatterns) kept.clear();
  return &kept.emplace(pattern, std::move(made)).first->second;
}

std::uint32_t match_limit(std::size_t pattern_bytes, std::size_t text_bytes) {
  const std::size_t both = pattern_bytes * text_bytes;
  if (both > kLongest) return kMatchLimitOfLongest;
  return both > kLong || pattern_bytes > kLongPatternBytes ? kMatchLimitOfLong : kMatchLimit;
}

}  // namespace

Result<bool> matches_regex(std::string_view text, std::string_view pattern, RegexExtent extent) {
  thread_local Kept kept;
  thread_local const std::unique_ptr<pcre2_match_context, FreeContext> context = [] {
    std::unique_ptr<pcre2_match_context, FreeContext> made(pcre2_match_context_create(nullptr));
    pcre2_set_heap_limit(made.get(), kHeapLimitKib);
    return made;
  }();
  VIGIL_ASSIGN(const Compiled* regex, compiled(pattern, kept));
  const std::uint32_t options =
      extent == RegexExtent::kWhole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0;
  pcre2_set_match_limit(context.get(), match_limit(pattern.size(), text.size()));
  const int result = pcre2_match(regex->code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()),
                                 text.size(), 0, options, regex->data.get(), context.get());
  if (result >= 0) return true;
  if (result == PCRE2_ERROR_NOMATCH) return false;
  if (result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_HEAPLIMIT ||
      result == PCRE2_ERROR_DEPTHLIMIT) {
    return bad_pattern("takes too many steps on this answer; make it simpler");
  }
  return bad_pattern("cannot be used on this answer");
}

}  // namespace vigil::forms
