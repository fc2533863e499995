#include "flow/draw.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/files.h"
#include "base/shown.h"
#include "flow/catalogue.h"
#include "flow/diff/match.h"
#include "flow/diff/parameters.h"
#include "flow/diff/side.h"
#include "flow/diff/words.h"
#include "flow/draw/look.h"
#include "flow/graph.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kShownBranch = 48;

std::string TitleOf(const Document& document) {
  std::string name = document.name.empty() ? FileName(document.file) : document.name;
  if (name.ends_with(".json")) name.resize(name.size() - 5);
  return document.type.empty() ? name : fmt::format("{} ({})", name, document.type);
}

std::optional<DrawnPoint> PositionOf(const Document& document, const std::string& id) {
  const json::Object& layout =
      document.content.AsObject().GetObject("Metadata").GetObject("ActionMetadata");
  const json::Object& position = layout.GetObject(id).GetObject("position");
  if (!position.Has("x") || !position.Has("y")) return std::nullopt;
  return DrawnPoint{.x = position.GetDouble("x"), .y = position.GetDouble("y")};
}

// Where the console only repeats another branch as NextAction, which then never counts.
bool RepeatsAnotherBranch(const Action& action, const std::vector<Edge>& edges,
                          std::size_t target) {
  const ActionKind* kind = FindActionKind(action.type);
  const bool leaves = action.type.starts_with("Transfer") || action.type.starts_with("Dequeue");
  const bool may_repeat =
      leaves || (kind != nullptr && FindResultRule(*kind, action.parameters) != nullptr);
  return may_repeat && std::ranges::any_of(edges, [&](const Edge& edge) {
           return edge.label != "next" && edge.action == target;
         });
}

// The rest of a comparison is a way like the others; where a person was asked it is not.
bool IsError(const Action& action, std::string_view label) {
  if (label == "error NoMatchingCondition") return FamilyOf(action) != DrawFamily::kBranch;
  return label.starts_with("error ");
}

DrawnBranch BranchOf(const Action& action, const std::string& label) {
  return {.text = Shown(BranchWords(action, label), kShownBranch),
          .is_error = IsError(action, label),
          .arrows = {}};
}

bool HaveSameArrows(const DrawnBranch& left, const DrawnBranch& right) {
  return std::ranges::equal(left.arrows, right.arrows, [](const auto& a, const auto& b) {
    return a.to == b.to && a.mark == b.mark;
  });
}

// "on silence, anything else, error"
void MergeErrors(std::vector<DrawnBranch>& branches) {
  std::vector<DrawnBranch> merged;
  for (DrawnBranch& branch : branches) {
    const auto same = std::ranges::find_if(merged, [&](const DrawnBranch& one) {
      return one.is_error && branch.is_error && HaveSameArrows(one, branch);
    });
    if (same == merged.end()) {
      merged.push_back(std::move(branch));
    } else {
      const std::string_view text = branch.text;
      same->text += ", ";
      same->text += text.starts_with("on ") ? text.substr(3) : text;
    }
  }
  branches = std::move(merged);
}

class Drawer {
 public:
  explicit Drawer(const Document& document)
      : side_(document), words_(side_), reached_(Graph(document).Reachable()) {}

  const Side& side() const { return side_; }
  const Words& words() const { return words_; }
  const Action& At(std::size_t at) const { return side_.document.actions[at]; }

  DrawnBox Box(std::size_t at) const {
    const Action& action = At(at);
    return {.block = BlockOf(action),
            .name = IsGeneratedId(action.id) ? std::string() : action.id,
            .lines = LinesOf(words_, action),
            .family = FamilyOf(action),
            .is_reached = reached_[at],
            .position = PositionOf(side_.document, action.id)};
  }

  // The branches that are drawn.
  std::vector<Edge> Edges(std::size_t at) const {
    std::vector<Edge> edges = side_.out[at];
    std::erase_if(edges, [&](const Edge& edge) {
      return edge.label == "next" && RepeatsAnotherBranch(At(at), side_.out[at], edge.action);
    });
    return edges;
  }

 private:
  const Side side_;
  const Words words_;
  const std::vector<bool> reached_;
};

const Edge* FindEdge(const std::vector<Edge>& edges, std::string_view label) {
  const auto found = std::ranges::find(edges, label, &Edge::label);
  return found == edges.end() ? nullptr : &*found;
}

class DiffDrawer {
 public:
  DiffDrawer(const Document& before, const Document& after)
      : matching_(MatchActions(before, after)), before_(before), after_(after) {}

  Drawing Run() {
    Drawing drawing{
        .title = TitleOf(after_.side().document), .boxes = {}, .start = {}, .is_diff = true};
    PlaceRemoved();
    for (std::size_t at = 0; at < after_.side().out.size(); ++at)
      drawing.boxes.push_back(LaterBox(at));
    for (const std::size_t was : removed_) drawing.boxes.push_back(RemovedBox(was));
    if (after_.side().start != kNoAction) drawing.start = after_.side().start;
    return drawing;
  }

