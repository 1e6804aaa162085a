// SPDX-License-Identifier: Apache-2.0
//
// The small, strict JSON in which signed things are written: strings, whole numbers, booleans,
// lists and objects; no float, no null, no duplicate key, valid UTF-8, bounded depth and size.
// Emitting what was parsed gives the same bytes, or the text is refused: one meaning, one spelling,
// so two readers can never see two things in one signed text. Thread: pure values.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/error.h"

namespace vigil {

class Json {
 public:
  using List = std::vector<Json>;
  using Object =
      std::vector<std::pair<std::string, Json>>;  // order is kept and is part of the text

  Json() : value_(std::string()) {}
  Json(std::string text) : value_(std::move(text)) {}         // NOLINT(google-explicit-constructor)
  Json(std::string_view text) : value_(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  Json(const char* text) : value_(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  Json(std::int64_t number) : value_(number) {}               // NOLINT(google-explicit-constructor)
  Json(bool truth) : value_(truth) {}                         // NOLINT(google-explicit-constructor)
  Json(List list) : value_(std::move(list)) {}                // NOLINT(google-explicit-constructor)
  Json(Object object) : value_(std::move(object)) {}          // NOLINT(google-explicit-constructor)

  // nullptr where the value is of another kind.
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const std::int64_t* number() const { return std::get_if<std::int64_t>(&value_); }
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const List* list() const { return std::get_if<List>(&value_); }
  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&value_); }
  // The member of an object, nullptr where there is none.
  [[nodiscard]] const Json* find(std::string_view key) const;

  friend bool operator==(const Json&, const Json&) = default;

 private:
  std::variant<std::string, std::int64_t, bool, List, Object> value_;
};

// Whole numbers stay exact in every JSON reader up to here (2^53).
inline constexpr std::int64_t kJsonNumberLimit = std::int64_t{1} << 53;

// Compact text without white space; strings escape only `"`, `\` and control characters.
[[nodiscard]] std::string emit_json(const Json& value);

// Canonical text only: whatever emit_json() would write for the parsed value, and where
// `trailing_newline` says so, one "\n" after it (files have it, texts inside texts do not).
// kInvalid, code "json.syntax", "json.duplicate", "json.number", "json.depth", "json.size",
// "json.utf8" or "json.canonical".
struct JsonLimits {
  std::size_t size_bytes = 64 * 1024;
  int depth = 4;  // of lists and objects inside each other
  bool trailing_newline = false;
};
[[nodiscard]] Result<Json> parse_canonical_json(std::string_view text, const JsonLimits& limits);

// Reads the members of one object in their fixed order and refuses any other: `JsonReader
// reader(v); auto name = reader.string("name"); ... VIGIL_TRY(reader.finish());` The first failure
// sticks and comes out of finish(); values read after it are empty.
class JsonReader {
 public:
  // `what` names the thing in messages ("manifest.json").
  JsonReader(const Json& value, std::string_view what);
  [[nodiscard]] std::string string(std::string_view key);
  [[nodiscard]] std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most);
  [[nodiscard]] bool boolean(std::string_view key);
  [[nodiscard]] const Json::List& list(std::string_view key);
  // Any value, for another reader; an empty text after a failure.
  [[nodiscard]] const Json& value(std::string_view key);
  // True, and the next read may take it, where the next member has this key.
  [[nodiscard]] bool next_is(std::string_view key) const;
  [[nodiscard]] Status finish() const;  // kInvalid "json.member"

 private:
  const Json* take(std::string_view key);
  const Json::Object* object_ = nullptr;
  std::size_t next_ = 0;
  std::string what_;
  std::string failure_;
};

}  // namespace vigil
