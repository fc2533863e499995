#include "cli/flow_lint_rules.h"

#include <algorithm>

#include "base/json_write.h"
#include "cli/fail.h"
#include "flow/lint_page.h"

namespace trunkline::cli {
namespace {

json::Object RuleAsJson(const flow::LintRule& rule) {
  return {{"code", rule.code},
          {"name", rule.name},
          {"level", flow::ToText(rule.level)},
          {"summary", rule.summary}};
}

json::Array ExamplesAsJson(const std::vector<flow::LintExample>& examples) {
  json::Array array;
  for (const flow::LintExample& one : examples)
    array.emplace_back(json::Object{{"file", one.file}, {"flow", one.text}});
  return array;
}

}  // namespace

Exit ListLintRules(World& world, const Arguments& arguments) {
  if (arguments.Has("--json")) {
    json::Array rules;
    for (const flow::LintRule& rule : flow::AllLintRules()) rules.emplace_back(RuleAsJson(rule));
    world.out.Write(json::WritePretty(json::Object{{"rules", std::move(rules)}}));
    return Exit::kDone;
  }
  std::size_t width = 0;
  for (const flow::LintRule& rule : flow::AllLintRules()) width = std::max(width, rule.name.size());
  for (const flow::LintRule& rule : flow::AllLintRules()) {
    world.out.Write(fmt::format("{}  {:<{}}  {:<7}  {}\n", rule.code, rule.name, width,
                                flow::ToText(rule.level), rule.summary));
  }
  return Exit::kDone;
}

Exit ExplainLintRule(World& world, const Arguments& arguments) {
  const Result<const flow::LintRule*> rule = flow::FindLintRule(arguments.Get("--explain"));
  if (!rule) return Fail(world, arguments, rule.error(), Exit::kUsage);
  return PrintLintRule(world, arguments, **rule);
}

Exit PrintLintRule(World& world, const Arguments& arguments, const flow::LintRule& rule) {
  const flow::LintPage page = flow::PageOf(rule);
  if (!arguments.Has("--json")) {
    world.out.Write(page.text);
    return Exit::kDone;
  }
  json::Object object = RuleAsJson(rule);
  object.Set("description", page.description);
  object.Set("bad", ExamplesAsJson(page.bad));
  object.Set("good", ExamplesAsJson(page.good));
  object.Set("source", page.source);
  world.out.Write(json::WritePretty(object));
  return Exit::kDone;
}

}  // namespace trunkline::cli
