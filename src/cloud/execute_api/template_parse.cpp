#include "cloud/execute_api/template_parse.h"

#include "cloud/execute_api/template_expressions.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::size_t kLongestTemplate = 300U << 10U;

class Parser : public TemplateExpressions {
 public:
  explicit Parser(std::string_view text, int depth = 0) : TemplateExpressions(text, depth) {}

  Result<Nodes> Whole() {
    TL_TRY(Nodes nodes, Block());
    if (!AtEnd()) return Wrong("'#end' without a beginning");
    return nodes;
  }

 private:
  static void Flush(std::string& text, Nodes& nodes) {
    if (!text.empty()) nodes.push_back(Node{.kind = Node::Kind::kText, .text = text});
    text.clear();
  }

  // Until a directive that ends or continues a block, or the end.
  Result<Nodes> Block() {
    TL_DO(Enter("directives"));
    Nodes nodes;
    std::string text;
    while (!AtEnd()) {
      if (Comment()) continue;
      const bool escaped = Peek() == '\\' && (Peek(1) == '$' || Peek(1) == '#');
      if (escaped) Skip(1);
      const std::string_view directive = escaped ? std::string_view() : Directive();
      if (directive == "end" || directive == "else" || directive == "elseif") break;
      if (!directive.empty()) {
        Flush(text, nodes);
        TL_TRY(Node node, Statement(directive));
        nodes.push_back(std::move(node));
      } else if (!escaped && StartsReference()) {
        Flush(text, nodes);
        TL_TRY(Reference reference, ReadReference());
        nodes.push_back(Node{.kind = Node::Kind::kReference,
                             .reference = std::make_shared<const Reference>(std::move(reference))});
      } else {
        text += TakeOne();
      }
    }
    Flush(text, nodes);
    Leave();
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
};

}  // namespace

Result<Nodes> ParseQuoted(std::string_view text, int depth) {
  return Parser(text, depth).Whole();
}

Result<Nodes> ParseTemplate(std::string_view text) {
  if (text.size() > kLongestTemplate)
    return Error(ErrorKind::kInvalid, "expected a template of at most {} bytes", kLongestTemplate);
  return Parser(text).Whole();
}

}  // namespace trunkline::cloud::execute_api
