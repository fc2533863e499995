#include "flow/diff.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json_write.h"
#include "flow/diff/match.h"
#include "flow/diff/parameters.h"
#include "flow/diff/side.h"
#include "flow/diff/words.h"
#include "flow/graph.h"

namespace trunkline::flow {
namespace {

std::size_t TargetOf(const std::vector<Edge>& edges, std::string_view label) {
  const auto found = std::ranges::find(edges, label, &Edge::label);
  return found == edges.end() ? kNoAction : found->action;
}

class Differ {
 public:
  Differ(const Document& before, const Document& after)
      : before_(before),
        after_(after),
        matching_(MatchActions(before, after)),
        before_words_(before_),
        after_words_(after_),
        was_reached_(Graph(before).Reachable()),
        is_reached_(Graph(after).Reachable()) {}

  std::vector<FlowChange> Run() {
    CompareFlows();
    for (const std::size_t at : after_.InOrder()) {
      const std::size_t was = matching_.before_of[at];
      if (was == kNoAction) {
        SayAdded(at);
      } else {
        CompareParameters(was, at);
        CompareBranches(was, at);
        if (was_reached_[was] && !is_reached_[at]) SayCutOff(was, at);
      }
    }
    for (const std::size_t at : before_.InOrder())
      if (matching_.after_of[at] == kNoAction) SayRemoved(at);
    return std::move(changes_);
  }

 private:
  const Action& Before(std::size_t at) const { return before_.document.actions[at]; }
  const Action& After(std::size_t at) const { return after_.document.actions[at]; }

  void Say(ChangeKind kind, std::size_t before, std::size_t after, std::string path,
           std::string sentence) {
    FlowChange change{.kind = kind,
                      .before = {},
                      .after = {},
                      .path = std::move(path),
                      .sentence = std::move(sentence),
                      .place = {.file = after_.document.file}};
    if (before != kNoAction) {
      change.before = Before(before).id;
      change.place = PlaceOf(before_.document, Before(before).offset);
    }
    if (after != kNoAction) {
      change.after = After(after).id;
      change.place = PlaceOf(after_.document, After(after).offset);
    }
    changes_.push_back(std::move(change));
  }

  void CompareFlows() {
    const auto compare = [&](std::string_view what, const std::string& before,
                             const std::string& after) {
      if (before == after) return;
      Say(ChangeKind::kChanged, kNoAction, kNoAction, {},
          fmt::format("the flow's {}: '{}' -> '{}'", what, before, after));
    };
    compare("name", before_.document.name, after_.document.name);
    compare("type", before_.document.type, after_.document.type);
    const auto contract = [](const Document& document) {
      const json::Value* settings =
          document.content.IsObject() ? document.content.AsObject().Find("Settings") : nullptr;
      return settings == nullptr ? std::string() : json::Write(*settings);
    };
    if (contract(before_.document) != contract(after_.document)) {
      Say(ChangeKind::kChanged, kNoAction, kNoAction, "Settings", "the module's contract changed");
    }
    if (before_.start == kNoAction || after_.start == kNoAction) return;
    if (!Leads(before_.start, after_.start)) {
      Say(ChangeKind::kChanged, before_.start, after_.start, "StartAction",
          fmt::format("the flow now begins with {} (was: {})", after_words_.NameOf(after_.start),
                      before_words_.NameOf(before_.start)));
    }
  }

  // Whether both lead to the same action in the end, new and removed ones in between left out:
  // those are said by themselves.
  bool Leads(std::size_t before, std::size_t after) const {
    std::set<std::size_t> ways{before};
    std::size_t at = before;
    while (matching_.after_of[at] == kNoAction) {
      at = TargetOf(before_.out[at], "next");
      if (at == kNoAction || !ways.insert(at).second) break;
    }
    std::set<std::size_t> seen;
    for (std::size_t to = after; to != kNoAction; to = TargetOf(after_.out[to], "next")) {
      const std::size_t was = matching_.before_of[to];
      if (was != kNoAction) return ways.contains(was);
      if (!seen.insert(to).second) return false;
    }
    return false;
  }

