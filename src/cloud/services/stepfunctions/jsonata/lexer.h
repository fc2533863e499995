// Cuts the text of an expression into tokens.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/regex.h"

namespace trunkline::cloud::jsonata {

struct Token {
  enum class Type { kEnd, kName, kVariable, kOperator, kString, kNumber, kWord, kRegex };
  Type type = Type::kEnd;
  std::string text;  // of a number: its value as JavaScript writes it
  double number = 0;
  std::shared_ptr<const Regex> regex;
  std::size_t position = 0;  // behind the token
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  // After an operand "/" divides; elsewhere it starts a regular expression.
  Outcome<Token> Next(bool after_operand);

 private:
  char Peek(std::size_t ahead = 0) const;
  Outcome<void> SkipBlanksAndComments();
  Token Make(Token::Type type, std::string text) const;
  Outcome<Token> ReadRegex();
  Outcome<Token> ReadString(char quote);
  Outcome<void> ReadEscape(std::string& value);
  Outcome<Token> ReadNumber();
  Outcome<Token> ReadQuotedName();
  Token ReadName();

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace trunkline::cloud::jsonata
