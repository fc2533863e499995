#include "cloud/services/stepfunctions/jsonata/parser.h"

#include <algorithm>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/infixes.h"
#include "cloud/services/stepfunctions/jsonata/leaf.h"
#include "cloud/services/stepfunctions/jsonata/lexer.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"

namespace trunkline::cloud::jsonata {
namespace {

// What is nested deeper could not be evaluated anyway (limits.h), and must not overflow our stack.
constexpr std::uint32_t kMaxHeight = 1000;

constexpr int kPrefixPower = 70;

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) {}

  Outcome<NodePtr> ParseAll() {
    TL_DO(Advance(false));
    TL_TRY(NodePtr root, ParseExpression(0));
    if (token_.type == Token::Type::kEnd) return root;
    return Failure("S0201").At(token_.position).With("token", ShowToken(*LeafOf(token_)));
  }

 private:
  bool Is(std::string_view operation) const {
    return token_.type == Token::Type::kOperator && token_.text == operation;
  }

  Outcome<void> Advance(bool after_operand) {
    TL_TRY(token_, lexer_.Next(after_operand));
    if (Is("!") || Is("~")) return Failure("S0204").At(token_.position).Naming(token_.text);
    return {};
  }

  Outcome<void> Expect(std::string_view operation, bool after_operand = false) {
    if (Is(operation)) return Advance(after_operand);
    const bool at_end = token_.type == Token::Type::kEnd;
    return Failure(at_end ? "S0203" : "S0202")
        .At(token_.position)
        .With("value", json::Quote(operation))
        .With("token", ShowToken(*LeafOf(token_)));
  }

  Outcome<bool> TakeComma() {
    if (!Is(",")) return false;
    TL_DO(Advance(false));
    return true;
  }

  static NodePtr Of(NodeType type, const Token& token) {
    NodePtr node = LeafOf(token);
    node->type = type;
    return node;
  }

  Outcome<NodePtr> ParseExpression(int right_power) {
    if (++depth_ > kMaxHeight) return StackExceeded();
    const Token first = std::move(token_);
    TL_DO(Advance(true));
    TL_TRY(NodePtr left, ParsePrefix(first));
    for (;;) {
      left->height = HeightOf(*left);
      if (left->height > kMaxHeight) return StackExceeded();
      const Infix* infix = FindInfix(token_);
      if (infix == nullptr || right_power >= infix->power) break;
      const Token token = std::move(token_);
      TL_DO(Advance(false));
      TL_TRY(left, ParseInfix(*infix, token, std::move(left)));
    }
    --depth_;
    return left;
  }

  Outcome<NodePtr> ParsePrefix(const Token& token) {
    if (token.type != Token::Type::kOperator) return LeafOf(token);
    const std::string& text = token.text;
    if (text == "and" || text == "or" || text == "in") return LeafOf(token);
    if (text == "*") return Of(NodeType::kWildcard, token);
    if (text == "**") return Of(NodeType::kDescendants, token);
    if (text == "%") return Of(NodeType::kParent, token);
    if (text == "(") return ParseBlock(token);
    if (text == "[") return ParseArray(token);
    if (text == "{") return ParseGroup(Of(NodeType::kObject, token));
    if (text == "|") return ParseTransform(token);
    if (text != "-") return Failure("S0211").At(token.position).Naming(text);
    NodePtr node = Of(NodeType::kNegate, token);
    TL_TRY(node->rhs, ParseExpression(kPrefixPower));
    return node;
  }

  Outcome<NodePtr> ParseBlock(const Token& token) {
    NodePtr node = Of(NodeType::kBlock, token);
    node->text.clear();
    while (!Is(")")) {
      TL_TRY(NodePtr item, ParseExpression(0));
      node->items.push_back(std::move(item));
      if (!Is(";")) break;
      TL_DO(Advance(false));
    }
    TL_DO(Expect(")", true));
    return node;
  }

