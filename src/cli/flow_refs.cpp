#include "app/flow_files.h"
#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

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

json::Object ToJson(const flow::Reference& reference) {
  return {{"file", reference.place.file},     {"line", reference.place.line},
          {"column", reference.place.column}, {"kind", flow::ToText(reference.kind)},
          {"name", reference.name},           {"style", StyleText(reference.style)},
          {"action", reference.action},       {"path", reference.path}};
}

Exit RunFlowRefs(World& world, const Arguments& arguments) {
  const Result<app::ReferencesReport> report =
      app::ListReferences(world.files, arguments.positionals);
  if (!report) return Fail(world, arguments, report.error());
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  json::Array all;
  for (const app::FlowReferences& one : report->flows) {
    for (const flow::Reference& reference : one.references) {
      if (arguments.Has("--json")) {
        all.emplace_back(ToJson(reference));
      } else {
        world.out.Write(Line(reference));
      }
    }
  }
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(
        json::Object{{"references", std::move(all)}, {"findings", ToJson(report->findings)}}));
  }
  return HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kFlowRefsCommand{
    .name = "flow refs",
    .summary = "lists what flow files refer to: queues, prompts, functions, bots, other flows",
    .positionals = "PATH...",
    .options = {},
    .details = "",
    .example = "trunkline flow refs amzconnect-contact-flows/lib/callflows",
    .run = RunFlowRefs};

}  // namespace trunkline::cli
