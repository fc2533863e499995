// The tokens of an expression.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline::cloud::dynamodb {

struct Token {
  enum class Kind { kName, kNamePlaceholder, kValuePlaceholder, kNumber, kSymbol, kEnd };
  Kind kind = Kind::kEnd;
  std::string_view text;  // within the expression
  bool Is(std::string_view symbol) const { return kind == Kind::kSymbol && text == symbol; }
  bool IsWord(std::string_view upper_case) const;  // a keyword, in any case
};

// Ends with kEnd, whose text is the empty end of the expression. A character that no token has is a
// symbol.
std::vector<Token> ReadTokens(std::string_view expression);

// Syntax error; token: "x", near: "a x b": the token between its neighbours.
std::string SyntaxErrorAt(const std::vector<Token>& tokens, std::size_t at);

}  // namespace trunkline::cloud::dynamodb
