#include "flow/diff/match.h"

#include <algorithm>
#include <deque>
#include <map>

#include "flow/diff/likeness.h"
#include "flow/diff/side.h"
#include "flow/graph.h"

namespace trunkline::flow {
namespace {

// How far around an action its surroundings are looked at, in branches.
constexpr int kRounds = 8;

// The colours of all actions, one list a round: actions have the same colour in round r when all is
// the same that is at most r branches away, identifiers apart.
using Colours = std::vector<std::vector<std::uint64_t>>;

std::uint64_t Around(const std::vector<Edge>& edges, const std::vector<std::uint64_t>& colours) {
  std::vector<std::uint64_t> seen;
  for (const Edge& edge : edges) seen.push_back(Mix(HashOf(edge.label), colours[edge.action]));
  std::ranges::sort(seen);  // The order of branches in the file says nothing.
  std::uint64_t hash = seen.size();
  for (const std::uint64_t one : seen) hash = Mix(hash, one);
  return hash;
}

Colours ColoursOf(const Side& side) {
  Colours colours{side.contents};
  if (side.start != kNoAction) colours[0][side.start] = Mix(colours[0][side.start], 1);
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<std::uint64_t>& last = colours.back();
    std::vector<std::uint64_t> next;
    for (std::size_t at = 0; at < last.size(); ++at)
      next.push_back(Mix(last[at], Mix(Around(side.out[at], last), Around(side.in[at], last))));
    colours.push_back(std::move(next));
  }
  return colours;
}

class Matcher {
 public:
  Matcher(const Document& before, const Document& after) : before_(before), after_(after) {
    matching_.after_of.assign(before.actions.size(), kNoAction);
    matching_.before_of.assign(after.actions.size(), kNoAction);
  }

  Matching Run() {
    const Colours before = ColoursOf(before_);
    const Colours after = ColoursOf(after_);
    for (int round = kRounds; round > 0; --round) {
      MatchColours(before[static_cast<std::size_t>(round)], after[static_cast<std::size_t>(round)]);
    }
    if (IdentifiersWereKept()) MatchIdentifiers();
    MatchColours(before_.contents, after_.contents, true);
    MatchStarts();
    FollowBranches();
    MatchIdentifiers();
    FollowBranches();
    MatchColours(before_.contents, after_.contents);
    FollowBranches();
    MatchLikest();
    return std::move(matching_);
  }

 private:
  bool IsOpen(std::size_t before, std::size_t after) const {
    return matching_.after_of[before] == kNoAction && matching_.before_of[after] == kNoAction;
  }
  const Action& Before(std::size_t at) const { return before_.document.actions[at]; }
  const Action& After(std::size_t at) const { return after_.document.actions[at]; }

  void Pair(std::size_t before, std::size_t after) {
    matching_.after_of[before] = after;
    matching_.before_of[after] = before;
    followed_.emplace_back(before, after);
  }

  // Pairs of one colour: those with equal identifiers first, then in the order of the file.
  void MatchColours(const std::vector<std::uint64_t>& before,
                    const std::vector<std::uint64_t>& after, bool only_single = false) {
    std::map<std::uint64_t, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> classes;
    for (std::size_t at = 0; at < before.size(); ++at)
      if (matching_.after_of[at] == kNoAction) classes[before[at]].first.push_back(at);
    for (std::size_t at = 0; at < after.size(); ++at)
      if (matching_.before_of[at] == kNoAction) classes[after[at]].second.push_back(at);
    for (const auto& [colour, both] : classes) {
      const auto& [lefts, rights] = both;
      if (lefts.empty() || rights.empty()) continue;
      if (only_single && (lefts.size() > 1 || rights.size() > 1)) continue;
      MatchClass(lefts, rights);
    }
  }

  void MatchClass(const std::vector<std::size_t>& lefts, const std::vector<std::size_t>& rights) {
    std::map<std::string_view, std::size_t> by_id;
    for (const std::size_t right : rights) by_id.emplace(After(right).id, right);
    for (const std::size_t left : lefts) {
      const auto same = by_id.find(Before(left).id);
      if (same != by_id.end() && IsSame(left, same->second)) Pair(left, same->second);
    }
    std::size_t next = 0;
    for (const std::size_t left : lefts) {
      if (matching_.after_of[left] != kNoAction) continue;
      while (next < rights.size() && matching_.before_of[rights[next]] != kNoAction) ++next;
      if (next == rights.size()) return;
      if (IsSame(left, rights[next])) Pair(left, rights[next]);
    }
  }

  // Colours are hashes, and a pair must be of one type whatever they say.
  bool IsSame(std::size_t before, std::size_t after) const {
    return IsOpen(before, after) && Before(before).type == After(after).type;
  }

  bool IdentifiersWereKept() const {
    std::size_t equal = 0;
    std::size_t other = 0;
    for (std::size_t at = 0; at < matching_.after_of.size(); ++at) {
      if (matching_.after_of[at] == kNoAction) continue;
      ++(Before(at).id == After(matching_.after_of[at]).id ? equal : other);
    }
    return equal >= other;
  }

  void MatchIdentifiers() {
    std::map<std::string_view, std::size_t> by_id;
    for (std::size_t at = 0; at < after_.document.actions.size(); ++at)
      by_id.emplace(After(at).id, at);
    for (std::size_t at = 0; at < before_.document.actions.size(); ++at) {
      const auto same = by_id.find(Before(at).id);
      if (same != by_id.end() && IsSame(at, same->second)) Pair(at, same->second);
    }
  }

  void MatchStarts() {
    if (before_.start == kNoAction || after_.start == kNoAction) return;
    if (IsSame(before_.start, after_.start)) Pair(before_.start, after_.start);
  }

  // What the same branch of a pair leads to is a pair, too, when it is of one type; so is what it
  // comes from, when nothing else comes from there by that branch.
  void FollowBranches() {
    while (!followed_.empty()) {
      const auto [before, after] = followed_.front();
      followed_.pop_front();
      Follow(before_.out[before], after_.out[after]);
      Follow(before_.in[before], after_.in[after]);
    }
  }

  void Follow(const std::vector<Edge>& lefts, const std::vector<Edge>& rights) {
    for (const Edge& left : lefts) {
      if (matching_.after_of[left.action] != kNoAction) continue;
      const Edge* only = nullptr;
      for (const Edge& right : rights) {
        if (right.label != left.label || !IsSame(left.action, right.action)) continue;
        if (only != nullptr && only->action != right.action) {
          only = nullptr;
          break;
        }
        only = &right;
      }
      if (only != nullptr) Pair(left.action, only->action);
    }
  }

  void MatchLikest() {
    std::vector<Likeness> likest = LikestPairs(before_, after_, matching_);
    for (const Likeness& one : likest) {
      if (IsSame(one.before, one.after)) Pair(one.before, one.after);
    }
  }

  const Side before_;
  const Side after_;
  Matching matching_;
  std::deque<std::pair<std::size_t, std::size_t>> followed_;  // pairs whose branches wait
};

}  // namespace

Matching MatchActions(const Document& before, const Document& after) {
  return Matcher(before, after).Run();
}

}  // namespace trunkline::flow
