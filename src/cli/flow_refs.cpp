#include "app/flow_refs.h"

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--format",
     .value = "FORMAT",
     .help = "text, json or dot: who calls whom, for Graphviz (default: text)"},
};

std::string StyleText(flow::ReferenceStyle style) {
  switch (style) {
    case flow::ReferenceStyle::kSymbol:
      return "symbol";
    case flow::ReferenceStyle::kPlaceholder:
      return "placeholder";
    case flow::ReferenceStyle::kAttribute:
      return "attribute";
    case flow::ReferenceStyle::kArn:
      return "ARN";
    case flow::ReferenceStyle::kId:
      return "id";
    case flow::ReferenceStyle::kOther:
      return "other";
  }
  return "other";
}

std::string Line(const flow::Reference& reference) {
  return fmt::format("{}:{}:{}: {} '{}' ({})\n", reference.place.file, reference.place.line,
                     reference.place.column, flow::ToText(reference.kind), reference.name,
                     StyleText(reference.style));
}

std::string WayText(const flow::CallGraph& calls, const std::vector<std::size_t>& way) {
  std::string text;
  for (const std::size_t node : way)
    text += fmt::format("{}{}", text.empty() ? "" : " -> ", flow::NameOf(calls.nodes[node]));
  return text;
}

// Of one flow alone nothing can be said about others.
std::string Text(const app::ReferencesReport& report) {
  std::string text;
  for (const app::FlowReferences& one : report.flows)
    for (const flow::Reference& reference : one.references) text += Line(reference);
  for (const std::vector<std::size_t>& way : report.cycles)
    text += fmt::format("cycle: {}\n", WayText(report.calls, way));
  if (report.flows.size() < 2) return text;
  for (const std::size_t node : report.orphans) {
    text += fmt::format("{}: no flow here refers to {}\n", report.calls.nodes[node].file,
                        flow::NameOf(report.calls.nodes[node]));
  }
  return text;
}

json::Object ToJson(const flow::Reference& reference) {
  return {{"file", reference.place.file},     {"line", reference.place.line},
          {"column", reference.place.column}, {"kind", flow::ToText(reference.kind)},
          {"name", reference.name},           {"style", StyleText(reference.style)},
          {"action", reference.action},       {"path", reference.path}};
}

json::Object ToJson(const flow::CallNode& node) {
  json::Object object{{"kind", flow::ToText(node.kind)}, {"name", node.name}};
  object.SetIfNotEmpty("file", node.file);
  return object;
}

json::Array NodesToJson(const flow::CallGraph& calls, const std::vector<std::size_t>& nodes) {
  json::Array array;
  for (const std::size_t node : nodes) array.emplace_back(ToJson(calls.nodes[node]));
  return array;
}

json::Object ToJson(const app::ReferencesReport& report) {
  json::Array references;
  for (const app::FlowReferences& one : report.flows)
    for (const flow::Reference& reference : one.references)
      references.emplace_back(ToJson(reference));
  json::Array calls;
  for (const flow::CallEdge& call : report.calls.calls) {
    json::Array lines;
    for (const Place& place : call.places) lines.emplace_back(place.line);
    calls.emplace_back(json::Object{{"from", ToJson(report.calls.nodes[call.from])},
                                    {"to", ToJson(report.calls.nodes[call.to])},
                                    {"lines", std::move(lines)}});
  }
  json::Array cycles;
  for (const std::vector<std::size_t>& way : report.cycles)
    cycles.emplace_back(NodesToJson(report.calls, way));
  return {{"references", std::move(references)},
          {"calls", std::move(calls)},
          {"orphans", NodesToJson(report.calls, report.orphans)},
          {"cycles", std::move(cycles)},
          {"findings", trunkline::ToJson(report.findings)}};
}

Exit RunFlowRefs(World& world, const Arguments& arguments) {
  const std::string format = arguments.Has("--json") ? "json" : arguments.Get("--format", "text");
  if (format != "text" && format != "json" && format != "dot") {
    return Fail(world, arguments,
                Error(ErrorKind::kInvalid, "expected --format to be text, json or dot but got '{}'",
                      format),
                Exit::kUsage);
  }
  const Result<app::ReferencesReport> report =
      app::ListReferences(world.files, arguments.positionals);
  if (!report) return Fail(world, arguments, report.error());
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  if (format == "json") {
    world.out.Write(json::WritePretty(ToJson(*report)));
  } else {
    world.out.Write(format == "dot" ? flow::ToDot(report->calls) : Text(*report));
  }
  return HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kFlowRefsCommand{
    .name = "flow refs",
    .summary = "lists what flows refer to, which flows nobody refers to, and who calls in circles",
    .positionals = "PATH...",
    .options = kOptions,
    .details =
        "Flows that no other one refers to are entry points, such as those of phone numbers, or "
        "not needed. With --format dot Graphviz draws who calls whom.",
    .example = "trunkline flow refs amzconnect-contact-flows/lib/callflows",
    .run = RunFlowRefs};

}  // namespace trunkline::cli
