// The grammar's common part: paths, operands, functions, conditions. Names and values are read as
// they stand; check.h resolves them, so that syntax errors come first, as DynamoDB has it.
#pragma once

#include <string_view>
#include <vector>

#include "cloud/operation.h"
#include "cloud/services/dynamodb/expressions/lexer.h"
#include "cloud/services/dynamodb/expressions/node.h"

namespace trunkline::cloud::dynamodb {

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(ReadTokens(text)) {}

  const Token& Now() const { return tokens_[at_]; }
  bool TakeSymbol(std::string_view symbol);
  bool TakeWord(std::string_view upper_case);
  bool AtEnd() const { return Now().kind == Token::Kind::kEnd; }
  ServiceError Wrong() const;  // a syntax error at the current token
  ServiceError WrongAt(std::size_t token) const;

  Answer<Path> ReadPath();
  Answer<Node> ReadOperand();
  Answer<Node> ReadCondition();
  bool redundant_parentheses() const { return redundant_parentheses_; }

 private:
  Answer<Node> ReadOr();
  Answer<Node> ReadAnd();
  Answer<Node> ReadNot();
  Answer<Node> ReadComparison();
  Answer<Node> ReadBetween(Node first);
  Answer<Node> ReadIn(Node first);
  Answer<Node> ReadTerm();
  Answer<Node> ReadParentheses();
  Answer<Node> ReadFunction();
  Answer<void> ReadArguments(Node& node);
  Answer<Step> ReadIndex();
  Answer<Node> Operand(Answer<Node> read, std::size_t start) const;
  Answer<Node> Condition(Answer<Node> read) const;

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool redundant_parentheses_ = false;
};

}  // namespace trunkline::cloud::dynamodb
