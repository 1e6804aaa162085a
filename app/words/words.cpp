// SPDX-License-Identifier: Apache-2.0
#include "app/words/words.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/base/language.h"

namespace vigil::words {
namespace {

// GNU gettext manual, "The Format of GNU MO Files".
constexpr std::uint32_t kMagic = 0x950412DE;
constexpr std::uint32_t kHeader_bytes = 28;

std::optional<std::uint32_t> number_at(ByteView file, std::size_t at) {
  if (at + 4 > file.size()) return std::nullopt;
  return static_cast<std::uint32_t>(file[at]) | static_cast<std::uint32_t>(file[at + 1]) << 8U |
         static_cast<std::uint32_t>(file[at + 2]) << 16U |
         static_cast<std::uint32_t>(file[at + 3]) << 24U;
}

// The text that the table's entry points to, without the closing zero byte.
std::optional<std::string_view> text_at(ByteView file, std::size_t entry) {
  const auto length = number_at(file, entry);
  const auto offset = number_at(file, entry + 4);
  if (!length || !offset || *offset > file.size() || *length > file.size() - *offset) {
    return std::nullopt;
  }
  return as_text(file.subspan(*offset, *length));
}

std::vector<std::string> split_zero(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string_view::npos; begin = end + 1) {
    end = text.find('\0', begin);
    parts.emplace_back(text.substr(begin, end - begin));
  }
  return parts;
}

std::unexpected<Error> refuse() {
  return fail(ErrorKind::kInvalid, "words.catalogue",
              "The translation file is damaged; install Vigil again.");
}

// Recursive descent over the grammar that gettext allows: ?: || && == != < > <= >= + - * / % ! ().
class PluralReader {
 public:
  PluralReader(std::string_view text, unsigned long n) : text_(text), n_(n) {}

  std::optional<unsigned long> whole() {
    const auto value = choice(0);
    skip();
    if (failed_ || at_ != text_.size()) return std::nullopt;
    return value;
  }

 private:
  static constexpr int kDepth = 32;  // no catalogue decides our stack

  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view sign) {
    skip();
    if (!text_.substr(at_).starts_with(sign)) return false;
    // "<" must not eat half of "<=", "!" not half of "!=".
    if (sign.size() == 1 && std::string_view("<>!").find(sign[0]) != std::string_view::npos &&
        at_ + 1 < text_.size() && text_[at_ + 1] == '=') {
      return false;
    }
    at_ += sign.size();
    return true;
  }
  unsigned long choice(int depth) {
    if (depth > kDepth) {
      failed_ = true;
      return 0;
    }
    const unsigned long condition = level(0, depth);
    if (!take("?")) return condition;
    const unsigned long yes = choice(depth + 1);
    if (!take(":")) failed_ = true;
    const unsigned long no = choice(depth + 1);
    return condition != 0 ? yes : no;
  }
  unsigned long level(int precedence, int depth) {
    if (precedence == 6) return single(depth);
    unsigned long left = level(precedence + 1, depth);
    while (!failed_) {
      const char sign = take_operator(precedence);
      if (sign == 0) break;
      left = apply(sign, left, level(precedence + 1, depth));
    }
    return left;
  }
  // One letter for each operator of the level; 0 where none stands here.
  char take_operator(int precedence) {
    switch (precedence) {
      case 0:
        return take("||") ? '|' : '\0';
      case 1:
        return take("&&") ? '&' : '\0';
      case 2:
        return take("==") ? '=' : take("!=") ? '#' : '\0';
      case 3:
        return take("<=") ? 'l' : take(">=") ? 'g' : take("<") ? '<' : take(">") ? '>' : '\0';
      case 4:
        return take("+") ? '+' : take("-") ? '-' : '\0';
      default:
        return take("*") ? '*' : take("/") ? '/' : take("%") ? '%' : '\0';
    }
  }
  unsigned long apply(char sign, unsigned long a, unsigned long b) {
    switch (sign) {
      case '|':
        return a != 0 || b != 0 ? 1 : 0;
      case '&':
        return a != 0 && b != 0 ? 1 : 0;
      case '=':
        return a == b ? 1 : 0;
      case '#':
        return a != b ? 1 : 0;
      case 'l':
        return a <= b ? 1 : 0;
      case 'g':
        return a >= b ? 1 : 0;
      case '<':
        return a < b ? 1 : 0;
      case '>':
        return a > b ? 1 : 0;
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      default:
        if (b == 0) {
          failed_ = true;
          return 0;
        }
        return sign == '/' ? a / b : a % b;
    }
  }
  unsigned long single(int depth) {
    if (depth > kDepth) failed_ = true;
    if (failed_) return 0;
    if (take("!")) return single(depth + 1) == 0 ? 1 : 0;
    if (take("(")) {
      const unsigned long value = choice(depth + 1);
      if (!take(")")) failed_ = true;
      return value;
    }
    if (take("n")) return n_;
    skip();
    unsigned long value = 0;
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && at_ - begin < 9) {
      value = value * 10 + static_cast<unsigned long>(text_[at_++] - '0');
    }
    if (at_ == begin) failed_ = true;
    return value;
  }

  std::string_view text_;
  unsigned long n_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

