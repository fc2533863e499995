// Rules about what is said in several places.
#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "flow/lint/set_rules.h"

namespace trunkline::flow::lint {

namespace {

constexpr std::size_t kShortest = 40;  // characters: "Goodbye." may be said anywhere

struct TextUse {
  std::size_t flow;
  const SaidText* said;  // the first
  std::size_t count = 1;
};

// In the order of the first use.
std::vector<TextUse> CountTexts(const SetContext& set) {
  std::unordered_map<std::string_view, std::size_t> positions;
  std::vector<TextUse> uses;
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    for (const SaidText& said : set.flows[flow].said) {
      if (said.text.size() < kShortest) continue;
      const auto [at, is_new] = positions.try_emplace(said.text, uses.size());
      if (is_new) {
        uses.push_back({flow, &said});
      } else {
        ++uses[at->second].count;
      }
    }
  }
  return uses;
}

}  // namespace

void SameText(SetContext& set) {
  constexpr std::size_t kOften = 3;
  for (const TextUse& use : CountTexts(set)) {
    if (use.count < kOften) continue;
    set.Report(
        use.flow,
        fmt::format("the text of action '{}' is written in {} places", use.said->action, use.count),
        use.said->offset, "say it in a module, or make a prompt of it");
  }
}

}  // namespace trunkline::flow::lint
