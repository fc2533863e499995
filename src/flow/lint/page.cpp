#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint_page.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kSections[] = {"Bad", "Good", "Source"};

// Takes what is before `end` off the front of `text`, and `end` with it.
std::optional<std::string_view> TakeUntil(std::string_view& text, std::string_view end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return taken;
}

Result<std::vector<LintExample>> ReadExamples(std::string_view section, std::string_view heading) {
  constexpr std::string_view kFence = "```json";
  std::vector<LintExample> examples;
  while (TakeUntil(section, kFence)) {
    const std::optional<std::string_view> file = TakeUntil(section, "\n");
    const std::optional<std::string_view> flow = TakeUntil(section, "```\n");
    if (!file || !flow) {
      return Error(ErrorKind::kInvalid, "expected every block of '## {}' to end with ```", heading);
    }
    const std::string_view name = Trim(*file);
    examples.push_back({.file = name.empty() ? "flow.json" : name, .text = *flow});
  }
  if (examples.empty())
    return Error(ErrorKind::kInvalid, "expected a ```json block in '## {}'", heading);
  return examples;
}

Result<void> TakeTitle(std::string_view& text, LintPage& page) {
  const std::optional<std::string_view> title = TakeUntil(text, "\n");
  if (!title || !title->starts_with("# ") || title->find(' ', 2) == std::string_view::npos)
    return Error(ErrorKind::kInvalid, "expected the title '# TL-Lnnn rule-name' in line 1");
  page.code = title->substr(2, title->find(' ', 2) - 2);
  page.name = title->substr(title->find(' ', 2) + 1);
  return {};
}

}  // namespace

Result<LintPage> ReadLintPage(std::string_view text) {
  LintPage page;
  page.text = text;
  std::string_view rest = text;
  TL_DO(TakeTitle(rest, page));
  std::string_view before = page.name;
  std::vector<std::string_view> parts;
  for (const std::string_view section : kSections) {
    const std::optional<std::string_view> part = TakeUntil(rest, fmt::format("\n## {}\n", section));
    if (!part)
      return Error(ErrorKind::kInvalid, "expected a section '## {}' after '{}'", section, before);
    parts.push_back(*part);
    before = section;
  }
  page.description = Trim(parts[0]);
  page.source = Trim(rest);
  if (page.description.empty() || page.source.empty())
    return Error(ErrorKind::kInvalid, "expected a paragraph after the title and after '## Source'");
  TL_TRY(page.bad, ReadExamples(parts[1], kSections[0]));
  TL_TRY(page.good, ReadExamples(parts[2], kSections[1]));
  return page;
}

LintPage PageOf(const LintRule& rule) {
  const std::string name = fmt::format("{}.md", rule.name);
  const std::span<const EmbeddedFile> pages = LintPages();
  const auto found = std::ranges::find(pages, name, &EmbeddedFile::name);
  if (found == pages.end()) throw std::logic_error("no page " + name);
  Result<LintPage> page = ReadLintPage(found->bytes);
  if (!page) throw std::logic_error(name + ": " + page.error().message());
  return std::move(*page);
}

Result<const LintRule*> FindLintRule(std::string_view name_or_code) {
  std::vector<std::string> names;
  for (const LintRule& rule : AllLintRules()) {
    if (EqualsIgnoreCase(rule.name, name_or_code) || EqualsIgnoreCase(rule.code, name_or_code))
      return &rule;
    names.emplace_back(rule.name);
  }
  const std::optional<std::string> nearest = Nearest(name_or_code, names);
  return Error(ErrorKind::kNotFound, "there is no lint rule '{}'{}", name_or_code,
               nearest ? fmt::format("; did you mean '{}'?", *nearest) : std::string());
}

}  // namespace trunkline::flow
