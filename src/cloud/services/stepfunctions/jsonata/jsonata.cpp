#include "cloud/services/stepfunctions/jsonata/jsonata.h"

#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/parser.h"
#include "cloud/services/stepfunctions/jsonata/resolve.h"

namespace trunkline::cloud::jsonata {
namespace {

Outcome<NodePtr> ParseAndResolve(std::string_view text) {
  TL_TRY(NodePtr parsed, ParseNodes(text));
  return Resolve(std::move(parsed));
}

Outcome<std::optional<json::Value>> Run(Evaluator& evaluator, const Node& root, bool* function) {
  TL_TRY(const Value value, evaluator.Run(root));
  if (function) *function = value.IsFunction();
  if (value.IsUndefined() || value.IsFunction()) return std::optional<json::Value>();
  std::uint64_t steps = kMaxResultParts;
  TL_TRY(json::Value result, ToJson(value, steps));
  return std::optional<json::Value>(std::move(result));
}

}  // namespace

Result<Expression> Parse(std::string_view text) {
  Outcome<NodePtr> parsed = ParseAndResolve(text);
  if (!parsed) return parsed.error().ToError(text);
  NodePtr root = std::move(parsed).value();
  root->source = text;
  return Expression(std::shared_ptr<const Node>(std::move(root)));
}

Result<std::optional<json::Value>> Evaluate(const Expression& expression, const json::Value& input,
                                            const Bindings& bindings, World world) {
  Evaluator evaluator(input, bindings, world);
  Outcome<std::optional<json::Value>> result = Run(evaluator, expression.root(), world.function);
  if (!result) return result.error().ToError(expression.root().source);
  return std::move(result).value();
}

}  // namespace trunkline::cloud::jsonata
