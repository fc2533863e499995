#include "base/json_write.h"
#include "base/text.h"
#include "cli/fail.h"
#include "cli/flow_lint_rules.h"
#include "cli/list.h"
#include "flow/explain.h"
#include "sim/offline.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--markdown", .value = "", .help = "print Markdown, for documents and reviews"},
};

void PrintList(World& world, const Arguments& arguments) {
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(flow::ActionListAsJson()));
  } else {
    world.out.Write(arguments.Has("--markdown") ? flow::ActionListAsMarkdown()
                                                : flow::ActionListAsText());
  }
}

void PrintKinds(World& world, const Arguments& arguments,
                const std::vector<const flow::ActionKind*>& kinds) {
  if (arguments.Has("--json")) {
    json::Array actions;
    for (const flow::ActionKind* kind : kinds) {
      json::Object page = flow::ToJson(*kind);
      page.Set("offline", sim::OfflineData(*kind));
      actions.emplace_back(std::move(page));
    }
    world.out.Write(json::WritePretty(json::Object{{"actions", std::move(actions)}}));
    return;
  }
  for (const flow::ActionKind* kind : kinds) {
    flow::ActionPage page = flow::ExplainAction(*kind);
    page.sections.push_back({.title = "Without Amazon Connect", .facts = sim::OfflineFacts(*kind)});
    if (kind != kinds.front()) world.out.Write("\n");
    world.out.Write(arguments.Has("--markdown") ? flow::ToMarkdown(page) : flow::ToText(page));
  }
}

Exit RunFlowExplain(World& world, const Arguments& arguments) {
  if (arguments.Has("--json") && arguments.Has("--markdown"))
    return Fail(world, arguments,
                Error(ErrorKind::kInvalid, "'--json' and '--markdown' exclude each other"),
                Exit::kUsage);
  if (arguments.positionals.empty()) {
    PrintList(world, arguments);
    return Exit::kDone;
  }
  // Names of blocks have blanks: they need no quotes.
  const Result<flow::Explained> found = flow::FindExplained(Join(arguments.positionals, " "));
  if (!found) return Fail(world, arguments, found.error(), Exit::kUsage);
  if (found->rule != nullptr) return PrintLintRule(world, arguments, *found->rule);
  PrintKinds(world, arguments, found->kinds);
  return Exit::kDone;
}

}  // namespace

const Command kFlowExplainCommand{
    .name = "flow explain",
    .summary = "prints the reference page of an action type, a block or a lint rule",
    .positionals = "[NAME...]",
    .options = kOptions,
    .details =
        "NAME is an action type (TransferContactToQueue), a block of the console (Play prompt), "
        "which may be several types, or a lint rule by name or code. Without a name it lists "
        "every action type with its blocks.",
    .example = "trunkline flow explain TransferContactToQueue",
    .run = RunFlowExplain};

}  // namespace trunkline::cli
