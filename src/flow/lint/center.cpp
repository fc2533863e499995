// Rules that need more of a contact center than its flows.
#include <algorithm>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "flow/lint/context.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"
#include "flow/lint_center.h"

namespace trunkline::flow {

void CenterLint::Start(const LintRule& rule, LintLevel level) {
  rule_ = &rule;
  level_ = level;
}

void CenterLint::Report(const WrittenVariable& at, std::string message, std::string hint) {
  findings_.push_back({.severity = SeverityOf(level_),
                       .code = std::string(rule_->code),
                       .message = std::move(message),
                       .hint = std::move(hint),
                       .place = at.place,
                       .source_line = at.source_line});
}

namespace lint {
namespace {

// The name in "${lambda:name}"; empty when the text is anything else.
std::string SymbolIn(std::string_view text, ResourceKind kind) {
  const std::vector<SymbolPiece> pieces = ScanSymbols(text);
  const bool one = pieces.size() == 1 && pieces[0].is_symbol && pieces[0].kind == kind;
  return one ? pieces[0].name : std::string();
}

std::string NameOf(const Document& document) {
  if (!document.name.empty()) return document.name;
  std::string name = FileName(document.file);
  if (name.ends_with(".json")) name.resize(name.size() - std::string_view(".json").size());
  return name;
}

std::string Near(std::string_view found, const std::vector<std::string>& names,
                 std::string_view otherwise) {
  const std::optional<std::string> nearest = Nearest(found, names);
  return nearest ? fmt::format("did you mean '{}'?", *nearest)
                 : fmt::format("{} {}", otherwise, Join(names, ", "));
}

}  // namespace

void RegionBound(LintContext& context) {
  const CenterFacts* center = context.options.center;
  if (center == nullptr || center->regions.size() < 2) return;
  for (const LintText& text : context.texts) {
    const std::optional<Arn> arn = ParseArn(text.text);
    const bool calls =
        arn && (arn->kind == ResourceKind::kLambda || arn->kind == ResourceKind::kBot);
    if (!calls || !text.pieces.empty()) continue;
    std::vector<std::string> others;
    for (const std::string& region : center->regions) {
      if (region != arn->region) others.push_back(region);
    }
    context.Report(fmt::format("action '{}' calls a {} in Region {}, also from {}", text.action->id,
                               ToText(arn->kind), arn->region, Join(others, ", ")),
                   text.offset,
                   fmt::format("write a symbol: '{}', or '$.AwsRegion' in place of the Region",
                               WriteSymbol(arn->kind, "<name>")));
  }
}

void UnknownIntent(LintContext& context) {
  const CenterFacts* center = context.options.center;
  if (center == nullptr) return;
  for (const Action* action : context.Actions()) {
    if (!action->Is("ConnectParticipantWithLexBot")) continue;
    const std::string bot = SymbolIn(action->parameters.GetObject("LexV2Bot").GetString("AliasArn"),
                                     ResourceKind::kBot);
    const auto intents = center->intents.find(bot);
    if (intents == center->intents.end()) continue;
    for (const ConditionBranch& branch : action->conditions) {
      if (branch.operands.size() != 1 || HasReference(branch.operands[0]) ||
          intents->second.contains(branch.operands[0]))
        continue;
      context.Report(
          fmt::format("action '{}' waits for the intent '{}', which bot '{}' does not have",
                      action->id, branch.operands[0], bot),
          branch.offset,
          Near(branch.operands[0], {intents->second.begin(), intents->second.end()}, "it has"));
    }
  }
}

namespace {

bool AnswersNow(const Action& action) {
  return action.Is("InvokeLambdaFunction") &&
         action.parameters.GetString("InvocationType") != "ASYNCHRONOUS";
}

// The actions at which the answer of the function may be the last one, by index.
std::vector<bool> WhereItsAnswerIs(const LintContext& context, std::size_t function) {
  std::vector<bool> seen(context.graph.size(), false);
  std::vector<std::size_t> open;
  const auto follow = [&](std::size_t at, bool success_only) {
    for (const GraphEdge& edge : context.graph.Edges(at)) {
      if (success_only && edge.kind != EdgeKind::kNext) continue;
      if (!seen[edge.target]) open.push_back(edge.target);
      seen[edge.target] = true;
    }
  };
  follow(function, true);
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (!AnswersNow(context.document.actions[at])) follow(at, false);
  }
  return seen;
}

}  // namespace

void AnswerUndeclared(LintContext& context) {
  const CenterFacts* center = context.options.center;
  if (center == nullptr || center->answers.empty()) return;
  std::set<std::uint32_t> told;
  for (const Action* function : context.Actions()) {
    const auto answers = center->answers.find(
        SymbolIn(function->parameters.GetString("LambdaFunctionARN"), ResourceKind::kLambda));
    if (!AnswersNow(*function) || answers == center->answers.end()) continue;
    const std::vector<bool> there = WhereItsAnswerIs(context, context.IndexOf(*function));
    for (const LintText& text : context.texts) {
      if (!there[context.IndexOf(*text.action)]) continue;
      for (const Piece& piece : text.pieces) {
        if (!piece.path || piece.path->Root() != "External" || piece.path->Key().empty()) continue;
        const std::string key(piece.path->Key());
        const std::vector<std::string>& keys = answers->second;
        if (std::ranges::find(keys, key) != keys.end() || !told.insert(text.offset).second)
          continue;
        context.Report(fmt::format("action '{}' reads '{}', which function '{}' does not answer "
                                   "with (action '{}')",
                                   text.action->id, piece.text, answers->first, function->id),
                       text.offset, Near(key, keys, "its function.json declares"));
      }
    }
  }
}

void FlowWithoutTest(LintContext& context) {
  const CenterFacts* center = context.options.center;
  if (center == nullptr || !center->has_tests || !center->knows_tests ||
      context.document.type != "CONTACT_FLOW" || context.graph.start() == kNoAction)
    return;
  const std::string name = NameOf(context.document);
  if (!center->flows.contains(name) || center->tests.contains(name)) return;
  context.Report(fmt::format("no test case of the center gets to flow '{}'", name),
                 context.document.actions[context.graph.start()].offset,
                 "add one to amzconnect-contact-flows/tests");
}

// By chance, or by the time of day.
void ChanceInTest(LintContext& context) {
  const CenterFacts* center = context.options.center;
  if (center == nullptr) return;
  const auto uses = center->tests.find(NameOf(context.document));
  if (uses == center->tests.end()) return;
  for (const Action* action : context.Actions()) {
    const bool draws = action->Is("DistributeByPercentage");
    if (!draws && !action->Is("CheckHoursOfOperation")) continue;
    const auto test = std::ranges::find_if(
        uses->second, [&](const TestUse& use) { return !use.overrides.contains(action->type); });
    if (test == uses->second.end()) continue;
    context.Report(
        fmt::format("what action '{}' does is {} when test '{}' gets there on the "
                    "service",
                    action->id, draws ? "chance" : "a matter of the time of day", test->name),
        action->offset, "answer for it with OverrideSystemBehavior");
  }
}

void NameWithoutPrefix(LintContext& context) {
  const CenterFacts* center = context.options.center;
  if (center == nullptr || center->app.empty() || context.graph.start() == kNoAction) return;
  const std::string name = NameOf(context.document);
  if (!center->flows.contains(name) || ToLower(name).starts_with(ToLower(center->app))) return;
  context.Report(fmt::format("the name of {} '{}' does not begin with '{}'",
                             context.document.is_module ? "module" : "flow", name, center->app),
                 context.document.actions[context.graph.start()].offset,
                 fmt::format("call it '{}_{}'", center->app, name));
}

namespace {

bool IsPlaceholder(std::string_view value) {
  constexpr std::string_view kWords[] = {"changeme", "change_me", "change-me", "secret",
                                         "password", "xxx",       "todo"};
  return std::ranges::any_of(kWords,
                             [&](std::string_view word) { return EqualsIgnoreCase(value, word); });
}

// By its last word: DB_PASSWORD, and not DB_PASSWORD_ARN or TOKEN_SECONDS.
bool IsSecretName(std::string_view name) {
  constexpr std::string_view kWords[] = {"password", "passwd", "secret",
                                         "token",    "pin",    "passcode"};
  const std::vector<std::string> words = Words(name);
  if (words.empty()) return false;
  const bool key = words.size() >= 2 && words.back() == "key" &&
                   (words[words.size() - 2] == "api" || words[words.size() - 2] == "access");
  return key || std::ranges::find(kWords, words.back()) != std::end(kWords);
}

}  // namespace

void InitialSecret(CenterLint& center) {
  for (const WrittenVariable& variable : center.facts.variables) {
    const bool fetched = variable.value.empty() || MayHoldSymbols(variable.value) ||
                         variable.value.find("{{resolve:") != std::string::npos ||
                         variable.value.starts_with("arn:");
    if (fetched || (!IsSecretName(variable.name) && !IsPlaceholder(variable.value))) continue;
    center.Report(variable,
                  fmt::format("the environment variable '{}' of function '{}' is written out, for "
                              "every reader of the repository",
                              variable.name, variable.function),
                  "keep it in a secret store, and give the function its name");
  }
}

}  // namespace lint
}  // namespace trunkline::flow
