// Rules about names, sizes and values that are worth a second look.
#include <algorithm>
#include <cctype>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

bool IsPlainName(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
  });
}

constexpr std::string_view kEndpoint[] = {"Address", "Type", "DisplayName"};
constexpr std::string_view kQueue[] = {"Name", "ARN", "OutboundCallerId"};
constexpr std::string_view kAgent[] = {"UserName", "FirstName", "LastName", "ARN"};
constexpr std::string_view kMetrics[] = {"Queue", "Agents", "Contact"};
constexpr std::string_view kViews[] = {"Action", "ViewResultData"};
constexpr std::string_view kModules[] = {"Input", "Result", "ResultData"};
constexpr std::string_view kTask[] = {"ContactId"};
constexpr std::string_view kWisdom[] = {"SessionArn"};
constexpr std::pair<std::string_view, std::span<const std::string_view>> kLeaves[] = {
    {"CustomerEndpoint", kEndpoint},
    {"SystemEndpoint", kEndpoint},
    {"Queue", kQueue},
    {"Agent", kAgent},
    {"Metrics", kMetrics},
    {"Views", kViews},
    {"Modules", kModules},
    {"Task", kTask},
    {"Wisdom", kWisdom}};

// The names that exist below a root; empty where any may.
std::span<const std::string_view> LeavesOf(std::string_view root) {
  const auto* const found = std::ranges::find(
      kLeaves, root, &std::pair<std::string_view, std::span<const std::string_view>>::first);
  return found == std::end(kLeaves) ? std::span<const std::string_view>() : found->second;
}

}  // namespace

void UnknownLeaf(LintContext& context) {
  for (const LintText& text : context.texts) {
    for (const Piece& piece : text.pieces) {
      if (!piece.path || piece.path->Key().empty()) continue;
      const std::span<const std::string_view> leaves = LeavesOf(piece.path->Root());
      if (leaves.empty() || std::ranges::find(leaves, piece.path->Key()) != leaves.end()) continue;
      const std::vector<std::string> names(leaves.begin(), leaves.end());
      const std::optional<std::string> nearest = Nearest(piece.path->Key(), names);
      context.Report(
          fmt::format("action '{}' reads '{}', but '{}' has no '{}'", text.action->id, piece.text,
                      piece.path->Root(), piece.path->Key()),
          text.offset,
          nearest ? fmt::format("did you mean '{}'?", *nearest) : "it has " + Join(names, ", "));
    }
  }
}

void CompareWithNothing(LintContext& context) {
  constexpr std::string_view kNothing[] = {"null", "undefined"};  // as programs write them
  for (const Action* action : context.Actions()) {
    if (!action->Is("Compare")) continue;
    for (const ConditionBranch& branch : action->conditions) {
      if (branch.operands.size() != 1 || branch.operands[0].empty()) continue;
      const std::string_view operand = Trim(branch.operands[0]);
      if (!operand.empty() && std::ranges::find(kNothing, operand) == std::end(kNothing)) continue;
      context.Report(
          fmt::format("action '{}' compares with '{}', which a missing value does not equal",
                      action->id, branch.operands[0]),
          branch.offset, "a missing value takes the branch for no match");
    }
  }
}

void ReservedTag(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (!action->Is("TagContact")) continue;
    for (const json::Member& member : action->parameters.GetObject("Tags")) {
      if (!ToLower(member.key).starts_with("aws:")) continue;
      context.Report(fmt::format("action '{}' sets the tag '{}', whose prefix belongs to AWS",
                                 action->id, member.key),
                     member.key_offset, "the action takes its error branch every time");
    }
  }
}

void AttributeName(LintContext& context) {
  for (const Action* action : context.Actions()) {
    const bool flow = action->Is("UpdateFlowAttributes");
    if (!flow && !action->Is("UpdateContactAttributes")) continue;
    for (const json::Member& member :
         action->parameters.GetObject(flow ? "FlowAttributes" : "Attributes")) {
      if (IsPlainName(member.key) || HasReference(member.key)) continue;
      context.Report(fmt::format("the attribute '{}' of action '{}' has other characters than "
                                 "letters, digits, '_' and '-'",
                                 member.key, action->id),
                     member.key_offset, "reports and the API cannot name it");
    }
  }
}

// The budget for testing is ours; the limits of the service are its own, and from 80 % on the next
// change may be the one that does not fit.
void LargeFlow(LintContext& context) {
  constexpr std::size_t kActions = 100;
  constexpr std::size_t kWays = 40;
  constexpr std::size_t kContent = 256000;  // characters the service takes
  constexpr std::size_t kPercent = 80;
  if (context.graph.start() == kNoAction) return;
  const std::uint32_t start = context.document.actions[context.graph.start()].offset;
  std::size_t edges = 0;
  for (const Action* action : context.Actions())
    edges += context.graph.Next(context.IndexOf(*action)).size();
  const std::size_t actions = context.Actions().size();
  const std::size_t ways = edges >= actions ? edges - actions + 2 : 1;
  if (actions > kActions || ways > kWays) {
    context.Report(
        fmt::format("the flow has {} actions and {} independent ways through it", actions, ways),
        start,
        fmt::format("up to {} actions and {} ways can be tested: move parts into modules", kActions,
                    kWays));
  }
  if (ContentText(context.document).size() * 100 < kContent * kPercent) return;
  const std::size_t size = WriteContent(context.document).size();
  if (size > kContent || size * 100 < kContent * kPercent) return;
  context.Report(fmt::format("the flow has {} of the {} characters that fit", size, kContent),
                 start, "move a part into a module or another flow");
}

}  // namespace trunkline::flow::lint
