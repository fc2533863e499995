#include "base/finding_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/code_point.h"
#include "base/text.h"

namespace trunkline {
namespace {

struct Look {
  std::string_view word;
  std::string_view colour;
};

Look LookOf(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return {"note", "\x1b[36m"};
    case Severity::kWarning:
      return {"warning", "\x1b[33m"};
    case Severity::kError:
      return {"error", "\x1b[31m"};
  }
  return {"error", ""};
}

std::string PlaceText(const Place& place) {
  if (place.file.empty()) return "";
  if (place.line == 0) return place.file + ": ";
  if (place.column == 0) return fmt::format("{}:{}: ", place.file, place.line);
  return fmt::format("{}:{}:{}: ", place.file, place.line, place.column);
}

// A long line (minified JSON) is cut to a window around the column.
constexpr std::size_t kWindow = 96;

struct Excerpt {
  std::string text;
  std::size_t before;  // bytes of `text` before the column
};

// How many places `utf8` takes on a terminal, nearly: wide characters count as one.
std::size_t Width(std::string_view utf8) {
  return CountCodePoints(utf8);
}

// What a terminal shows as it is; in a line that is not UTF-8 every other byte is a question mark.
std::string Printable(std::string_view text) {
  std::string printable(text);
  const bool utf8 = IsUtf8(text);
  for (char& c : printable) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
    if (byte >= 0x80 && !utf8) c = '?';
  }
  return printable;
}

Excerpt Cut(std::string_view source, std::size_t column, bool is_cut) {
  const std::string line = Printable(source);
  std::size_t begin = 0;
  if (line.size() > kWindow && column > kWindow / 2) begin = column - kWindow / 2;
  while (begin > 0 && begin < line.size() && !BeginsCodePoint(line[begin])) --begin;
  std::size_t end = std::min(line.size(), begin + kWindow);
  while (end > begin && end < line.size() && !BeginsCodePoint(line[end])) --end;
  const std::string prefix = begin > 0 || is_cut ? "..." : "";
  return {prefix + line.substr(begin, end - begin) + (end < line.size() ? "..." : ""),
          std::min(column, line.size()) - std::min(begin, column) + prefix.size()};
}

std::string CaretText(const Finding& finding) {
  const std::string number = std::to_string(finding.place.line);
  const std::string margin(std::max<std::size_t>(number.size(), 4), ' ');
  const std::size_t before = finding.place.column - 1;
  const Excerpt excerpt = Cut(finding.source_line.text,
                              before - std::min<std::size_t>(before, finding.source_line.cut_bytes),
                              finding.source_line.cut_bytes > 0);
  const std::size_t column = Width(excerpt.text.substr(0, excerpt.before));
  const std::string under = excerpt.text.substr(excerpt.before, finding.place.length);
  const std::size_t length = std::max<std::size_t>(Width(under), 1);
  std::string text = fmt::format("{:>{}} | {}\n", number, margin.size(), excerpt.text);
  text += fmt::format("{} | {}^{}", margin, std::string(column, ' '), std::string(length - 1, '~'));
  if (!finding.hint.empty()) text += " " + finding.hint;
  return text + "\n";
}

}  // namespace

bool HasErrors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::kError; });
}

std::string ToText(const Finding& finding, bool colour) {
  const Look look = LookOf(finding.severity);
  std::string text = PlaceText(finding.place);
  text += colour ? fmt::format("{}{}:\x1b[0m ", look.colour, look.word)
                 : fmt::format("{}: ", look.word);
  text += finding.message;
  if (!finding.code.empty()) text += fmt::format(" [{}]", finding.code);
  text += "\n";
  if (finding.place.line > 0 && finding.place.column > 0 && !finding.source_line.text.empty()) {
    return text + CaretText(finding);
  }
  if (!finding.hint.empty()) text += "     " + finding.hint + "\n";
  return text;
}

std::string ToText(const Findings& findings, bool colour) {
  std::string text;
  for (const Finding& finding : findings) text += ToText(finding, colour);
  return text;
}

}  // namespace trunkline
