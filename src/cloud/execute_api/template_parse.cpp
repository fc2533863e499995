#include "cloud/execute_api/template_parse.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::size_t kLongestTemplate = 300U << 10U;
constexpr int kDeepest = 50;

bool IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool IsNameCharacter(char c) {
  return IsLetter(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-';
}

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

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Nodes> Whole() {
    TL_TRY(Nodes nodes, Block());
    if (at_ < text_.size()) return Wrong("'#end' without a beginning");
    return nodes;
  }

 private:
  template <class... Args>
  Error Wrong(fmt::format_string<Args...> text, Args&&... args) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<long>(at_), '\n');
    return Error(ErrorKind::kInvalid, "{}, in line {}",
                 fmt::format(text, std::forward<Args>(args)...), line);
  }

  // ---- characters

  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool Follows(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool Take(std::string_view what) {
    if (!Follows(what)) return false;
    at_ += what.size();
    return true;
  }
  void Blanks() {
    while (std::isspace(static_cast<unsigned char>(Peek())) != 0) ++at_;
  }
  std::string Name() {
    const std::size_t first = at_;
    while (IsNameCharacter(Peek())) ++at_;
    return std::string(text_.substr(first, at_ - first));
  }
  // Velocity takes the rest of a directive's line when nothing else is on it.
  void RestOfLine() {
    std::size_t end = at_;
    while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t')) ++end;
    if (end < text_.size() && text_[end] == '\r') ++end;
    if (end < text_.size() && text_[end] == '\n') at_ = end + 1;
  }

  // ---- text and directives

  bool StartsReference() const {
    if (Peek() != '$') return false;
    std::size_t ahead = 1;
    if (Peek(ahead) == '!') ++ahead;
    if (Peek(ahead) == '{') ++ahead;
    return IsLetter(Peek(ahead));
  }

  // "#if" and "#{if}".
  std::string_view Directive() const {
    constexpr std::array<std::string_view, 12> kNames = {"elseif", "else",     "end",    "set",
                                                         "if",     "foreach",  "break",  "stop",
                                                         "macro",  "evaluate", "define", "include"};
    std::string_view rest = text_.substr(at_);
    if (!rest.starts_with('#')) return {};
    rest.remove_prefix(1);
    if (rest.starts_with('{')) rest.remove_prefix(1);
    for (const std::string_view name : kNames) {
      if (rest.starts_with(name) &&
          (rest.size() == name.size() || !IsNameCharacter(rest[name.size()])))
        return name;
    }
    return rest.starts_with("parse(") ? std::string_view("parse") : std::string_view();
  }
  void TakeDirective(std::string_view name) {
    const bool braces = Peek(1) == '{';
    at_ += name.size() + (braces ? 3 : 1);
  }

  bool Comment() {
    if (Take("##")) {
      while (at_ < text_.size() && Peek() != '\n') ++at_;
      if (Peek() == '\n') ++at_;
      return true;
    }
    if (!Take("#*")) return false;
    const std::size_t end = text_.find("*#", at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
    return true;
  }

  // Until a directive that ends or continues a block, or the end.
  Result<Nodes> Block() {
    if (++depth_ > kDeepest) return Wrong("expected at most {} levels of directives", kDeepest);
    Nodes nodes;
    std::string text;
    const auto flush = [&] {
      if (!text.empty()) nodes.push_back(Node{.kind = Node::Kind::kText, .text = text});
      text.clear();
    };
    while (at_ < text_.size()) {
      if (Comment()) continue;
      const bool escaped = Peek() == '\\' && (Peek(1) == '$' || Peek(1) == '#');
      if (escaped) ++at_;
      const std::string_view directive = escaped ? std::string_view() : Directive();
      if (directive == "end" || directive == "else" || directive == "elseif") break;
      if (!directive.empty()) {
        flush();
        TL_TRY(Node node, Statement(directive));
        nodes.push_back(std::move(node));
      } else if (!escaped && StartsReference()) {
        flush();
        TL_TRY(Reference reference, ReadReference());
        nodes.push_back(Node{.kind = Node::Kind::kReference,
                             .reference = std::make_shared<const Reference>(std::move(reference))});
      } else {
        text += text_[at_++];
      }
    }
    flush();
    --depth_;
    return nodes;
  }

  Result<Node> Statement(std::string_view directive) {
    TakeDirective(directive);
    Node node;
    if (directive == "set") return Set();
    if (directive == "if") return If();
    if (directive == "foreach") return Foreach();
    if (directive != "break" && directive != "stop")
      return Wrong("'#{}' is not implemented by this cloud", directive);
    node.kind = directive == "break" ? Node::Kind::kBreak : Node::Kind::kStop;
    RestOfLine();
    return node;
  }

  Result<Node> Set() {
    Node node{.kind = Node::Kind::kSet};
    Blanks();
    if (!Take("(")) return Wrong("expected '(' behind '#set'");
    Blanks();
    if (!StartsReference()) return Wrong("expected a reference in '#set'");
    TL_TRY(Reference reference, ReadReference());
    node.reference = std::make_shared<const Reference>(std::move(reference));
    Blanks();
    if (!Take("=")) return Wrong("expected '=' in '#set'");
    TL_TRY(Expression value, Any());
    node.expressions.push_back(std::move(value));
    TL_DO(Close());
    return node;
  }

  Result<void> Close() {
    Blanks();
    if (!Take(")")) return Wrong("expected ')'");
    RestOfLine();
    return {};
  }

  Result<Branch> ReadBranch(bool conditional) {
    Branch branch;
    if (conditional) {
      Blanks();
      if (!Take("(")) return Wrong("expected '(' behind '#if'");
      TL_TRY(Expression condition, Any());
      branch.condition.push_back(std::move(condition));
      TL_DO(Close());
    }
    TL_TRY(branch.body, Block());
    return branch;
  }

  Result<Node> If() {
    Node node{.kind = Node::Kind::kIf};
    TL_TRY(Branch first, ReadBranch(true));
    node.branches.push_back(std::move(first));
    for (;;) {
      const std::string_view directive = Directive();
      if (directive.empty()) return Wrong("expected '#end' of an '#if'");
      TakeDirective(directive);
      if (directive == "end") break;
      if (directive == "else") RestOfLine();
      TL_TRY(Branch next, ReadBranch(directive == "elseif"));
      node.branches.push_back(std::move(next));
    }
    RestOfLine();
    return node;
  }

  Result<Node> Foreach() {
    Node node{.kind = Node::Kind::kForeach};
    Blanks();
    if (!Take("(")) return Wrong("expected '(' behind '#foreach'");
    Blanks();
    if (!StartsReference()) return Wrong("expected a reference in '#foreach'");
    TL_TRY(const Reference variable, ReadReference());
    node.text = variable.name;
    Blanks();
    if (!Take("in")) return Wrong("expected 'in' in '#foreach'");
    TL_TRY(Expression list, Any());
    node.expressions.push_back(std::move(list));
    TL_DO(Close());
    TL_TRY(Branch body, ReadBranch(false));
    node.branches.push_back(std::move(body));
    if (Directive() != "end") return Wrong("expected '#end' of a '#foreach'");
    TakeDirective("end");
    RestOfLine();
    return node;
  }

  // ---- references

  Result<Reference> ReadReference() {
    const std::size_t first = at_;
    Reference reference;
    ++at_;
    reference.quiet = Take("!");
    const bool braces = Take("{");
    reference.name = Name();
    for (;;) {
      if (Peek() == '.' && IsLetter(Peek(1))) {
        ++at_;
        TL_TRY(Step step, Member());
        reference.steps.push_back(std::move(step));
      } else if (Peek() == '[') {
        ++at_;
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
    reference.text = text_.substr(first, at_ - first);
    return reference;
  }

  Result<Step> Member() {
    Step step{.kind = Step::Kind::kProperty, .name = Name(), .arguments = {}};
    if (!Take("(")) return step;
    step.kind = Step::Kind::kMethod;
    TL_TRY(step.arguments, List(")"));
    return step;
  }

  // ---- expressions

  Result<std::vector<Expression>> List(std::string_view end) {
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

  Result<Expression> Any() {
    if (++depth_ > kDeepest) return Wrong("expected at most {} levels of expressions", kDeepest);
    Result<Expression> result = Binary(0);
    --depth_;
    return result;
  }

  std::string_view Operator(std::size_t level) {
    Blanks();
    for (const std::string_view op : kOperators.at(level)) {
      if (op.empty() || !Follows(op)) continue;
      const bool word = IsLetter(op.front());
      if (word && IsNameCharacter(Peek(op.size()))) continue;
      return op;
    }
    return {};
  }

  Result<Expression> Binary(std::size_t level) {
    if (level == kOperators.size()) return Unary();
    TL_TRY(Expression left, Binary(level + 1));
    for (std::string_view op = Operator(level); !op.empty(); op = Operator(level)) {
      at_ += op.size();
      TL_TRY(Expression right, Binary(level + 1));
      Expression both{.kind = Expression::Kind::kBinary};
      both.operation = Canonical(op);
      both.operands.push_back(std::move(left));
      both.operands.push_back(std::move(right));
      left = std::move(both);
    }
    return left;
  }

  Result<Expression> Unary() {
    Blanks();
    const bool word = Follows("not") && !IsNameCharacter(Peek(3));
    if (!word && !(Peek() == '!' && Peek(1) != '=')) return Primary();
    at_ += word ? 3 : 1;
    if (++depth_ > kDeepest) return Wrong("expected at most {} levels of expressions", kDeepest);
    TL_TRY(Expression inner, Unary());
    --depth_;
    Expression negated{.kind = Expression::Kind::kNot};
    negated.operands.push_back(std::move(inner));
    return negated;
  }

  static Expression Literal(json::Value value) {
    Expression literal;
    literal.literal = std::move(value);
    return literal;
  }

  Result<Expression> Primary() {
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

  Result<Expression> ListOrRange() {
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

  Result<Expression> Map() {
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

  Result<Expression> NumberOrWord() {
    const std::size_t first = at_;
    if (Peek() == '-') ++at_;
    while (std::isdigit(static_cast<unsigned char>(Peek())) != 0) ++at_;
    if (Peek() == '.' && std::isdigit(static_cast<unsigned char>(Peek(1))) != 0) {
      ++at_;
      while (std::isdigit(static_cast<unsigned char>(Peek())) != 0) ++at_;
    }
    const std::string number(text_.substr(first, at_ - first));
    if (!number.empty() && number != "-") return Literal(json::Number{number});
    const std::string word = Name();
    if (word == "true" || word == "false") return Literal(word == "true");
    if (word == "null") return Literal(nullptr);
    at_ = std::min(first, text_.size());
    return Wrong("expected a value");
  }

  // In double quotes references are replaced, in single ones nothing is. A quote is written twice.
  Result<Expression> Quoted() {
    const char quote = Peek();
    ++at_;
    std::string text;
    for (;;) {
      if (at_ >= text_.size()) return Wrong("expected the end of a text");
      const char c = text_[at_++];
      if (c == quote && Peek() != quote) break;
      if (c == quote) ++at_;
      text += c;
    }
    if (quote == '\'' || text.find_first_of("$#") == std::string::npos)
      return Literal(json::Value(std::move(text)));
    Parser inner(text);
    inner.depth_ = depth_;
    TL_TRY(Nodes parts, inner.Whole());
    Expression expression{.kind = Expression::Kind::kText};
    expression.parts = std::make_shared<const Nodes>(std::move(parts));
    return expression;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<Nodes> ParseTemplate(std::string_view text) {
  if (text.size() > kLongestTemplate)
    return Error(ErrorKind::kInvalid, "expected a template of at most {} bytes", kLongestTemplate);
  return Parser(text).Whole();
}

}  // namespace trunkline::cloud::execute_api
