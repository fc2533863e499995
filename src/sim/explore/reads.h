// Reads: what a contact that stands at an action may still ask for: references, and the counters of
// loops. Two contacts at the same action that agree in these go on in the same way, whatever else
// happened to them: so the exploration folds states.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "flow/reference.h"
#include "sim/explore/flow_map.h"

namespace trunkline::sim {

// The references of a text, canonical ("$.External.tier"), those within keys too. Those whose
// values differ from contact to contact (ids, times) are left out: nothing is decided by them.
std::vector<std::string> ReferencesIn(std::string_view text);
// The references of all texts of an action.
std::vector<std::string> ReferencesOf(const flow::Action& action);
// True for namespaces that belong to one flow or module: $.External, $.Lex, ...
bool IsOfFrame(std::string_view reference);

class Reads {
 public:
  // `always`: references that matter everywhere.
  Reads(const FlowMap& map, const std::vector<std::string>& always);

  // Positions in names(), ascending; nothing for kNowhere.
  const std::vector<std::uint32_t>& LiveAt(std::size_t place) const;
  // References; "loop <flow id>/<action>" is a loop's counter.
  const std::vector<std::string>& names() const { return names_; }

 private:
  using Bits = std::vector<std::uint64_t>;

  std::size_t NumberOf(std::string name);
  void Spread(const FlowMap& map, std::vector<Bits>& live) const;

  std::vector<std::string> names_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::vector<std::uint32_t>> live_;
};

inline constexpr std::string_view kLoopRead = "loop ";

}  // namespace trunkline::sim
