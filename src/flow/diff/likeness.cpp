#include "flow/diff/likeness.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "base/json_write.h"
#include "flow/diff.h"
#include "flow/graph.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kMostPairs = 100'000;

// Every scalar of the parameters with its path, as one text each.
void AddLeaves(const json::Value& value, const std::string& path, std::set<std::string>& leaves) {
  if (value.IsObject()) {
    for (const json::Member& member : value.AsObject())
      AddLeaves(member.value, path + "/" + member.key, leaves);
  } else if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) AddLeaves(item, path + "/", leaves);
  } else {
    leaves.insert(path + "=" + json::Write(value));
  }
}

std::set<std::string> LeavesOf(const Action& action) {
  std::set<std::string> leaves;
  for (const json::Member& member : action.parameters) AddLeaves(member.value, member.key, leaves);
  return leaves;
}

double Share(std::size_t common, std::size_t all) {
  return all == 0 ? 0.0 : static_cast<double>(common) / static_cast<double>(all);
}

double CommonLeaves(const std::set<std::string>& left, const std::set<std::string>& right) {
  const auto common = static_cast<std::size_t>(
      std::ranges::count_if(left, [&](const std::string& leaf) { return right.contains(leaf); }));
  return Share(common, std::max(left.size(), right.size()));
}

std::size_t CommonEdges(const std::vector<Edge>& left, const std::vector<Edge>& right,
                        const Matching& matching) {
  std::size_t common = 0;
  for (const Edge& one : left) {
    const std::size_t other = matching.after_of[one.action];
    common += other != kNoAction && std::ranges::any_of(right, [&](const Edge& edge) {
                return edge.label == one.label && edge.action == other;
              });
  }
  return common;
}

using Open = std::map<std::string_view, std::vector<std::size_t>>;  // by type

Open OpenOf(const Document& document, const std::vector<std::size_t>& counterparts) {
  Open open;
  for (std::size_t at = 0; at < counterparts.size(); ++at)
    if (counterparts[at] == kNoAction) open[document.actions[at].type].push_back(at);
  return open;
}

std::vector<std::uint64_t> Contents(const Document& document) {
  std::vector<std::uint64_t> contents;
  for (const Action& action : document.actions) contents.push_back(ContentOf(action));
  std::ranges::sort(contents);
  return contents;
}

}  // namespace

double Alike(const Document& before, const Document& after) {
  const std::vector<std::uint64_t> left = Contents(before);
  const std::vector<std::uint64_t> right = Contents(after);
  std::vector<std::uint64_t> common;
  std::ranges::set_intersection(left, right, std::back_inserter(common));
  return Share(2 * common.size(), left.size() + right.size());
}

std::vector<Likeness> LikestPairs(const Side& before, const Side& after, const Matching& matching) {
  std::vector<Likeness> pairs;
  const Open afters = OpenOf(after.document, matching.before_of);
  for (const auto& [type, lefts] : OpenOf(before.document, matching.after_of)) {
    const auto found = afters.find(type);
    if (found == afters.end() || lefts.size() * found->second.size() > kMostPairs) continue;
    for (const std::size_t left : lefts) {
      const std::set<std::string> leaves = LeavesOf(before.document.actions[left]);
      for (const std::size_t right : found->second) {
        const std::size_t common = CommonEdges(before.out[left], after.out[right], matching) +
                                   CommonEdges(before.in[left], after.in[right], matching);
        const std::size_t all = std::max(before.out[left].size(), after.out[right].size()) +
                                std::max(before.in[left].size(), after.in[right].size());
        const double score =
            CommonLeaves(leaves, LeavesOf(after.document.actions[right])) + Share(common, all);
        if (score > 0) pairs.push_back({left, right, score});
      }
    }
  }
  std::ranges::stable_sort(pairs, std::greater(), &Likeness::score);
  return pairs;
}

}  // namespace trunkline::flow
