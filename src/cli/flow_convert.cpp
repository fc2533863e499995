#include "app/flow_convert.h"

#include <algorithm>

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "flow/catalogue.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--to",
     .value = "FORMAT",
     .help = "bare, wrapped or describe (default: as it is; a legacy export becomes bare)"},
    {.name = "--fold", .value = "", .help = "write Content as a string, as the API has it"},
    {.name = "--unfold",
     .value = "",
     .help = "write Content as an object, to be read and compared"},
    {.name = "--type",
     .value = "TYPE",
     .help = "the type of a flow that does not say it: CONTACT_FLOW, CUSTOMER_QUEUE, ..."},
    {.name = "-o",
     .value = "FILE|FOLDER",
     .help = "write there; nothing that is there already is overwritten"},
    {.name = "--write", .value = "", .help = "convert in place: each file is replaced"},
};

Result<std::optional<flow::Format>> FormatOf(const std::string& word) {
  if (word.empty()) return std::optional<flow::Format>();
  if (word == "bare") return std::optional(flow::Format::kBare);
  if (word == "wrapped") return std::optional(flow::Format::kWrapped);
  if (word == "describe") return std::optional(flow::Format::kDescribed);
  return Error(ErrorKind::kInvalid, "expected --to to be bare, wrapped or describe but got '{}'",
               word);
}

Result<app::ConvertFlowsArgs> ReadArguments(const Arguments& arguments) {
  TL_TRY(const std::optional<flow::Format> to, FormatOf(arguments.Get("--to")));
  const std::string type = arguments.Get("--type");
  if (!type.empty() && flow::FlowTypeBit(type) == 0) {
    return Error(ErrorKind::kInvalid, "expected --type to be one of {}, MODULE but got '{}'",
                 flow::FlowTypeNames(flow::kEveryFlow & ~flow::kModuleType), type);
  }
  if (arguments.Has("--fold") && arguments.Has("--unfold"))
    return Error(ErrorKind::kInvalid, "expected --fold or --unfold but got both");
  if (arguments.Has("-o") && arguments.Has("--write"))
    return Error(ErrorKind::kInvalid, "expected -o or --write but got both");
  const flow::Folding folding = arguments.Has("--fold")     ? flow::Folding::kFold
                                : arguments.Has("--unfold") ? flow::Folding::kUnfold
                                                            : flow::Folding::kKeep;
  return app::ConvertFlowsArgs{.paths = arguments.positionals,
                               .options = {.to = to, .folding = folding, .type = type},
                               .output = arguments.Get("-o"),
                               .in_place = arguments.Has("--write")};
}

json::Value ToJson(const app::ConvertFlowsReport& report) {
  json::Array flows;
  for (const app::ConvertedFlow& one : report.flows) {
    json::Object flow{{"file", one.file}};
    if (one.written.empty()) {
      flow.Set("text", one.text);
    } else {
      flow.Set("written", one.written);
    }
    flows.emplace_back(std::move(flow));
  }
  return json::Object{{"files", report.files},
                      {"converted", std::move(flows)},
                      {"findings", trunkline::ToJson(report.findings)}};
}

Exit RunFlowConvert(World& world, const Arguments& arguments) {
  const Result<app::ConvertFlowsArgs> args = ReadArguments(arguments);
  if (!args) return Fail(world, arguments, args.error(), Exit::kUsage);
  const Result<app::ConvertFlowsReport> report = app::ConvertFlows(world.files, *args);
  if (!report) return Fail(world, arguments, report.error());
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(ToJson(*report)));
  } else {
    world.err.Write(ToText(report->findings, world.err.IsTerminal()));
    for (const app::ConvertedFlow& one : report->flows)
      world.out.Write(one.written.empty() ? one.text : one.written + "\n");
  }
  return HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kFlowConvertCommand{
    .name = "flow convert",
    .summary = "converts flow files: legacy exports to flow language, wrapped, bare, folded",
    .positionals = "PATH...",
    .options = kOptions,
    .details =
        "One flow is printed, or written with -o or --write; of several the names of the files "
        "that were written are printed. What is lost, and what had to be made up, is said on "
        "stderr with its place. docs/flow-convert.md says what becomes of a legacy export.",
    .example = "trunkline flow convert exports/old-main.json -o callflows/main.json",
    .run = RunFlowConvert};

}  // namespace trunkline::cli
