// A drawing as a Mermaid flowchart.
#include <fmt/format.h>

#include "flow/draw.h"
#include "flow/draw/box.h"
#include "flow/draw/look.h"

namespace trunkline::flow {
namespace {

// Inside of "...": Mermaid takes entities there, written with '#', and markup.
std::string MermaidText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '"':
        escaped += "#quot;";
        break;
      case '<':
        escaped += "#lt;";
        break;
      case '>':
        escaped += "#gt;";
        break;
      case '&':
        escaped += "#amp;";
        break;
      case '#':
        escaped += "#35;";
        break;
      case '`':
        escaped += "#96;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return escaped;
}

std::string_view ClassOf(const DrawnBox& box, bool in_diff) {
  switch (box.mark) {
    case DrawMark::kAdded:
      return "added";
    case DrawMark::kRemoved:
      return "removed";
    case DrawMark::kChanged:
      return "changed";
    case DrawMark::kTaken:
      return "taken";
    case DrawMark::kMissed:
      return "missed";
    case DrawMark::kSame:
      break;
  }
  if (in_diff) return "same";
  constexpr std::string_view kNames[] = {"talk", "set", "branch", "call", "leave"};
  return kNames[static_cast<std::size_t>(box.family)];
}

class MermaidWriter {
 public:
  explicit MermaidWriter(const Drawing& drawing) : drawing_(drawing) {}

  std::string Write() {
    Add("flowchart LR\n");
    for (std::size_t at = 0; at < drawing_.boxes.size(); ++at) WriteBox(at);
    if (drawing_.start) {
      Add("  start((start)) --> b{}\n", *drawing_.start);
      ++arrows_;
    }
    for (std::size_t at = 0; at < drawing_.boxes.size(); ++at) WriteArrows(at);
    WriteClasses();
    return std::move(out_) + styles_;
  }

 private:
  template <class... Args>
  void Add(fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Args>(args)...);
  }

  void WriteBox(std::size_t at) {
    const DrawnBox& box = drawing_.boxes[at];
    const BoxText text = TextOf(box);
    std::string label = fmt::format("<b>{}</b>", MermaidText(text.head[0]));
    for (std::size_t line = 1; line < text.head.size(); ++line)
      label += fmt::format("<br/><i>{}</i>", MermaidText(text.head[line]));
    for (const std::string& line : text.body) label += "<br/>" + MermaidText(line);
    Add("  b{}[\"{}\"]:::{}\n", at, label, ClassOf(box, drawing_.is_diff));
  }

  void WriteArrows(std::size_t at) {
    for (const DrawnBranch& branch : drawing_.boxes[at].branches) {
      for (const DrawnArrow& arrow : branch.arrows) {
        Add("  b{} {}|\"{}\"| b{}\n", at, branch.is_error ? "-.->" : "-->",
            MermaidText(branch.text), arrow.to);
        if (arrow.mark != DrawMark::kSame) {
          styles_ += fmt::format("  linkStyle {} stroke:{},stroke-width:2px\n", arrows_,
                                 ColourOf(arrow.mark, branch.is_error, drawing_.is_diff));
        }
        ++arrows_;
      }
    }
  }

  void WriteClasses() {
    if (drawing_.is_walked) return WriteClasses({DrawMark::kTaken, DrawMark::kMissed});
    if (drawing_.is_diff) {
      return WriteClasses(
          {DrawMark::kSame, DrawMark::kAdded, DrawMark::kRemoved, DrawMark::kChanged});
    }
    for (const DrawFamily family : {DrawFamily::kTalk, DrawFamily::kSet, DrawFamily::kBranch,
                                    DrawFamily::kCall, DrawFamily::kLeave})
      WriteClass({.block = {}, .name = {}, .lines = {}, .family = family});
  }

  void WriteClasses(std::initializer_list<DrawMark> marks) {
    for (const DrawMark mark : marks)
      WriteClass({.block = {}, .name = {}, .lines = {}, .mark = mark});
  }

  void WriteClass(const DrawnBox& box) {
    const BoxColours colours = ColoursOf(box, drawing_.is_diff);
    Add("  classDef {} fill:{},stroke:{},color:#ffffff\n", ClassOf(box, drawing_.is_diff),
        colours.band, colours.border);
  }

  const Drawing& drawing_;
  std::string out_;
  std::string styles_;
  std::size_t arrows_ = 0;
};

}  // namespace

std::string ToMermaid(const Drawing& drawing) {
  return MermaidWriter(drawing).Write();
}

}  // namespace trunkline::flow