// "Language: ru" in the header entry.
std::string_view language_in(std::string_view header) {
  constexpr std::string_view kField = "Language: ";
  const auto at = header.find(kField);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = header.substr(at + kField.size());
  return rest.substr(0, rest.find('\n'));
}

// "nplurals=3; plural=(...);" in the header entry.
Result<PluralRule> rule_in(std::string_view header) {
  const auto count_at = header.find("nplurals=");
  const auto rule_at =
      header.find("plural=", count_at == std::string_view::npos ? 0 : count_at + 9);
  if (count_at == std::string_view::npos || rule_at == std::string_view::npos) return PluralRule();
  const char digit = header.substr(count_at + 9, 1).empty() ? '0' : header[count_at + 9];
  const std::string_view rest = header.substr(rule_at + 7);
  return PluralRule::parse(rest.substr(0, rest.find_first_of(";\n")), digit - '0');
}

}  // namespace

Result<PluralRule> PluralRule::parse(std::string_view expression, int forms) {
  PluralRule rule;
  rule.expression_ = expression;
  rule.forms_ = forms;
  if (forms < 1 || forms > 6 || !PluralReader(expression, 1).whole()) {
    return fail(ErrorKind::kInvalid, "words.plural",
                "The translation file has a plural rule that cannot be read; install Vigil again.");
  }
  return rule;
}

std::size_t PluralRule::form(unsigned long n) const {
  const unsigned long form = PluralReader(expression_, n).whole().value_or(0);
  return static_cast<std::size_t>(std::min(form, static_cast<unsigned long>(forms_ - 1)));
}

Result<Words> Words::parse(ByteView mo) {
  const auto magic = number_at(mo, 0);
  const auto count = number_at(mo, 8);
  const auto originals = number_at(mo, 12);
  const auto translations = number_at(mo, 16);
  if (mo.size() < kHeader_bytes || magic != kMagic || !count || !originals || !translations ||
      *count > mo.size() / 16) {
    return refuse();
  }
  Words words;
  for (std::size_t index = 0; index < *count; ++index) {
    const auto original = text_at(mo, *originals + index * 8);
    const auto translation = text_at(mo, *translations + index * 8);
    if (!original || !translation) return refuse();
    if (original->empty()) {
      VIGIL_ASSIGN(words.rule_, rule_in(*translation));
      words.language_ = language_in(*translation);
      continue;
    }
    words.messages_.emplace(split_zero(*original).front(), split_zero(*translation));
  }
  return words;
}

std::string_view Words::operator()(std::string_view english) const {
  const auto found = messages_.find(english);
  return found == messages_.end() || found->second.front().empty() ? english
                                                                   : found->second.front();
}

std::string Words::plural(std::string_view one, std::string_view many, unsigned long n) const {
  const std::string number = fmt::format("{}", n);
  const auto found = messages_.find(one);
  if (found == messages_.end()) return fill(n == 1 ? one : many, {number});
  const std::size_t form = std::min(rule_.form(n), found->second.size() - 1);
  return fill(found->second[form], {number});
}

char Words::decimal_mark() const {
  return vigil::decimal_mark(language_);
}

std::string fill(std::string_view text, std::initializer_list<std::string_view> values) {
  std::string filled;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool place = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}' &&
                       text[at + 1] >= '0' && text[at + 1] <= '9';
    const std::size_t index = place ? static_cast<std::size_t>(text[at + 1] - '0') : values.size();
    if (index >= values.size()) {
      filled += text[at];
      continue;
    }
    filled += values.begin()[index];
    at += 2;
  }
  return filled;
}

}  // namespace vigil::words
