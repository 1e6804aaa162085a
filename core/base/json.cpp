// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/bytes.h"

namespace vigil {
namespace {

// The escapes of RFC 8785: the short ones where JSON has them, \u00xx for other control characters.
void emit_string(const std::string& text, std::string& out) {
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (byte < 0x20) {
          out += fmt::format("\\u{:04x}", byte);
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

void emit_value(const Json& value, std::string& out) {
  if (const auto* text = value.string()) {
    emit_string(*text, out);
  } else if (const auto* number = value.number()) {
    out += std::to_string(*number);
  } else if (const auto* truth = value.boolean()) {
    out += *truth ? "true" : "false";
  } else if (const auto* list = value.list()) {
    out.push_back('[');
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i > 0) out.push_back(',');
      emit_value((*list)[i], out);
    }
    out.push_back(']');
  } else if (const auto* object = value.object()) {
    out.push_back('{');
    for (std::size_t i = 0; i < object->size(); ++i) {
      if (i > 0) out.push_back(',');
      emit_string((*object)[i].first, out);
      out.push_back(':');
      emit_value((*object)[i].second, out);
    }
    out.push_back('}');
  }
}

void append_utf8(std::uint32_t code, std::string& out) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6), put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12), put(0x80 | (code >> 6 & 0x3f)), put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18), put(0x80 | (code >> 12 & 0x3f));
    put(0x80 | (code >> 6 & 0x3f)), put(0x80 | (code & 0x3f));
  }
}

// Reads all of JSON except null and floats; what is legal but spelled in another way than ours is
// found afterwards by emitting again.
class Parser {
 public:
  Parser(std::string_view text, int depth_limit) : text_(text), depth_limit_(depth_limit) {}

  Result<Json> document() {
    VIGIL_ASSIGN(Json value, this->value(0));
    skip_space();
    if (at_ != text_.size()) return syntax("text after the end");
    return value;
  }

 private:
  [[nodiscard]] std::unexpected<Error> refuse(std::string_view code, std::string_view what) const {
    return fail(ErrorKind::kInvalid, code,
                fmt::format("The JSON text is refused at byte {}: {}.", at_, what));
  }
  [[nodiscard]] std::unexpected<Error> syntax(std::string_view what) const {
    return refuse("json.syntax", what);
  }

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }
  bool accept(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool accept_word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  Result<Json> value(int depth) {
    skip_space();
    if (at_ >= text_.size()) return syntax("it ends too early");
    const char c = text_[at_];
    if (c == '"') {
      VIGIL_ASSIGN(std::string text, string());
      return Json(std::move(text));
    }
    if (c == '{' || c == '[') {
      if (depth >= depth_limit_) return refuse("json.depth", "too many levels");
      ++at_;
      return c == '{' ? object(depth + 1) : list(depth + 1);
    }
    if (c == '-' || (c >= '0' && c <= '9')) return number();
    if (accept_word("true")) return Json(true);
    if (accept_word("false")) return Json(false);
    return syntax("no value that is allowed here");
  }

  Result<Json> object(int depth) {
    Json::Object members;
    if (accept('}')) return Json(std::move(members));
    do {
      skip_space();
      if (at_ >= text_.size() || text_[at_] != '"') return syntax("a key is missing");
      VIGIL_ASSIGN(std::string key, string());
      const bool known =
          std::ranges::any_of(members, [&](const auto& m) { return m.first == key; });
      if (known) return refuse("json.duplicate", "a key stands twice");
      if (!accept(':')) return syntax("':' is missing");
      VIGIL_ASSIGN(Json member, value(depth));
      members.emplace_back(std::move(key), std::move(member));
    } while (accept(','));
    if (!accept('}')) return syntax("'}' is missing");
    return Json(std::move(members));
  }

  Result<Json> list(int depth) {
    Json::List items;
    if (accept(']')) return Json(std::move(items));
    do {
      VIGIL_ASSIGN(Json item, value(depth));
      items.push_back(std::move(item));
    } while (accept(','));
    if (!accept(']')) return syntax("']' is missing");
    return Json(std::move(items));
  }

  Result<Json> number() {
    const bool negative = accept_word("-");
    const std::size_t start = at_;
    std::int64_t magnitude = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      magnitude = magnitude * 10 + (text_[at_] - '0');
      if (magnitude > kJsonNumberLimit) return refuse("json.number", "a number above 2^53");
      ++at_;
    }
    if (at_ == start) return syntax("a number without digits");
    if (text_[start] == '0' && at_ - start > 1) return refuse("json.number", "a leading zero");
    if (at_ < text_.size() && std::string_view(".eE").find(text_[at_]) != text_.npos)
      return refuse("json.number", "a number that is not whole");
    return Json(negative ? -magnitude : magnitude);
  }

  // Four hexadecimal digits at at_; above 0xffff where there are none.
  std::uint32_t hex4() {
    if (at_ + 4 > text_.size()) return 0x10000;
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = text_[at_];
      std::uint32_t digit = 0;
      if (c >= '0' && c <= '9') {
        digit = static_cast<std::uint32_t>(c - '0');
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<std::uint32_t>(c - 'a' + 10);
      } else if (c >= 'A' && c <= 'F') {
        digit = static_cast<std::uint32_t>(c - 'A' + 10);
      } else {
        return 0x10000;
      }
      code = code << 4 | digit;
    }
    return code;
  }

  Status escape(std::string& out) {
    if (at_ >= text_.size()) return syntax("a text is not closed");
    const char c = text_[at_++];
    constexpr std::string_view kShort = "\"\\/bfnrt";
    constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    if (const std::size_t i = kShort.find(c); i != kShort.npos) {
      out.push_back(kMeant[i]);
      return {};
    }
    if (c != 'u') return syntax("an unknown escape");
    std::uint32_t code = hex4();
    if (code >= 0xd800 && code < 0xdc00 && accept_word("\\u")) {
      const std::uint32_t low = hex4();
      if (low < 0xdc00 || low > 0xdfff) return refuse("json.utf8", "half a surrogate pair");
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else if (code > 0xffff) {
      return syntax("a \\u escape without four digits");
    } else if (code >= 0xd800 && code <= 0xdfff) {
      return refuse("json.utf8", "half a surrogate pair");
    }
    append_utf8(code, out);
    return {};
  }

  Result<std::string> string() {
    std::string out;
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) return syntax("a control character in a text");
      ++at_;
      if (c == '\\') {
        VIGIL_TRY(escape(out));
      } else {
        out.push_back(c);
      }
    }
    if (at_ >= text_.size()) return syntax("a text is not closed");
    ++at_;
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_limit_;
};

