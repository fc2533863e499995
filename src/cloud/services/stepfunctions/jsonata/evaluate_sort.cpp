#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/sorting.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

// Below, at or above 0; what is undefined comes last.
Outcome<int> Compare(const Value& a, const Value& b, std::uint32_t position) {
  if (a.IsUndefined() || b.IsUndefined()) {
    return static_cast<int>(a.IsUndefined()) - static_cast<int>(b.IsUndefined());
  }
  const auto sortable = [](const Value& value) { return value.IsText() || value.IsNumber(); };
  if (!sortable(a) || !sortable(b)) {
    return Failure("T2008").At(position).With("value", Show(sortable(a) ? b : a));
  }
  if (a.kind() != b.kind()) {
    return Failure("T2007").At(position).With("value", Show(a)).With("value2", Show(b));
  }
  if (a.IsText()) return CompareUtf16(a.AsText(), b.AsText());
  return a.AsNumber() == b.AsNumber() ? 0 : a.AsNumber() < b.AsNumber() ? -1 : 1;
}

}  // namespace

Outcome<Value> Evaluator::EvaluateSort(const Node& node, const Value& input,
                                       const Ref<Frame>& frame) {
  struct ByTerms final : Comparison {
    ByTerms(Evaluator& e, const Node& n, const Ref<Frame>& f, bool t)
        : evaluator(e), sort(n), frame(f), tuples(t) {}
    Outcome<bool> IsAfter(const Value& a, const Value& b) override {
      return evaluator.IsAfter(sort, a, b, tuples, frame);
    }
    Evaluator& evaluator;
    const Node& sort;
    const Ref<Frame>& frame;
    bool tuples;
  };
  if (input.size() <= 1) return input;
  ByTerms by_terms(*this, node, frame, input.IsTuples());
  TL_TRY(std::vector<Value> sorted, MergeSort(input.Items(), by_terms));
  return MakeArray(std::move(sorted), input.IsTuples() ? kTuples : kPlain);
}

Outcome<bool> Evaluator::IsAfter(const Node& node, const Value& a, const Value& b, bool tuples,
                                 const Ref<Frame>& frame) {
  const auto key_of = [&](const Node& expression, const Value& item) {
    if (!tuples) return Evaluate(expression, item, frame);
    return Evaluate(expression, item.Find("@"), FrameOfTuple(frame, item));
  };
  for (const SortTerm& term : node.terms) {
    TL_TRY(const Value first, key_of(*term.expression, a));
    TL_TRY(const Value second, key_of(*term.expression, b));
    TL_TRY(const int order, Compare(first, second, node.position));
    if (order == 0) continue;
    // What is undefined is last in both directions.
    const bool defined = !first.IsUndefined() && !second.IsUndefined();
    return term.descending && defined ? order < 0 : order > 0;
  }
  return false;
}

}  // namespace trunkline::cloud::jsonata
