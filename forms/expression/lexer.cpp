// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/lexer.h"

#include <algorithm>

#include <fmt/format.h>

namespace vigil::forms {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_part(char c) {
  return is_name_start(c) || is_digit(c) || c == '-' || c == '.';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    while (true) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ == text_.size()) break;
      VIGIL_TRY(next());
    }
    add(TokenKind::kEnd, 0);
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void add(TokenKind kind, std::size_t length) {
    tokens_.push_back({.kind = kind, .text = text_.substr(at_, length), .offset = at_});
    at_ += length;
  }

  // After an operand, "*" multiplies and a name can only be and, or, div, mod.
  [[nodiscard]] bool after_operand() const {
    if (tokens_.empty()) return false;
    const Token& last = tokens_.back();
    switch (last.kind) {
      case TokenKind::kNumber:
      case TokenKind::kLiteral:
      case TokenKind::kName:
        return true;
      case TokenKind::kSymbol:
        return last.text == ")" || last.text == "]" || last.text == "." || last.text == "..";
      default:
        return false;
    }
  }

  // JavaRosa takes AND, Or, DIV too.
  [[nodiscard]] bool begins_with(std::string_view op) const {
    for (std::size_t i = 0; i < op.size(); ++i) {
      const char c = peek(i);
      if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != op[i]) return false;
    }
    return true;
  }

  Status next() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return literal(c);
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      number();
      return {};
    }
    if (is_name_start(c)) {
      name();
      return {};
    }
    return symbol(c);
  }

  Status literal(char quote) {
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) {
      return fail(ErrorKind::kInvalid, "expression.syntax",
                  fmt::format("the quoted text that starts at character {} has no closing {}",
                              character_at(text_, at_), quote));
    }
    tokens_.push_back(
        {.kind = TokenKind::kLiteral, .text = text_.substr(at_ + 1, end - at_ - 1), .offset = at_});
    at_ = end + 1;
    return {};
  }

  void number() {
    std::size_t length = 0;
    while (is_digit(peek(length))) ++length;
    if (peek(length) == '.') {
      ++length;
      while (is_digit(peek(length))) ++length;
    }
    add(TokenKind::kNumber, length);
  }

  void name() {
    std::size_t length = 1;
    while (is_name_part(peek(length)) && at_ + length < text_.size()) ++length;
    if (after_operand()) {
      // Only an operator can stand here, so "1div2" is read as people mean it.
      for (const std::string_view op : {"and", "or", "div", "mod"}) {
        if (!begins_with(op) || is_name_start(peek(op.size()))) continue;
        add(TokenKind::kOperator, op.size());
        tokens_.back().text = op;
        return;
      }
    }
    if (peek(length) == ':' && peek(length + 1) == '*') {
      length += 2;
    } else if (peek(length) == ':' && is_name_start(peek(length + 1))) {
      length += 2;
      while (is_name_part(peek(length)) && at_ + length < text_.size()) ++length;
    }
    add(TokenKind::kName, length);
  }

  Status symbol(char c) {
    const char second = peek(1);
    switch (c) {
      case '(':
      case ')':
      case '[':
      case ']':
      case '@':
      case ',':
        add(TokenKind::kSymbol, 1);
        return {};
      case '.':
        add(TokenKind::kSymbol, second == '.' ? 2 : 1);
        return {};
      case ':':
        if (second != ':') break;
        add(TokenKind::kSymbol, 2);
        return {};
      case '*':
        add(after_operand() ? TokenKind::kOperator : TokenKind::kName, 1);
        return {};
      case '/':
        add(TokenKind::kOperator, second == '/' ? 2 : 1);
        return {};
      case '|':
      case '+':
      case '-':
        add(TokenKind::kOperator, 1);
        return {};
      case '=':
        if (second == '=') {
          return fail(ErrorKind::kInvalid, "expression.syntax",
                      fmt::format("\"==\" at character {} has no meaning in an expression; \"=\" "
                                  "compares",
                                  character_at(text_, at_)));
        }
        add(TokenKind::kOperator, 1);
        return {};
      case '!':
        if (second != '=') break;
        add(TokenKind::kOperator, 2);
        return {};
      case '<':
      case '>':
        add(TokenKind::kOperator, second == '=' ? 2 : 1);
        return {};
      default:
        break;
    }
    // What programming languages and spreadsheets write.
    const std::string_view meant = c == '&'   ? "; \"and\" joins conditions, concat() texts"
                                   : c == '!' ? "; write not(...)"
                                   : c == '{' ? "; a question is ${its_name}"
                                   : c == '$' ? "; a question is ${its_name}"
                                              : "";
    return fail(ErrorKind::kInvalid, "expression.syntax",
                fmt::format("\"{}\" at character {} has no meaning in an expression{}", c,
                            character_at(text_, at_), meant));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> tokenise(std::string_view text) {
  return Lexer(text).run();
}

std::size_t character_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto continuation = std::count_if(before.begin(), before.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
  });
  return offset - static_cast<std::size_t>(continuation) + 1;
}

}  // namespace vigil::forms