  Outcome<NodePtr> ParseArray(const Token& token) {
    NodePtr node = Of(NodeType::kArray, token);
    for (bool more = !Is("]"); more;) {
      TL_TRY(NodePtr item, ParseExpression(0));
      if (Is("..")) {
        TL_TRY(item, ParseRange(std::move(item)));
      }
      node->items.push_back(std::move(item));
      TL_TRY(more, TakeComma());
    }
    TL_DO(Expect("]", true));
    return node;
  }

  Outcome<NodePtr> ParseRange(NodePtr from) {
    NodePtr range = Of(NodeType::kBinary, token_);
    range->operation = Operation::kRange;
    range->lhs = std::move(from);
    TL_DO(Advance(false));
    TL_TRY(range->rhs, ParseExpression(0));
    return range;
  }

  Outcome<NodePtr> ParseGroup(NodePtr node) {
    for (bool more = !Is("}"); more;) {
      TL_TRY(NodePtr key, ParseExpression(0));
      TL_DO(Expect(":"));
      TL_TRY(NodePtr value, ParseExpression(0));
      node->pairs.emplace_back(std::move(key), std::move(value));
      TL_TRY(more, TakeComma());
    }
    TL_DO(Expect("}", true));
    return node;
  }

  Outcome<NodePtr> ParseTransform(const Token& token) {
    NodePtr node = Of(NodeType::kTransform, token);
    TL_TRY(node->lhs, ParseExpression(0));
    TL_DO(Expect("|"));
    TL_TRY(node->rhs, ParseExpression(0));
    if (Is(",")) {
      TL_DO(Advance(false));
      TL_TRY(node->third, ParseExpression(0));
    }
    TL_DO(Expect("|"));
    return node;
  }

  Outcome<NodePtr> ParseInfix(const Infix& infix, const Token& token, NodePtr left) {
    if (infix.operation != Operation::kNone) {
      NodePtr node = Of(NodeType::kBinary, token);
      node->operation = infix.operation;
      return ParseSides(std::move(node), std::move(left), infix.power);
    }
    switch (token.text.front()) {
      case '.':
        return ParseSides(Of(NodeType::kMap, token), std::move(left), infix.power);
      case '~':
        return ParseSides(Of(NodeType::kApply, token), std::move(left), infix.power);
      case '(':
        return ParseCall(token, std::move(left));
      case '[':
        return ParseFilter(token, std::move(left));
      case '{': {
        NodePtr node = Of(NodeType::kGroupBy, token);
        node->lhs = std::move(left);
        return ParseGroup(std::move(node));
      }
      case '^':
        return ParseOrderBy(token, std::move(left));
      case ':':
        return ParseBind(token, std::move(left), infix.power);
      case '?':
        return ParseCondition(token, std::move(left));
      default:
        return ParseVariableOf(token, std::move(left), infix.power);
    }
  }

  Outcome<NodePtr> ParseSides(NodePtr node, NodePtr left, int power) {
    node->lhs = std::move(left);
    TL_TRY(node->rhs, ParseExpression(power));
    return node;
  }

  Outcome<NodePtr> ParseCall(const Token& token, NodePtr left) {
    NodePtr node = Of(NodeType::kFunction, token);
    const bool defines =
        left->type == NodeType::kName && (left->text == "function" || left->text == "\u03BB");
    node->lhs = std::move(left);
    for (bool more = !Is(")"); more;) {
      if (Is("?")) {
        node->type = NodeType::kPartial;
        node->items.push_back(Of(NodeType::kPlaceholder, token_));
        TL_DO(Advance(false));
      } else {
        TL_TRY(NodePtr argument, ParseExpression(0));
        node->items.push_back(std::move(argument));
      }
      TL_TRY(more, TakeComma());
    }
    TL_DO(Expect(")", true));
    return defines ? ParseDefinition(std::move(node)) : Outcome<NodePtr>(std::move(node));
  }

