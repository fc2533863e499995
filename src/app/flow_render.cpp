#include "app/flow_render.h"

#include <algorithm>
#include <utility>

#include "app/flow_documents.h"
#include "app/graphviz.h"
#include "base/files.h"
#include "flow/draw.h"

namespace trunkline::app {
namespace {

using FormatWord = std::pair<std::string_view, PictureFormat>;
constexpr FormatWord kFormats[] = {{"svg", PictureFormat::kSvg},
                                   {"png", PictureFormat::kPng},
                                   {"dot", PictureFormat::kDot},
                                   {"mermaid", PictureFormat::kMermaid}};
constexpr FormatWord kOtherEnds[] = {{"gv", PictureFormat::kDot}, {"mmd", PictureFormat::kMermaid}};

std::string_view WordOf(PictureFormat format) {
  return std::ranges::find(kFormats, format, &FormatWord::second)->first;
}

class FlowsRenderer {
 public:
  FlowsRenderer(const AppWorld& world, const RenderFlowsArgs& args) : world_(world), args_(args) {}

  Result<RenderFlowsReport> Run() {
    TL_TRY(FlowDocuments flows, ReadFlowDocuments(world_.files, args_.paths,
                                                  LegacyExports::kConvert, BrokenFlows::kKeep));
    report_.files = flows.files;
    report_.findings = std::move(flows.findings);
    TL_DO(CheckCount(flows));
    into_folder_ = !args_.is_diff && (flows.files > 1 || args_.output.ends_with('/') ||
                                      world_.files.IsFolder(args_.output));
    if (args_.is_diff) {
      if (flows.documents.size() == 2)
        TL_DO(DrawOne(OneOf(flows, 1).file, flow::DrawDiff(OneOf(flows, 0), OneOf(flows, 1))));
      return std::move(report_);
    }
    for (const flow::Document& document : flows.documents)
      TL_DO(DrawOne(document.file, flow::DrawFlow(document)));
    return std::move(report_);
  }

 private:
  // Files come sorted, the versions in the order they were named.
  const flow::Document& OneOf(const FlowDocuments& flows, std::size_t position) const {
    const auto found =
        std::ranges::find(flows.documents, args_.paths[position], &flow::Document::file);
    return found == flows.documents.end() ? flows.documents[position] : *found;
  }

  Result<void> CheckCount(const FlowDocuments& flows) const {
    if (args_.is_diff && flows.files != 2) {
      return Error(ErrorKind::kInvalid,
                   "expected two files, the flow before and after, but got {} flows", flows.files);
    }
    if (args_.is_diff || !args_.output.empty() || flows.files <= 1) return {};
    return Error(ErrorKind::kInvalid,
                 "expected one flow to draw but got {}; write the pictures to a folder: -o FOLDER",
                 flows.files);
  }

  Result<flow::DrawLayout> LayoutOf(const std::string& file, const flow::Drawing& drawing) const {
    if (args_.layout == PictureLayout::kFlow) return flow::DrawLayout::kFlow;
    if (args_.layout == PictureLayout::kBest) return flow::BestLayout(drawing);
    if (flow::HasConsoleLayout(drawing)) return flow::DrawLayout::kConsole;
    return Error(ErrorKind::kInvalid,
                 "'{}' does not have a place on the console's canvas for every block, or they "
                 "would cover each other; draw it with --layout flow",
                 file);
  }

  Result<std::string> Picture(const std::string& file, const flow::Drawing& drawing) const {
    if (args_.format == PictureFormat::kMermaid) return flow::ToMermaid(drawing);
    TL_TRY(const flow::DrawLayout layout, LayoutOf(file, drawing));
    std::string text = flow::ToDot(drawing, layout);
    if (args_.format == PictureFormat::kDot) return text;
    const bool is_placed = layout == flow::DrawLayout::kConsole;
    // Fine lines of a large picture take seconds, and nobody sees them there.
    constexpr std::size_t kManyBoxes = 50;
    const bool is_coarse = args_.format == PictureFormat::kPng && drawing.boxes.size() > kManyBoxes;
    return RunGraphviz(world_.environment, is_placed ? "neato" : "dot",
                       is_coarse ? "png:gd" : WordOf(args_.format), std::move(text));
  }

  Result<void> DrawOne(const std::string& file, const flow::Drawing& drawing) {
    TL_TRY(std::string picture, Picture(file, drawing));
    RenderedFlow flow{.file = file, .written = TargetOf(file), .picture = std::move(picture)};
    if (!flow.written.empty()) TL_DO(world_.files.Write(flow.written, flow.picture));
    report_.flows.push_back(std::move(flow));
    return {};
  }

  std::string TargetOf(const std::string& file) const {
    if (args_.output.empty() || !into_folder_) return args_.output;
    std::string below = FileName(file);
    for (const std::string& path : args_.paths) {
      if (file == path || !file.starts_with(path)) continue;
      below = file.substr(file.find_first_not_of('/', path.size()));
      break;
    }
    if (below.ends_with(".json")) below.resize(below.size() - 5);
    return JoinPath(args_.output, fmt::format("{}.{}", below, WordOf(args_.format)));
  }

  const AppWorld& world_;
  const RenderFlowsArgs& args_;
  bool into_folder_ = false;
  RenderFlowsReport report_;
};

}  // namespace

std::optional<PictureFormat> PictureFormatOf(std::string_view word) {
  const auto* const found = std::ranges::find(kFormats, word, &FormatWord::first);
  if (found == std::end(kFormats)) return std::nullopt;
  return found->second;
}

std::optional<PictureFormat> PictureFormatOfFile(std::string_view file) {
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view end = file.substr(dot + 1);
  const auto* const other = std::ranges::find(kOtherEnds, end, &FormatWord::first);
  return other != std::end(kOtherEnds) ? other->second : PictureFormatOf(end);
}

Result<RenderFlowsReport> RenderFlows(const AppWorld& world, const RenderFlowsArgs& args) {
  return FlowsRenderer(world, args).Run();
}

}  // namespace trunkline::app
