#include "app/flow_diff_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/finding_json.h"

namespace trunkline::app {
namespace {

std::string_view Word(flow::ChangeKind kind) {
  switch (kind) {
    case flow::ChangeKind::kAdded:
      return "added";
    case flow::ChangeKind::kRemoved:
      return "removed";
    case flow::ChangeKind::kChanged:
      return "changed";
  }
  return "changed";
}

std::string_view Sign(flow::ChangeKind kind) {
  return kind == flow::ChangeKind::kAdded ? "+" : kind == flow::ChangeKind::kRemoved ? "-" : "~";
}

json::Object ToJson(const FlowFileDiff& flow) {
  json::Array changes;
  for (const flow::FlowChange& one : flow.changes) {
    changes.emplace_back(json::Object{{"kind", Word(one.kind)},
                                      {"before", one.before},
                                      {"after", one.after},
                                      {"path", one.path},
                                      {"sentence", one.sentence},
                                      {"file", one.place.file},
                                      {"line", one.place.line}});
  }
  json::Object object{{"file", flow.file}, {"kind", Word(flow.kind)}};
  if (!flow.was.empty()) object.Set("was", flow.was);
  object.Set("changes", std::move(changes));
  return object;
}

// What Markdown, or a forge that shows it, would take for more than text.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '@') {
      escaped += "&#64;";
    } else if (c == '\n') {
      escaped += ' ';
    } else {
      if (std::string_view("\\`*_{}[]<>()#+!|~&").find(c) != std::string_view::npos)
        escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string Counted(std::size_t count, std::string_view what) {
  return count == 0 ? std::string() : fmt::format("{} {}", count, what);
}

// "2 flows changed, 1 new, 1 gone"
std::string Sum(const FlowDiffReport& report) {
  const auto count = [&](flow::ChangeKind kind) {
    return static_cast<std::size_t>(std::ranges::count(report.flows, kind, &FlowFileDiff::kind));
  };
  std::string sum;
  for (const std::string& part : {Counted(count(flow::ChangeKind::kChanged), "changed"),
                                  Counted(count(flow::ChangeKind::kAdded), "new"),
                                  Counted(count(flow::ChangeKind::kRemoved), "gone")}) {
    if (!part.empty()) sum += (sum.empty() ? "" : ", ") + part;
  }
  return sum;
}

std::string Heading(const FlowFileDiff& flow) {
  const std::string file = "**" + Escaped(flow.file) + "**";
  if (flow.kind == flow::ChangeKind::kAdded) return file + " is new";
  if (flow.kind == flow::ChangeKind::kRemoved) return file + " is gone";
  return flow.was.empty() ? file : fmt::format("{} (was {})", file, Escaped(flow.was));
}

}  // namespace

std::string ToText(const FlowDiffReport& report) {
  if (report.flows.empty() && !HasErrors(report.findings)) return "no difference\n";
  std::string text;
  for (const FlowFileDiff& flow : report.flows) {
    text += fmt::format("{} {}{}\n", Sign(flow.kind), flow.file,
                        flow.was.empty() ? "" : fmt::format(" (was {})", flow.was));
    for (const flow::FlowChange& one : flow.changes)
      text += fmt::format("    {} {}\n", Sign(one.kind), one.sentence);
  }
  return text;
}

std::string ToMarkdown(const FlowDiffReport& report) {
  if (report.flows.empty() && !HasErrors(report.findings)) return "No flow differs.\n";
  std::string text = fmt::format("### Flows: {}\n", Sum(report));
  for (const FlowFileDiff& flow : report.flows) {
    text += fmt::format("\n{}\n", Heading(flow));
    if (!flow.changes.empty()) text += '\n';
    for (const flow::FlowChange& one : flow.changes)
      text += fmt::format("* {}\n", Escaped(one.sentence));
  }
  return text;
}

json::Object ToJson(const FlowDiffReport& report) {
  json::Array flows;
  for (const FlowFileDiff& one : report.flows) flows.emplace_back(ToJson(one));
  return {{"compared", report.compared},
          {"flows", std::move(flows)},
          {"findings", trunkline::ToJson(report.findings)}};
}

}  // namespace trunkline::app
