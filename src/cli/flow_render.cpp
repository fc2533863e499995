#include "app/flow_render.h"

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "-o",
     .value = "FILE|FOLDER",
     .help = "where the picture goes (default: standard output); of several flows a folder"},
    {.name = "--format",
     .value = "FORMAT",
     .help = "svg, png, mermaid or dot (default: by the end of the file's name, else svg)"},
    {.name = "--layout",
     .value = "LAYOUT",
     .help = "console: blocks where the console has them; flow: by the arrows (default: console "
             "where it can be read)"},
    {.name = "--diff",
     .value = "",
     .help = "draw two files, before and after, in one picture, with what changed in colour"},
};

Result<app::PictureFormat> FormatOf(const Arguments& arguments) {
  const std::string word = arguments.Get("--format");
  if (word.empty()) {
    return app::PictureFormatOfFile(arguments.Get("-o")).value_or(app::PictureFormat::kSvg);
  }
  if (const std::optional<app::PictureFormat> format = app::PictureFormatOf(word)) return *format;
  return Error(ErrorKind::kInvalid, "expected --format to be svg, png, mermaid or dot but got '{}'",
               word);
}

Result<app::PictureLayout> LayoutOf(const std::string& word) {
  if (word.empty()) return app::PictureLayout::kBest;
  if (word == "console") return app::PictureLayout::kConsole;
  if (word == "flow") return app::PictureLayout::kFlow;
  return Error(ErrorKind::kInvalid, "expected --layout to be console or flow but got '{}'", word);
}

Result<app::RenderFlowsArgs> ReadArguments(const Arguments& arguments) {
  TL_TRY(const app::PictureFormat format, FormatOf(arguments));
  TL_TRY(const app::PictureLayout layout, LayoutOf(arguments.Get("--layout")));
  const bool is_diff = arguments.Has("--diff");
  if (is_diff && arguments.positionals.size() != 2) {
    return Error(ErrorKind::kInvalid,
                 "expected --diff with two files, the flow before and after, but got {}",
                 arguments.positionals.size());
  }
  return app::RenderFlowsArgs{.paths = arguments.positionals,
                              .is_diff = is_diff,
                              .format = format,
                              .layout = layout,
                              .output = arguments.Get("-o")};
}

// A picture that is not written goes along when it is text.
json::Value ToJson(const app::RenderFlowsReport& report) {
  json::Array flows;
  for (const app::RenderedFlow& one : report.flows) {
    json::Object flow{{"file", one.file}, {"bytes", one.picture.size()}};
    if (!one.written.empty()) {
      flow.Set("written", one.written);
    } else if (IsUtf8(one.picture)) {
      flow.Set("picture", one.picture);
    }
    flows.emplace_back(std::move(flow));
  }
  return json::Object{{"files", report.files},
                      {"drawn", std::move(flows)},
                      {"findings", trunkline::ToJson(report.findings)}};
}

Exit RunFlowRender(World& world, const Arguments& arguments) {
  const Result<app::RenderFlowsArgs> args = ReadArguments(arguments);
  if (!args) return Fail(world, arguments, args.error(), Exit::kUsage);
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<app::RenderFlowsReport> report = app::RenderFlows(app_world, *args);
  if (!report) return Fail(world, arguments, report.error());
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(ToJson(*report)));
  } else {
    world.err.Write(ToText(report->findings, world.err.IsTerminal()));
    for (const app::RenderedFlow& one : report->flows)
      world.out.Write(one.written.empty() ? one.picture : one.written + "\n");
  }
  return HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kFlowRenderCommand{
    .name = "flow render",
    .summary = "draws flows as pictures: SVG, PNG, Mermaid; two versions of one in one picture",
    .positionals = "FILE...",
    .options = kOptions,
    .details =
        "SVG and PNG need Graphviz (the program dot) on PATH; Mermaid, which Markdown viewers draw "
        "themselves, needs nothing. In a picture of two versions green is new, red is gone and "
        "amber is changed.",
    .example = "trunkline flow render amzconnect-contact-flows/lib/callflows/main.json -o main.svg",
    .run = RunFlowRender};

}  // namespace trunkline::cli