  Outcome<NodePtr> ParseDefinition(NodePtr node) {
    for (std::size_t i = 0; i < node->items.size(); ++i) {
      if (node->items[i]->type == NodeType::kVariable) continue;
      return Failure("S0208").At(node->items[i]->position).With("value", std::to_string(i + 1));
    }
    node->type = NodeType::kLambda;
    node->text.clear();
    node->lhs.reset();
    if (Is("<")) TL_DO(ParseSignature(*node));
    TL_DO(Expect("{"));
    TL_TRY(node->rhs, ParseExpression(0));
    TL_DO(Expect("}"));
    return node;
  }

  Outcome<void> ParseSignature(Node& node) {
    const std::size_t start = token_.position;
    std::string text = "<";
    for (int depth = 1; depth > 0 && !Is("{") && token_.type != Token::Type::kEnd;) {
      TL_DO(Advance(false));
      if (Is(">")) --depth;
      if (Is("<")) ++depth;
      text += token_.text;
    }
    TL_DO(Expect(">"));
    Outcome<std::shared_ptr<const Signature>> signature = Signature::Parse(text);
    if (!signature) {
      signature.error().SetPosition(start);
      return std::move(signature).error();
    }
    node.signature = std::move(signature).value();
    return {};
  }

  // Behind a step, [] keeps what would be one item an array.
  Outcome<NodePtr> ParseFilter(const Token& token, NodePtr left) {
    if (!Is("]")) {
      NodePtr node = Of(NodeType::kFilterBy, token);
      node->lhs = std::move(left);
      TL_TRY(node->rhs, ParseExpression(0));
      TL_DO(Expect("]", true));
      return node;
    }
    Node* step = left.get();
    while (step->type == NodeType::kFilterBy) step = step->lhs.get();
    step->keep_array = true;
    TL_DO(Advance(false));
    return left;
  }

  Outcome<NodePtr> ParseOrderBy(const Token& token, NodePtr left) {
    NodePtr node = Of(NodeType::kOrderBy, token);
    node->lhs = std::move(left);
    TL_DO(Expect("("));
    for (bool more = true; more;) {
      SortTerm term;
      term.descending = Is(">");
      if (Is("<") || Is(">")) TL_DO(Advance(false));
      TL_TRY(term.expression, ParseExpression(0));
      node->terms.push_back(std::move(term));
      TL_TRY(more, TakeComma());
    }
    TL_DO(Expect(")"));
    return node;
  }

  Outcome<NodePtr> ParseBind(const Token& token, NodePtr left, int power) {
    if (left->type != NodeType::kVariable) return Failure("S0212").At(left->position);
    NodePtr node = Of(NodeType::kBind, token);
    node->text = left->text;
    TL_TRY(node->rhs, ParseExpression(power - 1));
    return node;
  }

  Outcome<NodePtr> ParseCondition(const Token& token, NodePtr left) {
    NodePtr node = Of(NodeType::kCondition, token);
    node->lhs = std::move(left);
    TL_TRY(node->rhs, ParseExpression(0));
    if (!Is(":")) return node;
    TL_DO(Advance(false));
    TL_TRY(node->third, ParseExpression(0));
    return node;
  }

  Outcome<NodePtr> ParseVariableOf(const Token& token, NodePtr left, int power) {
    NodePtr node = Of(token.text == "@" ? NodeType::kFocus : NodeType::kIndexBy, token);
    node->lhs = std::move(left);
    TL_TRY(const NodePtr variable, ParseExpression(power));
    if (variable->type != NodeType::kVariable) {
      return Failure("S0214").At(variable->position).Naming(token.text);
    }
    node->text = variable->text;
    return node;
  }

  Lexer lexer_;
  Token token_;
  std::uint32_t depth_ = 0;
};

}  // namespace

Outcome<NodePtr> ParseNodes(std::string_view text) {
  return Parser(text).ParseAll();
}

}  // namespace trunkline::cloud::jsonata
