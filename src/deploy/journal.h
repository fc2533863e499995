// Journal: what a run is about to change, as it was, so that it can be put back when the run fails.
//
// A kind notes a resource before the first call that changes or makes it; ResourceKind::restore
// undoes the notes, the last first.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::deploy {

struct Undo {
  std::string kind;  // of the change that notes it: a row of deploy/list.h
  std::string name;
  json::Object before;  // what that kind's `restore` needs

  std::string Id() const { return kind + ":" + name; }
  // It was not there: what is there now goes.
  bool IsNew() const { return before.Has("new"); }
  // The answer to its creation was lost, or somebody else was faster: whether it is ours shows when
  // it is read again.
  bool IsPerhapsNew() const { return before.Has("perhaps"); }
  // It was there and the run took it away.
  bool IsGone() const { return before.Has("gone"); }
};

struct Journal {
  std::vector<Undo> entries;  // in the order in which things were changed

  // The last note of it; nullptr: none. It moves when another is noted.
  Undo* Find(std::string_view kind, std::string_view name) {
    const auto found = std::find_if(entries.rbegin(), entries.rend(), [&](const Undo& undo) {
      return undo.kind == kind && undo.name == name;
    });
    return found == entries.rend() ? nullptr : &*found;
  }
};

}  // namespace trunkline::deploy
