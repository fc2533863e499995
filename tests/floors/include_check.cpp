#include "tests/floors/include_check.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::floors {
namespace {

// What stands between the quotes of an #include line; empty for every other line.
std::string_view QuotedInclude(std::string_view line) {
  line = Trim(line);
  if (!line.starts_with('#')) return {};
  line = Trim(line.substr(1));
  if (!line.starts_with("include")) return {};
  line = Trim(line.substr(std::string_view("include").size()));
  if (!line.starts_with('"')) return {};
  line.remove_prefix(1);
  return line.substr(0, line.find('"'));
}

std::string FloorOf(std::string_view path) {
  const std::size_t slash = path.find('/');
  return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash));
}

std::string Complaint(const Floors& floors, const std::string& floor, std::string_view included) {
  const std::string seen = FloorOf(included);
  if (!floors.sees.contains(seen)) return "expected a path that begins with a floor";
  if (seen == floor || floors.sees.at(floor).contains(seen)) return "";
  return fmt::format("but '{}' may not see '{}'", floor, seen);
}

}  // namespace

Floors ReadFloors(std::string_view text) {
  Floors floors;
  for (const std::string_view line : Split(text, '\n')) {
    std::istringstream words(std::string(line.substr(0, line.find('#'))));
    std::string floor;
    if (!(words >> floor)) continue;
    floors.order.push_back(floor);
    std::set<std::string>& sees = floors.sees[floor];
    for (std::string seen; words >> seen;) sees.insert(seen);
  }
  return floors;
}

std::vector<std::string> ProblemsOfFloors(const Floors& floors) {
  std::vector<std::string> problems;
  for (std::size_t i = 0; i < floors.order.size(); ++i) {
    const auto above = floors.order.begin() + static_cast<std::ptrdiff_t>(i);
    for (const std::string& seen : floors.sees.at(floors.order[i])) {
      if (std::find(floors.order.begin(), above, seen) != above) continue;
      problems.push_back(fmt::format("floors.txt: '{}' names '{}', which does not stand above it",
                                     floors.order[i], seen));
    }
  }
  return problems;
}

std::vector<std::string> ProblemsOfIncludes(const Floors& floors, const Sources& sources) {
  std::vector<std::string> problems;
  for (const auto& [path, text] : sources) {
    const std::string floor = FloorOf(path);
    if (floor.empty()) continue;  // main.cpp stands above all floors
    if (!floors.sees.contains(floor)) {
      problems.push_back(fmt::format("{}: '{}' is no floor of floors.txt", path, floor));
      continue;
    }
    for (const std::string_view line : Split(text, '\n')) {
      const std::string_view included = QuotedInclude(line);
      if (included.empty()) continue;
      const std::string complaint = Complaint(floors, floor, included);
      if (!complaint.empty()) {
        problems.push_back(fmt::format("{}: #include \"{}\", {}", path, included, complaint));
      }
    }
  }
  return problems;
}

std::vector<std::string> ProblemsOfLength(const Sources& sources, std::size_t most_lines) {
  std::vector<std::string> problems;
  for (const auto& [path, text] : sources) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (lines <= most_lines) continue;
    problems.push_back(
        fmt::format("{}: {} lines, but no file may have over {}", path, lines, most_lines));
  }
  return problems;
}

}  // namespace trunkline::floors
