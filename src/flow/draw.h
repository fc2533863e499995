// A flow as a picture: boxes with what people know them by, and arrows between them. Making the
// picture and writing it as text for Graphviz or Mermaid is here; app/flow_render.h lets Graphviz
// draw it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "flow/graph.h"

namespace trunkline::flow {

// What an action is for, as colours tell it.
enum class DrawFamily {
  kTalk,    // says, asks, shows
  kSet,     // stores something with the contact
  kBranch,  // only decides where to go on
  kCall,    // asks another service
  kLeave,   // hands the contact over, or ends
};

// In a picture of two versions, or of what calls went through.
enum class DrawMark { kSame, kAdded, kRemoved, kChanged, kTaken, kMissed };

struct DrawnArrow {
  std::size_t to;  // position in Drawing::boxes
  DrawMark mark = DrawMark::kSame;
};

struct DrawnBranch {
  std::string text;  // "on digit 1"; "then" for NextAction
  bool is_error = false;
  std::vector<DrawnArrow> arrows;  // two where the versions differ
};

struct DrawnPoint {
  double x = 0;  // to the right
  double y = 0;  // down
};

struct DrawnBox {
  std::string block;               // "Play prompt", as the console calls it
  std::string name;                // the identifier, where a person chose it
  std::vector<std::string> lines;  // what it says, asks, calls; shortened
  DrawFamily family = DrawFamily::kTalk;
  DrawMark mark = DrawMark::kSame;
  bool is_reached = true;                // some path leads here
  std::optional<DrawnPoint> position{};  // of its upper left corner on the console's canvas
  std::vector<DrawnBranch> branches{};
};

struct Drawing {
  std::string title;  // "ACME_Main (CONTACT_FLOW)"
  std::vector<DrawnBox> boxes;
  std::optional<std::size_t> start;  // a box
  bool is_diff = false;
  bool is_walked = false;  // marked with what calls went through
};

// Branches of one action that lead to the same place on different errors are one. NextAction is
// left out where the console only repeats another branch there.
Drawing DrawFlow(const Document& document);

// What calls went through, by the position of the action in the document.
struct Walked {
  std::vector<bool> actions;
  std::function<bool(std::size_t action, EdgeKind kind, std::size_t branch)> is_taken;
};
// The flow with what was run and taken marked, and what was not.
Drawing DrawWalked(const Document& document, const Walked& walked);

// Both versions in one picture: the later one, with what is gone added to it. flow/diff/match.h
// says which action is which.
Drawing DrawDiff(const Document& before, const Document& after);

enum class DrawLayout {
  kConsole,  // every box where the console has it: for `neato -n2`
  kFlow,     // from left to right by the arrows: for `dot`
};

// Whether every box has a place on the console's canvas, and they can be spread so that none covers
// another.
bool HasConsoleLayout(const Drawing& drawing);
// The console's layout if there is one and there are at most fifty boxes; else kFlow.
DrawLayout BestLayout(const Drawing& drawing);

// Input of Graphviz. All text in it is escaped.
std::string ToDot(const Drawing& drawing, DrawLayout layout);
// A Mermaid flowchart, which Markdown viewers draw themselves.
std::string ToMermaid(const Drawing& drawing);

}  // namespace trunkline::flow