  void CompareParameters(std::size_t before, std::size_t after) {
    const Action& now = After(after);
    for (const ParameterChange& one : DiffParameters(Before(before), now)) {
      std::string path = "Parameters." + one.path;
      if (now.Is("UpdateContactTargetQueue") && one.path == "QueueId") {
        SayEffect(before, after, std::move(path));
        continue;
      }
      const std::string was =
          one.before ? before_words_.Value(Before(before), path, *one.before) : "";
      const std::string is = one.after ? after_words_.Value(now, path, *one.after) : "";
      if (was == is && one.before && one.after && was.empty()) continue;
      std::string sentence = fmt::format("{}: {}", after_words_.NameOf(after),
                                         ChangeWords(ParameterWords(one.path), one.path, was, is));
      Say(ChangeKind::kChanged, before, after, std::move(path), std::move(sentence));
    }
  }

  // Another queue: what callers notice of it.
  void SayEffect(std::size_t before, std::size_t after, std::string path) {
    std::string way = after_words_.WayTo(after);
    if (way.empty()) way = after_words_.NameOf(after);
    Say(ChangeKind::kChanged, before, after, std::move(path),
        fmt::format("{}: {}", way,
                    Instead(before_words_.EffectOf(before), after_words_.EffectOf(after))));
  }

  static std::string Instead(const Effect& before, const Effect& after) {
    if (before.verb == after.verb && !before.object.empty())
      return fmt::format("now {} instead of {}", after.Text(), before.object);
    return fmt::format("now {} (was: {})", after.Text(), before.Text());
  }

  void CompareBranches(std::size_t before, std::size_t after) {
    const std::vector<Edge>& lefts = before_.out[before];
    const std::vector<Edge>& rights = after_.out[after];
    for (const Edge& right : rights) {
      if (right.label == "next" && IsMirrored(rights, right.action)) continue;
      const std::size_t was = TargetOf(lefts, right.label);
      const Effect now = after_words_.EffectOf(right.action);
      if (was == kNoAction) {
        SayBranch(before, after, right.label, fmt::format("now {} (a new branch)", now.Text()));
      } else if (!Leads(was, right.action)) {
        SayBranch(before, after, right.label, Instead(before_words_.EffectOf(was), now));
      }
    }
    for (const Edge& left : lefts) {
      if (TargetOf(rights, left.label) != kNoAction) continue;
      if (left.label == "next" && IsMirrored(lefts, left.action)) continue;
      SayBranch(before, after, left.label,
                fmt::format("no longer {}", before_words_.EffectOf(left.action).Text()));
    }
  }

  // The console repeats a branch as NextAction.
  static bool IsMirrored(const std::vector<Edge>& edges, std::size_t target) {
    return std::ranges::any_of(
        edges, [&](const Edge& edge) { return edge.label != "next" && edge.action == target; });
  }

  void SayBranch(std::size_t before, std::size_t after, const std::string& label,
                 std::string_view what) {
    const std::string words = BranchWords(After(after), label);
    const std::string name = after_words_.NameOf(after);
    Say(ChangeKind::kChanged, before, after, "Transitions: " + label,
        label == "next" ? fmt::format("after {}: {}", name, what)
                        : fmt::format("{} of {}: {}", words, name, what));
  }

  void SayAdded(std::size_t at) {
    const std::string way = after_words_.WayTo(at);
    Say(ChangeKind::kAdded, kNoAction, at, {},
        fmt::format("new: {} {}{}", after_words_.NameOf(at), after_words_.EffectOf(at).Text(),
                    way.empty() ? "" : ", " + way));
  }

  void SayCutOff(std::size_t before, std::size_t after) {
    Say(ChangeKind::kChanged, before, after, "Transitions",
        fmt::format("no path leads to {} any more", after_words_.NameOf(after)));
  }

  void SayRemoved(std::size_t at) {
    Say(ChangeKind::kRemoved, at, kNoAction, {},
        fmt::format("gone: {} {}", before_words_.NameOf(at), before_words_.EffectOf(at).Text()));
  }

  const Side before_;
  const Side after_;
  const Matching matching_;
  const Words before_words_;
  const Words after_words_;
  const std::vector<bool> was_reached_;
  const std::vector<bool> is_reached_;
  std::vector<FlowChange> changes_;
};

}  // namespace

std::vector<FlowChange> DiffFlows(const Document& before, const Document& after) {
  return Differ(before, after).Run();
}

}  // namespace trunkline::flow
