#include "cloud/services/stepfunctions/jsonata/leaf.h"

#include <algorithm>

#include "base/json_write.h"

namespace trunkline::cloud::jsonata {
namespace {

NodeType TypeOf(Token::Type type) {
  switch (type) {
    case Token::Type::kEnd:
      return NodeType::kEnd;
    case Token::Type::kOperator:  // "and", "or" and "in" are names where an operand stands
    case Token::Type::kName:
      return NodeType::kName;
    case Token::Type::kVariable:
      return NodeType::kVariable;
    case Token::Type::kString:
      return NodeType::kString;
    case Token::Type::kNumber:
      return NodeType::kNumber;
    case Token::Type::kWord:
      return NodeType::kLiteral;
    case Token::Type::kRegex:
      return NodeType::kRegex;
  }
  return NodeType::kEnd;
}

}  // namespace

NodePtr LeafOf(const Token& token) {
  auto node = std::make_unique<Node>();
  node->type = TypeOf(token.type);
  node->position = static_cast<std::uint32_t>(token.position);
  node->text = token.text;
  node->number = token.number;
  node->regex = token.regex;
  if (token.text == "true" || token.text == "false") node->boolean = token.text == "true";
  return node;
}

std::string ShowToken(const Node& node) {
  if (node.type == NodeType::kNumber || node.type == NodeType::kLiteral) return node.text;
  if (node.type == NodeType::kEnd) return json::Quote("(end)");
  return json::Quote(node.text);
}

std::uint32_t HeightOf(const Node& node) {
  std::uint32_t height = 0;
  const auto add = [&](const NodePtr& child) {
    if (child) height = std::max(height, child->height);
  };
  add(node.lhs);
  add(node.rhs);
  add(node.third);
  for (const NodePtr& item : node.items) add(item);
  for (const auto& [key, value] : node.pairs) {
    add(key);
    add(value);
  }
  for (const SortTerm& term : node.terms) add(term.expression);
  return height + 1;
}

}  // namespace trunkline::cloud::jsonata
