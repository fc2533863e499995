// Rules about the answers of functions: whether they are there when they are read.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kFunction = "InvokeLambdaFunction";

bool IsAsynchronous(const Action& action) {
  return action.parameters.GetString("InvocationType") == "ASYNCHRONOUS";
}

bool Answers(const Action& action) {
  return action.Is(kFunction) && !IsAsynchronous(action);
}

// Nothing for a comparison: there, a missing value takes the branch for no match.
const Piece* ExternalIn(const LintText& text) {
  if (text.action->Is("Compare")) return nullptr;
  for (const Piece& piece : text.pieces) {
    if (piece.path && piece.path->Root() == "External") return &piece;
  }
  return nullptr;
}

}  // namespace

namespace {

enum Answer : Paths::State { kNoCall, kAnswered, kFailed };

Paths AnswerPaths(const LintContext& context) {
  return {context, 3, kNoCall,
          [](Paths::State state, const Action& action, const GraphEdge& edge) -> Paths::State {
            if (!Answers(action)) return state;
            if (edge.kind != EdgeKind::kError) return kAnswered;
            return state == kNoCall ? Paths::State{kFailed} : state;
          }};
}

}  // namespace

// Only where other paths have an answer: ExternalBeforeFunction speaks about the rest. Behind the
// error branch of a function there is none. A path without any call may find what a flow before
// this one has left (not documented), which a module never sees: one note is enough for it.
void AnswerMissing(LintContext& context) {
  if (std::ranges::none_of(context.Actions(), [](const Action* one) { return Answers(*one); }))
    return;
  const Paths paths = AnswerPaths(context);
  const Action* told = nullptr;
  bool noted = false;
  for (const LintText& text : context.texts) {
    const std::size_t at = context.IndexOf(*text.action);
    const Piece* reads = ExternalIn(text);
    if (reads == nullptr || text.action == told || context.fillers[at] == kFilledByNobody) continue;
    const bool failed = paths.Reaches(at, kFailed);
    const bool certain = failed || context.document.is_module;
    if (!failed && ((noted && !certain) || !paths.Reaches(at, kNoCall))) continue;
    told = text.action;
    noted = noted || !certain;
    const auto report = certain ? &LintContext::Report : &LintContext::ReportNote;
    (context.*report)(
        fmt::format("action '{}' reads '{}', but a path gets there without an answer: {}",
                    text.action->id, reads->text, paths.Way(at, failed ? kFailed : kNoCall)),
        text.offset,
        certain ? "the caller hears nothing there, or the action takes its error branch"
                : "a flow before this one must have called for it");
  }
}

void ResultBeforeWait(LintContext& context) {
  enum : Paths::State { kNothing, kRunning, kWaited };
  if (std::ranges::none_of(context.Actions(),
                           [](const Action* action) { return IsAsynchronous(*action); }))
    return;
  const Paths paths(context, 3, kNothing,
                    [](Paths::State state, const Action& action, const GraphEdge&) -> Paths::State {
                      if (action.Is(kFunction) && IsAsynchronous(action)) return kRunning;
                      if (state == kRunning && action.Is("Wait")) return kWaited;
                      return state;
                    });
  for (const LintText& text : context.texts) {
    const std::size_t at = context.IndexOf(*text.action);
    if (!paths.Reaches(at, kRunning)) continue;
    for (const Piece& piece : text.pieces) {
      if (!piece.path || piece.path->Root() != "LambdaInvocation" ||
          piece.path->Key() != "ResultData")
        continue;
      context.Report(fmt::format("action '{}' reads '{}' while the function may still run: {}",
                                 text.action->id, piece.text, paths.Way(at, kRunning)),
                     text.offset, "put a Wait between the call and the use of its result");
    }
  }
}

void UnqualifiedFunction(LintContext& context) {
  for (const LintText& text : context.texts) {
    if (text.position == nullptr || text.position->reference != ResourceKind::kLambda) continue;
    const auto parts = std::ranges::count(text.text, ':');
    constexpr auto kPartsOfName = 6;  // arn:aws:lambda:<region>:<account>:function:<name>
    const bool latest = text.text.ends_with(":$LATEST");
    if (!text.text.starts_with("arn:") || (parts != kPartsOfName && !latest)) continue;
    context.Report(fmt::format("action '{}' calls whatever code of the function was saved last",
                               text.action->id),
                   text.offset, "name an alias or a version: '...:function:<name>:<alias>'");
  }
}

void LongSilence(LintContext& context) {
  constexpr std::int64_t kLong = 10;   // seconds that callers take for a dead line
  constexpr std::int64_t kLimit = 20;  // beyond it FunctionsInARow speaks
  const std::vector<std::int64_t> silence = SilenceBefore(context);
  for (const Action* action : context.Actions()) {
    const std::int64_t before = silence[context.IndexOf(*action)];
    const std::int64_t after = before + SilenceDuring(*action);
    if (after == before || before > kLong || after <= kLong || after > kLimit) continue;
    context.Report(
        fmt::format("callers may hear nothing for {} seconds up to action '{}'", after, action->id),
        action->offset, "say that it takes a moment");
    return;  // the others are mostly behind it
  }
}

}  // namespace trunkline::flow::lint
