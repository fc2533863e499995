#include "cloud/services/dynamodb/expressions/parser.h"

#include <array>

#include "base/text.h"
#include "cloud/services/dynamodb/refusals.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr int kDeepest = 100;
constexpr std::array<std::string_view, 6> kComparators = {"=", "<>", "<=", ">=", "<", ">"};
// Words that end an operand; everything else may name an attribute until check.cpp says otherwise.
constexpr std::array<std::string_view, 5> kKeywords = {"AND", "OR", "NOT", "BETWEEN", "IN"};

bool IsKeyword(const Token& token) {
  for (const std::string_view word : kKeywords)
    if (token.IsWord(word)) return true;
  return false;
}

Node Joined(Node::Kind kind, std::string_view name, Node first, Node second) {
  Node node{.kind = kind, .name = std::string(name)};
  node.children.push_back(std::move(first));
  node.children.push_back(std::move(second));
  return node;
}

}  // namespace

bool Parser::TakeSymbol(std::string_view symbol) {
  if (!Now().Is(symbol)) return false;
  ++at_;
  return true;
}

bool Parser::TakeWord(std::string_view upper_case) {
  if (!Now().IsWord(upper_case)) return false;
  ++at_;
  return true;
}

ServiceError Parser::WrongAt(std::size_t token) const {
  return Invalid(SyntaxErrorAt(tokens_, token));
}

ServiceError Parser::Wrong() const {
  return WrongAt(at_);
}

Answer<Step> Parser::ReadIndex() {
  if (Now().kind != Token::Kind::kNumber) return Wrong();
  const auto index = ToInt(Now().text);
  constexpr std::int64_t kMost = 1'000'000'000;
  if (!index || *index > kMost) return Invalid("List index is not within the allowable range;");
  ++at_;
  if (!TakeSymbol("]")) return Wrong();
  return Step{.name = {}, .index = *index};
}

Answer<Path> Parser::ReadPath() {
  Path path;
  do {
    const Token& token = Now();
    const bool name = token.kind == Token::Kind::kName && !IsKeyword(token);
    if (!name && token.kind != Token::Kind::kNamePlaceholder) return Wrong();
    path.push_back({.name = std::string(token.text)});
    ++at_;
    while (TakeSymbol("[")) {
      TL_TRY(Step step, ReadIndex());
      path.push_back(std::move(step));
    }
  } while (TakeSymbol("."));
  return path;
}

Answer<void> Parser::ReadArguments(Node& node) {
  do {
    TL_TRY(Node argument, ReadOperand());
    node.children.push_back(std::move(argument));
  } while (TakeSymbol(","));
  if (!TakeSymbol(")")) return Wrong();
  return {};
}

Answer<Node> Parser::ReadFunction() {
  Node node{.kind = Node::Kind::kFunction, .name = std::string(Now().text)};
  at_ += 2;
  if (++depth_ > kDeepest) return Invalid("The expression is nested too deeply;");
  TL_DO(ReadArguments(node));
  --depth_;
  return node;
}

Answer<Node> Parser::ReadParentheses() {
  if (++depth_ > kDeepest) return Invalid("The expression is nested too deeply;");
  TL_TRY(Node inner, ReadOr());
  if (!TakeSymbol(")")) return Wrong();
  --depth_;
  redundant_parentheses_ = redundant_parentheses_ || inner.in_parentheses;
  inner.in_parentheses = true;
  return inner;
}

Answer<Node> Parser::ReadTerm() {
  if (TakeSymbol("(")) return ReadParentheses();
  if (Now().kind == Token::Kind::kValuePlaceholder) {
    Node node{.kind = Node::Kind::kValue, .name = std::string(Now().text)};
    ++at_;
    return node;
  }
  const bool name = Now().kind == Token::Kind::kName && !IsKeyword(Now());
  if (name && tokens_[at_ + 1].Is("(")) return ReadFunction();
  Node node;
  TL_TRY(node.path, ReadPath());
  return node;
}

// A condition in the place of an operand is a syntax error where it begins; a function there is
// misused, which is found out later.
Answer<Node> Parser::Operand(Answer<Node> read, std::size_t start) const {
  if (read && read->IsCondition() && read->kind != Node::Kind::kFunction) return WrongAt(start);
  return read;
}

// An operand in the place of a condition is a syntax error behind it; size() is misused.
Answer<Node> Parser::Condition(Answer<Node> read) const {
  if (read && !read->IsCondition() && read->kind != Node::Kind::kFunction) return Wrong();
  return read;
}

Answer<Node> Parser::ReadOperand() {
  const std::size_t start = at_;
  return Operand(ReadTerm(), start);
}

Answer<Node> Parser::ReadBetween(Node first) {
  TL_TRY(Node low, ReadOperand());
  if (!TakeWord("AND")) return Wrong();
  TL_TRY(Node high, ReadOperand());
  Node node = Joined(Node::Kind::kBetween, "BETWEEN", std::move(first), std::move(low));
  node.children.push_back(std::move(high));
  return node;
}

Answer<Node> Parser::ReadIn(Node first) {
  if (!TakeSymbol("(")) return Wrong();
  Node node{.kind = Node::Kind::kIn, .name = "IN"};
  node.children.push_back(std::move(first));
  TL_DO(ReadArguments(node));
  return node;
}

Answer<Node> Parser::ReadComparison() {
  TL_TRY(Node first, ReadTerm());
  const std::size_t here = at_;
  const bool operand = !first.IsCondition() || first.kind == Node::Kind::kFunction;
  for (const std::string_view comparator : kComparators) {
    if (!TakeSymbol(comparator)) continue;
    if (!operand) return WrongAt(here);
    TL_TRY(Node second, ReadOperand());
    return Joined(Node::Kind::kCompare, comparator, std::move(first), std::move(second));
  }
  if (operand && TakeWord("BETWEEN")) return ReadBetween(std::move(first));
  if (operand && TakeWord("IN")) return ReadIn(std::move(first));
  return first;
}

Answer<Node> Parser::ReadNot() {
  if (!TakeWord("NOT")) return ReadComparison();
  if (++depth_ > kDeepest) return Invalid("The expression is nested too deeply;");
  TL_TRY(Node inner, Condition(ReadNot()));
  --depth_;
  Node node{.kind = Node::Kind::kNot, .name = "NOT"};
  node.children.push_back(std::move(inner));
  return node;
}

// AND and OR take any number of children, so that a long chain is not a deep tree.
Answer<Node> Parser::ReadAnd() {
  TL_TRY(Node first, ReadNot());
  if (!Now().IsWord("AND")) return first;
  TL_TRY(first, Condition(std::move(first)));
  Node node{.kind = Node::Kind::kAnd, .name = "AND"};
  node.children.push_back(std::move(first));
  while (TakeWord("AND")) {
    TL_TRY(Node next, Condition(ReadNot()));
    node.children.push_back(std::move(next));
  }
  return node;
}

Answer<Node> Parser::ReadOr() {
  TL_TRY(Node first, ReadAnd());
  if (!Now().IsWord("OR")) return first;
  TL_TRY(first, Condition(std::move(first)));
  Node node{.kind = Node::Kind::kOr, .name = "OR"};
  node.children.push_back(std::move(first));
  while (TakeWord("OR")) {
    TL_TRY(Node next, Condition(ReadAnd()));
    node.children.push_back(std::move(next));
  }
  return node;
}

Answer<Node> Parser::ReadCondition() {
  TL_TRY(Node node, Condition(ReadOr()));
  if (!AtEnd()) return Wrong();
  return node;
}

}  // namespace trunkline::cloud::dynamodb
