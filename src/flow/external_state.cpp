#include "flow/external_state.h"

#include "flow/symbols.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kLambda = "InvokeLambdaFunction";
constexpr std::string_view kArnParameter = "LambdaFunctionARN";

bool Answers(const Action& action) {
  return action.Is(kLambda) && action.parameters.GetString("InvocationType") != "ASYNCHRONOUS";
}

}  // namespace

bool InvokesMapping(const Action& action, std::string_view mapping_arn) {
  if (!Answers(action)) return false;
  const std::string_view arn = action.parameters.GetString(kArnParameter);
  if (!mapping_arn.empty() && arn == mapping_arn) return true;
  const std::vector<SymbolPiece> pieces = ScanSymbols(arn);
  return pieces.size() == 1 && pieces[0].kind == ResourceKind::kLambda &&
         pieces[0].name == kMappingName;
}

std::vector<Fillers> FindFillers(const Document& document, std::string_view mapping_arn) {
  return FindFillers(document, Graph(document), mapping_arn);
}

std::vector<Fillers> FindFillers(const Document& document, const Graph& graph,
                                 std::string_view mapping_arn) {
  std::vector<Fillers> before(document.actions.size(), 0);
  if (graph.start() == kNoAction) return before;
  std::vector<std::size_t> open{graph.start()};
  before[graph.start()] = kFilledByNobody;
  // Bits are only ever added, so this ends.
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    const Action& action = document.actions[at];
    Fillers after = before[at];
    if (InvokesMapping(action, mapping_arn)) {
      after = kFilledByMapping;
    } else if (Answers(action)) {
      after = kFilledByOther;
    }
    for (const std::size_t target : graph.Next(at)) {
      const auto joined = static_cast<Fillers>(before[target] | after);
      if (joined == before[target]) continue;
      before[target] = joined;
      open.push_back(target);
    }
  }
  return before;
}

}  // namespace trunkline::flow
