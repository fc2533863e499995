// Journal: what a run is about to change, as it was, so that it can be put back when the run fails.
//
// A kind that can be put back notes it before it writes. What no kind notes stays as the run left
// it: associations, permissions and new resources harm nobody and are what the next run wants.
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
};

struct Journal {
  std::vector<Undo> entries;  // in the order in which things were changed

  bool Has(std::string_view kind, std::string_view name) const {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const Undo& undo) { return undo.kind == kind && undo.name == name; });
  }
};

}  // namespace trunkline::deploy
