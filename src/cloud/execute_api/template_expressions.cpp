#include "cloud/execute_api/template_expressions.h"

#include <array>
#include <cctype>

namespace trunkline::cloud::execute_api {
namespace {

// Operators from the loosest to the tightest.
constexpr std::array<std::array<std::string_view, 8>, 6> kOperators = {{
    {"||", "or"},
    {"&&", "and"},
    {"==", "!=", "eq", "ne"},
    {"<=", ">=", "<", ">", "le", "ge", "lt", "gt"},
    {"+", "-"},
    {"*", "/", "%"},
}};

std::string_view Canonical(std::string_view op) {
  constexpr std::array<std::array<std::string_view, 2>, 8> kWords = {{{"or", "||"},
                                                                      {"and", "&&"},
                                                                      {"eq", "=="},
                                                                      {"ne", "!="},
                                                                      {"le", "<="},
                                                                      {"ge", ">="},
                                                                      {"lt", "<"},
                                                                      {"gt", ">"}}};
  for (const auto& [word, sign] : kWords) {
    if (word == op) return sign;
  }
  return op;
}

Expression Literal(json::Value value) {
  Expression literal;
  literal.literal = std::move(value);
  return literal;
}

}  // namespace

Result<void> TemplateExpressions::Enter(std::string_view what) {
  constexpr int kDeepest = 50;
  if (++depth_ > kDeepest) return Wrong("expected at most {} levels of {}", kDeepest, what);
  return {};
}

Result<Reference> TemplateExpressions::ReadReference() {
  const std::size_t first = at();
  Reference reference;
  Skip(1);
  reference.quiet = Take("!");
  const bool braces = Take("{");
  reference.name = Name();
  for (;;) {
    if (Peek() == '.' && IsLetter(Peek(1))) {
      Skip(1);
      TL_TRY(Step step, Member());
      reference.steps.push_back(std::move(step));
    } else if (Peek() == '[') {
      Skip(1);
      Step step{.kind = Step::Kind::kIndex, .name = {}, .arguments = {}};
      TL_TRY(Expression index, Any());
      step.arguments.push_back(std::move(index));
      Blanks();
      if (!Take("]")) return Wrong("expected ']'");
      reference.steps.push_back(std::move(step));
    } else {
      break;
    }
  }
  if (braces && !Take("}")) return Wrong("expected '}}' of a reference");
  reference.text = Since(first);
  return reference;
}

Result<Step> TemplateExpressions::Member() {
  Step step{.kind = Step::Kind::kProperty, .name = Name(), .arguments = {}};
  if (!Take("(")) return step;
  step.kind = Step::Kind::kMethod;
  TL_TRY(step.arguments, List(")"));
  return step;
}

Result<std::vector<Expression>> TemplateExpressions::List(std::string_view end) {
  std::vector<Expression> items;
  Blanks();
  if (Take(end)) return items;
  for (;;) {
    TL_TRY(Expression item, Any());
    items.push_back(std::move(item));
    Blanks();
    if (Take(end)) return items;
    if (!Take(",")) return Wrong("expected ',' or '{}'", end);
  }
}

Result<Expression> TemplateExpressions::Any() {
  TL_DO(Enter("expressions"));
  Result<Expression> result = Binary(0);
  Leave();
  return result;
}

std::string_view TemplateExpressions::Operator(std::size_t level) {
  Blanks();
  for (const std::string_view op : kOperators.at(level)) {
    if (op.empty() || !Follows(op)) continue;
    const bool word = IsLetter(op.front());
    if (word && IsNameCharacter(Peek(op.size()))) continue;
    return op;
  }
  return {};
}

Result<Expression> TemplateExpressions::Binary(std::size_t level) {
  if (level == kOperators.size()) return Unary();
  TL_TRY(Expression left, Binary(level + 1));
  for (std::string_view op = Operator(level); !op.empty(); op = Operator(level)) {
    Skip(op.size());
    TL_TRY(Expression right, Binary(level + 1));
    Expression both{.kind = Expression::Kind::kBinary};
    both.operation = Canonical(op);
    both.operands.push_back(std::move(left));
    both.operands.push_back(std::move(right));
    left = std::move(both);
  }
  return left;
}

Result<Expression> TemplateExpressions::Unary() {
  Blanks();
  const bool word = Follows("not") && !IsNameCharacter(Peek(3));
  if (!word && !(Peek() == '!' && Peek(1) != '=')) return Primary();
  Skip(word ? 3 : 1);
  TL_DO(Enter("expressions"));
  TL_TRY(Expression inner, Unary());
  Leave();
  Expression negated{.kind = Expression::Kind::kNot};
  negated.operands.push_back(std::move(inner));
  return negated;
}

Result<Expression> TemplateExpressions::Primary() {
  Blanks();
  if (Take("(")) {
    TL_TRY(Expression inner, Any());
    Blanks();
    if (!Take(")")) return Wrong("expected ')'");
    return inner;
  }
  if (Peek() == '"' || Peek() == '\'') return Quoted();
  if (StartsReference()) {
    TL_TRY(Reference reference, ReadReference());
    Expression expression{.kind = Expression::Kind::kReference};
    expression.reference = std::make_shared<const Reference>(std::move(reference));
    return expression;
  }
  if (Take("[")) return ListOrRange();
  if (Take("{")) return Map();
  return NumberOrWord();
}

Result<Expression> TemplateExpressions::ListOrRange() {
  Expression list{.kind = Expression::Kind::kList};
  Blanks();
  if (Take("]")) return list;
  TL_TRY(Expression first, Any());
  Blanks();
  list.operands.push_back(std::move(first));
  if (Take("..")) {
    list.kind = Expression::Kind::kRange;
    TL_TRY(Expression last, Any());
    list.operands.push_back(std::move(last));
    Blanks();
    if (!Take("]")) return Wrong("expected ']'");
    return list;
  }
  if (Take("]")) return list;
  if (!Take(",")) return Wrong("expected ',' or ']'");
  TL_TRY(std::vector<Expression> rest, List("]"));
  for (Expression& one : rest) list.operands.push_back(std::move(one));
  return list;
}

Result<Expression> TemplateExpressions::Map() {
  Expression map{.kind = Expression::Kind::kMap};
  Blanks();
  if (Take("}")) return map;
  for (;;) {
    TL_TRY(Expression key, Any());
    Blanks();
    if (!Take(":")) return Wrong("expected ':' in a map");
    TL_TRY(Expression value, Any());
    map.operands.push_back(std::move(key));
    map.operands.push_back(std::move(value));
    Blanks();
    if (Take("}")) return map;
    if (!Take(",")) return Wrong("expected ',' or '}}' in a map");
  }
}

Result<Expression> TemplateExpressions::NumberOrWord() {
  const std::size_t first = at();
  if (Peek() == '-') Skip(1);
  while (std::isdigit(static_cast<unsigned char>(Peek())) != 0) Skip(1);
  if (Peek() == '.' && std::isdigit(static_cast<unsigned char>(Peek(1))) != 0) {
    Skip(1);
    while (std::isdigit(static_cast<unsigned char>(Peek())) != 0) Skip(1);
  }
  const std::string number(Since(first));
  if (!number.empty() && number != "-") return Literal(json::Number{number});
  const std::string word = Name();
  if (word == "true" || word == "false") return Literal(word == "true");
  if (word == "null") return Literal(nullptr);
  GoTo(first);
  return Wrong("expected a value");
}

// In double quotes references are replaced, in single ones nothing is. A quote is written twice.
Result<Expression> TemplateExpressions::Quoted() {
  const char quote = TakeOne();
  std::string text;
  for (;;) {
    if (AtEnd()) return Wrong("expected the end of a text");
    const char c = TakeOne();
    if (c == quote && Peek() != quote) break;
    if (c == quote) Skip(1);
    text += c;
  }
  if (quote == '\'' || text.find_first_of("$#") == std::string::npos)
    return Literal(json::Value(std::move(text)));
  TL_TRY(Nodes parts, ParseQuoted(text, depth_));
  Expression expression{.kind = Expression::Kind::kText};
  expression.parts = std::make_shared<const Nodes>(std::move(parts));
  return expression;
}

}  // namespace trunkline::cloud::execute_api
