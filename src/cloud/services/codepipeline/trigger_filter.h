// Which pushes start a pipeline: the filters of git triggers.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::codepipeline {

// What a push changed.
struct Pushed {
  std::string_view branch;  // one of the two
  std::string_view tag;
  std::span<const std::string> files;
  bool files_complete = true;  // false: every path counts as changed
};

// A glob over names with '/': `*` and `?` stay within a part, `**` does not; {a,b} and [a-z] are
// understood. What cannot be read matches nothing.
bool MatchesGlob(std::string_view pattern, std::string_view text);

// {"includes", "excludes"}: whether one of the texts is included (all are when nothing says which)
// and not excluded.
bool AnyIncluded(const json::Object& criteria, std::span<const std::string> texts);

// A `gitConfiguration`. Without any filter only a push to `default_branch` counts.
bool StartsOnPush(const json::Object& configuration, std::string_view default_branch,
                  const Pushed& push);

}  // namespace trunkline::cloud::codepipeline
