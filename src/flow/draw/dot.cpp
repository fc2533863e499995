// A drawing in Graphviz's language: each box a table, whose last rows are the branches, so that an
// arrow begins at the words that say when it is taken.
#include <fmt/format.h>

#include "base/xml.h"
#include "flow/draw/box.h"
#include "flow/draw/look.h"
#include "flow/draw/place.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kFont = "Helvetica,Arial,sans-serif";

class DotWriter {
 public:
  DotWriter(const Drawing& drawing, DrawLayout layout) : drawing_(drawing) {
    if (layout == DrawLayout::kConsole) middles_ = PlaceBoxes(drawing);
  }

  std::string Write() {
    Begin();
    for (std::size_t at = 0; at < drawing_.boxes.size(); ++at) WriteBox(at);
    WriteStart();
    for (std::size_t at = 0; at < drawing_.boxes.size(); ++at) WriteArrows(at);
    return std::move(out_) + "}\n";
  }

 private:
  template <class... Args>
  void Add(fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Args>(args)...);
  }

  void Begin() {
    Add("digraph flow {{\n");
    Add("  graph [rankdir=LR, nodesep=0.2, ranksep=0.5, splines={}, pad=0.3, bgcolor=white, "
        "labelloc=t, labeljust=l, fontname=\"{}\", fontsize=16, fontcolor=\"#0f172a\",\n"
        "    label=<<B>{}</B>>];\n",
        Splines(), kFont, EscapeXml(drawing_.title));
    Add("  node [shape=plain, fontname=\"{}\", fontsize=11];\n", kFont);
    Add("  edge [arrowsize=0.7, penwidth=1.2];\n");
  }

  // Leading arrows round boxes takes Graphviz the more time the more there are, where it does not
  // place the boxes itself.
  std::string_view Splines() const {
    constexpr std::size_t kManyBoxes = 50;
    return middles_ && drawing_.boxes.size() > kManyBoxes ? "line" : "true";
  }

  std::string Position(std::size_t at) const {
    if (!middles_) return {};
    return fmt::format(", pos=\"{:.0f},{:.0f}!\"", (*middles_)[at].x, -(*middles_)[at].y);
  }

  static std::string Lines(const std::vector<std::string>& lines, std::string_view align) {
    std::string text;
    for (const std::string& line : lines)
      text += fmt::format("{}<BR ALIGN=\"{}\"/>", EscapeXml(line), align);
    return text;
  }

  void WriteHead(const BoxText& text, const BoxColours& colours) {
    Add("<TR><TD PORT=\"in\" ALIGN=\"LEFT\" BGCOLOR=\"{}\"><FONT COLOR=\"white\"><B>{}</B>",
        colours.band, EscapeXml(text.head[0]));
    if (text.head.size() > 1) {
      Add("<BR ALIGN=\"LEFT\"/><FONT POINT-SIZE=\"10\">{}</FONT>",
          Lines({text.head.begin() + 1, text.head.end()}, "LEFT"));
    }
    Add("</FONT></TD></TR>");
  }

  void WriteBox(std::size_t at) {
    const DrawnBox& box = drawing_.boxes[at];
    const BoxText text = TextOf(box);
    const BoxColours colours = ColoursOf(box, drawing_.is_diff);
    Add("  b{} [label=<<TABLE BORDER=\"{}\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"4\" "
        "COLOR=\"{}\" BGCOLOR=\"white\"{}>",
        at, box.mark == DrawMark::kSame ? 1 : 2, colours.border,
        box.is_reached ? "" : " STYLE=\"dashed\"");
    WriteHead(text, colours);
    if (!text.body.empty()) {
      Add("<TR><TD ALIGN=\"LEFT\"><FONT COLOR=\"#0f172a\">{}</FONT></TD></TR>",
          Lines(text.body, "LEFT"));
    }
    for (std::size_t branch = 0; branch < box.branches.size(); ++branch)
      WriteBranch(branch, box.branches[branch], text.branches[branch]);
    Add("</TABLE>>{}];\n", Position(at));
  }

  void WriteBranch(std::size_t position, const DrawnBranch& branch,
                   const std::vector<std::string>& lines) {
    const DrawMark mark = branch.arrows.empty() ? DrawMark::kSame : branch.arrows.front().mark;
    Add("<TR><TD PORT=\"p{}\" ALIGN=\"RIGHT\"><FONT POINT-SIZE=\"10\" "
        "COLOR=\"{}\">{}</FONT></TD></TR>",
        position, ColourOf(mark, branch.is_error, drawing_.is_diff), Lines(lines, "RIGHT"));
  }

  void WriteStart() {
    if (!drawing_.start) return;
    std::string position;
    if (middles_) {
      constexpr double kBefore = 190;
      const DrawnPoint& first = (*middles_)[*drawing_.start];
      position = fmt::format(", pos=\"{:.0f},{:.0f}!\"", first.x - kBefore, -first.y);
    }
    Add("  start [shape=circle, style=filled, fillcolor=\"#0f172a\", label=\"\", width=0.22, "
        "fixedsize=true{}];\n",
        position);
    Add("  start:e -> b{}:in:w [color=\"#0f172a\"];\n", *drawing_.start);
  }

  void WriteArrows(std::size_t at) {
    const DrawnBox& box = drawing_.boxes[at];
    for (std::size_t position = 0; position < box.branches.size(); ++position) {
      const DrawnBranch& branch = box.branches[position];
      for (const DrawnArrow& arrow : branch.arrows) {
        Add("  b{}:p{}:e -> b{}:in:w [color=\"{}\"{}{}];\n", at, position, arrow.to,
            ColourOf(arrow.mark, branch.is_error, drawing_.is_diff),
            branch.is_error ? ", style=dashed" : "",
            arrow.mark == DrawMark::kSame ? "" : ", penwidth=2");
      }
    }
  }

  const Drawing& drawing_;
  std::optional<std::vector<DrawnPoint>> middles_;
  std::string out_;
};

}  // namespace

std::string ToDot(const Drawing& drawing, DrawLayout layout) {
  return DotWriter(drawing, layout).Write();
}

}  // namespace trunkline::flow
