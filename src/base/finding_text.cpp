#include "base/finding_text.h"

#include <algorithm>

#include <fmt/format.h>

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
  std::size_t column;  // from 0
};

Excerpt Cut(std::string_view line, std::size_t column) {
  std::size_t begin = 0;
  if (line.size() > kWindow && column > kWindow / 2) begin = column - kWindow / 2;
  std::string text(line.substr(begin, kWindow));
  std::replace(text.begin(), text.end(), '\t', ' ');
  std::string prefix = begin > 0 ? "..." : "";
  return {prefix + text + (begin + kWindow < line.size() ? "..." : ""),
          column - begin + prefix.size()};
}

std::string CaretText(const Finding& finding) {
  const std::string number = std::to_string(finding.place.line);
  const std::string margin(std::max<std::size_t>(number.size(), 4), ' ');
  const Excerpt excerpt = Cut(finding.source_line, finding.place.column - 1);
  const std::size_t room =
      excerpt.text.size() > excerpt.column ? excerpt.text.size() - excerpt.column : 1;
  const std::size_t length = std::clamp<std::size_t>(finding.place.length, 1, room);
  std::string text = fmt::format("{:>{}} | {}\n", number, margin.size(), excerpt.text);
  text += fmt::format("{} | {}^{}", margin, std::string(excerpt.column, ' '),
                      std::string(length - 1, '~'));
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
  if (finding.place.line > 0 && finding.place.column > 0 && !finding.source_line.empty()) {
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
