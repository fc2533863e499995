// Pictures of flows: flow/draw.h makes them, Graphviz's `dot` draws them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/finding.h"
#include "base/result.h"

namespace trunkline::app {

enum class PictureFormat { kSvg, kPng, kDot, kMermaid };
std::optional<PictureFormat> PictureFormatOf(
    std::string_view word);  // "svg", "png", "dot", "mermaid"
// By the end of a file's name: .svg, .png, .dot, .gv, .mmd, .mermaid.
std::optional<PictureFormat> PictureFormatOfFile(std::string_view file);

enum class PictureLayout {
  kBest,     // the console's where it can be read, else by the arrows
  kConsole,  // the console's, or an error
  kFlow,     // by the arrows, from left to right
};

struct RenderFlowsArgs {
  std::vector<std::string> paths;  // files and folders; with `is_diff` two files, before and after
  bool is_diff = false;
  PictureFormat format = PictureFormat::kSvg;
  PictureLayout layout = PictureLayout::kBest;
  std::string output;  // a file; a folder for several flows, or when it is one or ends in '/'
};

struct RenderedFlow {
  std::string file;
  std::string written;  // where to; empty: nowhere
  std::string picture;  // its bytes
};

struct RenderFlowsReport {
  std::vector<RenderedFlow> flows;
  std::size_t files = 0;
  Findings findings;
};

// Legacy exports are converted first, in memory. Of a broken flow what can be read is drawn. A
// picture that is there already is replaced. Without `output` nothing is written, and more than one
// flow is an error. kNotFound, with what to install: SVG and PNG need `dot` on PATH, the other
// formats do not.
Result<RenderFlowsReport> RenderFlows(const AppWorld& world, const RenderFlowsArgs& args);

}  // namespace trunkline::app