 private:
  // Boxes of the later version come first, then what is gone.
  void PlaceRemoved() {
    box_of_before_.resize(before_.side().out.size());
    for (std::size_t was = 0; was < box_of_before_.size(); ++was) {
      const std::size_t is = matching_.after_of[was];
      box_of_before_[was] = is == kNoAction ? after_.side().out.size() + removed_.size() : is;
      if (is == kNoAction) removed_.push_back(was);
    }
  }

  DrawnBox RemovedBox(std::size_t was) const {
    DrawnBox box = before_.Box(was);
    box.mark = DrawMark::kRemoved;
    for (const Edge& edge : before_.Edges(was)) {
      DrawnBranch branch = BranchOf(before_.At(was), edge.label);
      branch.arrows = {{.to = box_of_before_[edge.action], .mark = DrawMark::kRemoved}};
      box.branches.push_back(std::move(branch));
    }
    MergeErrors(box.branches);
    return box;
  }

  DrawnBox LaterBox(std::size_t is) const {
    DrawnBox box = after_.Box(is);
    const std::size_t was = matching_.before_of[is];
    if (was == kNoAction) {
      box.mark = DrawMark::kAdded;
    } else if (std::vector<std::string> changes = Changes(was, is); !changes.empty()) {
      box.mark = DrawMark::kChanged;
      box.lines = std::move(changes);
    }
    const std::vector<Edge> befores = was == kNoAction ? std::vector<Edge>() : before_.Edges(was);
    const std::vector<Edge> afters = after_.Edges(is);
    for (const Edge& edge : afters) {
      DrawnBranch branch = BranchOf(after_.At(is), edge.label);
      branch.arrows = ArrowsOf(edge, FindEdge(befores, edge.label));
      box.branches.push_back(std::move(branch));
    }
    for (const Edge& edge : befores) {
      if (FindEdge(afters, edge.label) != nullptr) continue;
      DrawnBranch branch = BranchOf(before_.At(was), edge.label);
      branch.arrows = {{.to = box_of_before_[edge.action], .mark = DrawMark::kRemoved}};
      box.branches.push_back(std::move(branch));
    }
    MergeErrors(box.branches);
    return box;
  }

  std::vector<DrawnArrow> ArrowsOf(const Edge& after, const Edge* before) const {
    if (before == nullptr) return {{.to = after.action, .mark = DrawMark::kAdded}};
    const std::size_t was = box_of_before_[before->action];
    if (was == after.action) return {{.to = after.action, .mark = DrawMark::kSame}};
    return {{.to = after.action, .mark = DrawMark::kAdded},
            {.to = was, .mark = DrawMark::kRemoved}};
  }

  std::vector<std::string> Changes(std::size_t was, std::size_t is) const {
    std::vector<std::string> lines;
    for (const ParameterChange& one : DiffParameters(before_.At(was), after_.At(is))) {
      const std::string path = "Parameters." + one.path;
      const auto shown = [&](const Drawer& side, std::size_t at, const json::Value* value) {
        return value == nullptr ? std::string() : side.words().Value(side.At(at), path, *value);
      };
      lines.push_back(ChangeWords(ParameterWords(one.path), one.path,
                                  shown(before_, was, one.before), shown(after_, is, one.after)));
    }
    return lines;
  }

  const Matching matching_;
  const Drawer before_;
  const Drawer after_;
  std::vector<std::size_t> box_of_before_;  // by the position in the earlier version
  std::vector<std::size_t> removed_;        // positions in the earlier version
};

DrawMark MarkOf(bool is_walked) {
  return is_walked ? DrawMark::kTaken : DrawMark::kMissed;
}

// Of one version; what was walked is marked when it is known.
Drawing DrawOne(const Document& document, const Walked* walked) {
  const Drawer drawer(document);
  Drawing drawing{
      .title = TitleOf(document), .boxes = {}, .start = {}, .is_walked = walked != nullptr};
  for (std::size_t at = 0; at < document.actions.size(); ++at) {
    DrawnBox box = drawer.Box(at);
    if (walked != nullptr) box.mark = MarkOf(walked->actions[at]);
    for (const Edge& edge : drawer.Edges(at)) {
      DrawnBranch branch = BranchOf(drawer.At(at), edge.label);
      branch.arrows = {{.to = edge.action}};
      if (walked != nullptr)
        branch.arrows.front().mark = MarkOf(walked->is_taken(at, edge.kind, edge.branch));
      box.branches.push_back(std::move(branch));
    }
    MergeErrors(box.branches);
    drawing.boxes.push_back(std::move(box));
  }
  if (drawer.side().start != kNoAction) drawing.start = drawer.side().start;
  return drawing;
}

}  // namespace

Drawing DrawFlow(const Document& document) {
  return DrawOne(document, nullptr);
}

Drawing DrawWalked(const Document& document, const Walked& walked) {
  return DrawOne(document, &walked);
}

Drawing DrawDiff(const Document& before, const Document& after) {
  return DiffDrawer(before, after).Run();
}

}  // namespace trunkline::flow