const Json::List kNoList;

}  // namespace

const Json* Json::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, key, &std::pair<std::string, Json>::first);
  return found == members->end() ? nullptr : &found->second;
}

std::string emit_json(const Json& value) {
  std::string out;
  emit_value(value, out);
  return out;
}

Result<Json> parse_canonical_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.size_bytes)
    return fail(
        ErrorKind::kInvalid, "json.size",
        fmt::format("The JSON text is refused: it is longer than {} bytes.", limits.size_bytes));
  if (!is_utf8(text))
    return fail(ErrorKind::kInvalid, "json.utf8", "The JSON text is refused: it is not UTF-8.");
  VIGIL_ASSIGN(Json value, Parser(text, limits.depth).document());
  std::string again = emit_json(value);
  if (limits.trailing_newline) again.push_back('\n');
  if (again != text)
    return fail(ErrorKind::kInvalid, "json.canonical",
                "The JSON text is refused: it is not spelled in the one canonical way.");
  return value;
}

JsonReader::JsonReader(const Json& value, std::string_view what)
    : object_(value.object()), what_(what) {
  if (object_ == nullptr) failure_ = "it is not an object";
}

const Json* JsonReader::take(std::string_view key) {
  if (!failure_.empty()) return nullptr;
  if (!next_is(key)) {
    failure_ = fmt::format("member '{}' is missing or not in its place", key);
    return nullptr;
  }
  return &(*object_)[next_++].second;
}

std::string JsonReader::string(std::string_view key) {
  const Json* member = take(key);
  if (member == nullptr) return {};
  if (const auto* text = member->string()) return *text;
  failure_ = fmt::format("member '{}' is not a text", key);
  return {};
}

std::int64_t JsonReader::number(std::string_view key, std::int64_t least, std::int64_t most) {
  const Json* member = take(key);
  if (member == nullptr) return least;
  const auto* number = member->number();
  if (number != nullptr && *number >= least && *number <= most) return *number;
  failure_ = fmt::format("member '{}' is not a whole number from {} to {}", key, least, most);
  return least;
}

bool JsonReader::boolean(std::string_view key) {
  const Json* member = take(key);
  if (member == nullptr) return false;
  if (const auto* truth = member->boolean()) return *truth;
  failure_ = fmt::format("member '{}' is not true or false", key);
  return false;
}

const Json::List& JsonReader::list(std::string_view key) {
  const Json* member = take(key);
  if (member == nullptr) return kNoList;
  if (const auto* list = member->list()) return *list;
  failure_ = fmt::format("member '{}' is not a list", key);
  return kNoList;
}

const Json& JsonReader::value(std::string_view key) {
  static const Json kNothing;
  const Json* member = take(key);
  return member == nullptr ? kNothing : *member;
}

bool JsonReader::next_is(std::string_view key) const {
  return failure_.empty() && object_ != nullptr && next_ < object_->size() &&
         (*object_)[next_].first == key;
}

Status JsonReader::finish() const {
  if (!failure_.empty())
    return fail(ErrorKind::kInvalid, "json.member", fmt::format("{}: {}.", what_, failure_));
  if (next_ != object_->size())
    return fail(ErrorKind::kInvalid, "json.member",
                fmt::format("{}: it has a member that this version does not know.", what_));
  return {};
}

}  // namespace vigil
