// Pages and the list of types, as text and as Markdown.
#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

#include "flow/explain.h"

namespace trunkline::flow {
namespace {

// '|' would end a cell, '<' would begin HTML.
std::string Cell(std::string_view text) {
  return Replace(Replace(text, "|", "\\|"), "<", "&lt;");
}

std::string BlocksInWords(const ActionKind& kind) {
  std::vector<std::string> names;
  for (const std::string_view name : BlockNames(kind)) names.emplace_back(name);
  return Join(names, " or ");
}

std::string SectionAsText(const ExplainedSection& section) {
  std::string text = fmt::format("\n{}\n", section.title);
  for (const std::string& fact : section.facts) text += fmt::format("  {}\n", fact);
  for (const ExplainedItem& item : section.items) {
    text += fmt::format("  {} ({})\n", item.name, item.need);
    for (const std::string& fact : item.facts) text += fmt::format("      {}\n", fact);
  }
  return text;
}

std::string SectionAsMarkdown(const ExplainedSection& section) {
  std::string text = fmt::format("\n### {}\n\n", section.title);
  for (const std::string& fact : section.facts) text += fmt::format("* {}\n", Cell(fact));
  if (section.items.empty()) return text;
  if (!section.facts.empty()) text += "\n";
  text += "| name | needed | facts |\n| --- | --- | --- |\n";
  for (const ExplainedItem& item : section.items)
    text += fmt::format("| {} | {} | {} |\n", Cell(item.name), Cell(item.need),
                        Cell(Join(item.facts, "; ")));
  return text;
}

}  // namespace

std::string ToText(const ActionPage& page) {
  std::size_t width = 0;
  for (const auto& [name, value] : page.properties) width = std::max(width, name.size());
  std::string text = fmt::format("{}\n{}\n\n", page.type, page.summary);
  for (const auto& [name, value] : page.properties)
    text += fmt::format("  {:<{}}  {}\n", name, width, value);
  for (const ExplainedSection& section : page.sections) text += SectionAsText(section);
  return text;
}

std::string ToMarkdown(const ActionPage& page) {
  std::string text =
      fmt::format("## {}\n\n{}\n\n| | |\n| --- | --- |\n", page.type, Cell(page.summary));
  for (const auto& [name, value] : page.properties)
    text += fmt::format("| {} | {} |\n", name, Cell(value));
  for (const ExplainedSection& section : page.sections) text += SectionAsMarkdown(section);
  return text;
}

std::string ActionListAsText() {
  std::size_t width = 0;
  for (const ActionKind* kind : AllActionKinds()) width = std::max(width, kind->name.size());
  std::string text;
  for (const ActionFamily& family : AllActionFamilies()) {
    text += fmt::format("{}{}\n", text.empty() ? "" : "\n", family.name);
    for (const ActionKind& kind : family.kinds)
      text += fmt::format("  {:<{}}  {}\n", kind.name, width, BlocksInWords(kind));
  }
  return text;
}

std::string ActionListAsMarkdown() {
  std::string text;
  for (const ActionFamily& family : AllActionFamilies()) {
    text += fmt::format("{}## {}\n\n| type | block | what it does |\n| --- | --- | --- |\n",
                        text.empty() ? "" : "\n", family.name);
    for (const ActionKind& kind : family.kinds)
      text += fmt::format("| {} | {} | {} |\n", kind.name, Cell(BlocksInWords(kind)),
                          Cell(kind.summary));
  }
  return text;
}

}  // namespace trunkline::flow
