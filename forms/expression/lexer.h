// SPDX-License-Identifier: Apache-2.0
//
// XPath 1.0 tokens (specification section 3.7). Not for other folders.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace vigil::forms {

enum class TokenKind {
  kEnd,
  kNumber,
  kLiteral,   // text is without the quotes
  kName,      // NCName or prefix:NCName or prefix:* or *
  kOperator,  // and or mod div * / // | + - = != < <= > >=
  kSymbol,    // ( ) [ ] . .. @ , ::
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;
  std::size_t offset = 0;
};

// The tokens of `text`, ended by kEnd; views into `text`. Fails kInvalid "expression.syntax".
[[nodiscard]] Result<std::vector<Token>> tokenise(std::string_view text);

// "character 12": where in `text` the byte `offset` is, for people.
[[nodiscard]] std::size_t character_at(std::string_view text, std::size_t offset);

}  // namespace vigil::forms
