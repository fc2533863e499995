#include "sim/testing/scenario_check.h"

#include <array>
#include <charconv>
#include <vector>

#include "sim/testing/scenario.h"

namespace trunkline::sim {
namespace {

bool IsNumberText(std::string_view text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stopped == end;
}

// How `check` compares; longer words before those they begin with.
struct Comparison {
  std::string_view words, op;
  bool of_numbers = false;
};
constexpr std::array<Comparison, 8> kComparisons = {{
    {"is", "Equals"},
    {"contains", "TextContains"},
    {"starts with", "TextStartsWith"},
    {"ends with", "TextEndsWith"},
    {">=", "NumberGreaterOrEqualTo", true},
    {"<=", "NumberLessOrEqualTo", true},
    {">", "NumberGreaterThan", true},
    {"<", "NumberLessThan", true},
}};

const Comparison* ReadComparison(ScenarioLine& line) {
  std::vector<std::string> all;
  for (const Comparison& one : kComparisons) {
    if (line.Take(one.words)) return &one;
    all.emplace_back(one.words);
  }
  line.SayExpected(all, "what is checked");
  return nullptr;
}

}  // namespace

std::optional<ScenarioCheck> ReadScenarioCheck(ScenarioLine& line) {
  const std::size_t from = line.Position();
  auto reference = line.Name("what is checked, such as $.Attributes.tier");
  if (!reference) return std::nullopt;
  if (!reference->starts_with("$.")) {
    line.SayAt(
        from, kBadValue,
        fmt::format("expected a reference such as $.Attributes.tier but got '{}'", *reference));
    return std::nullopt;
  }
  const Comparison* comparison = ReadComparison(line);
  if (comparison == nullptr) return std::nullopt;
  const std::size_t at = line.Position();
  auto operand = line.Text("what it is compared with");
  if (!operand) return std::nullopt;
  if (comparison->of_numbers && !IsNumberText(*operand)) {
    line.SayAt(at, kBadValue, fmt::format("expected a number but got '{}'", *operand));
    return std::nullopt;
  }
  return ScenarioCheck{std::move(*reference), comparison->op, std::move(*operand)};
}

}  // namespace trunkline::sim
