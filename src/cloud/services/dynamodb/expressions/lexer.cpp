#include "cloud/services/dynamodb/expressions/lexer.h"

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::cloud::dynamodb {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

template <class Accepts>
std::size_t EndOf(std::string_view text, std::size_t at, const Accepts& accepts) {
  while (at < text.size() && accepts(text[at])) ++at;
  return at;
}

bool IsNamePart(char c) {
  return IsNameStart(c) || IsDigit(c);
}

Token NextToken(std::string_view text, std::size_t at) {
  const char c = text[at];
  const auto token = [&](Token::Kind kind, std::size_t end) {
    return Token{.kind = kind, .text = text.substr(at, end - at)};
  };
  if (IsNameStart(c)) return token(Token::Kind::kName, EndOf(text, at, IsNamePart));
  if (IsDigit(c)) return token(Token::Kind::kNumber, EndOf(text, at, IsDigit));
  if (c == '#' || c == ':') {
    const std::size_t end = EndOf(text, at + 1, IsNamePart);
    if (end == at + 1) return token(Token::Kind::kSymbol, end);
    return token(c == '#' ? Token::Kind::kNamePlaceholder : Token::Kind::kValuePlaceholder, end);
  }
  const std::string_view two = text.substr(at, 2);
  if (two == "<>" || two == "<=" || two == ">=") return token(Token::Kind::kSymbol, at + 2);
  return token(Token::Kind::kSymbol, at + 1);
}

}  // namespace

bool Token::IsWord(std::string_view upper_case) const {
  return kind == Kind::kName && EqualsIgnoreCase(text, upper_case);
}

std::vector<Token> ReadTokens(std::string_view expression) {
  std::vector<Token> tokens;
  std::size_t at = EndOf(expression, 0, IsBlank);
  while (at < expression.size()) {
    tokens.push_back(NextToken(expression, at));
    at = EndOf(expression, at + tokens.back().text.size(), IsBlank);
  }
  tokens.push_back({.kind = Token::Kind::kEnd, .text = expression.substr(expression.size())});
  return tokens;
}

std::string SyntaxErrorAt(const std::vector<Token>& tokens, std::size_t at) {
  const Token& token = tokens[at];
  const Token& before = tokens[at > 0 ? at - 1 : at];
  const Token& after = tokens[at + 1 < tokens.size() ? at + 1 : at];
  const char* const begin = before.text.data();
  const std::string_view near(
      begin, static_cast<std::size_t>(after.text.data() + after.text.size() - begin));
  return fmt::format("Syntax error; token: \"{}\", near: \"{}\"",
                     token.kind == Token::Kind::kEnd ? "<EOF>" : token.text, Trim(near));
}

}  // namespace trunkline::cloud::dynamodb
