// Push: what a push event says about a branch, and whether it says everything.
//
// Source: GitHub's push event (aws-platform facts, 7.3): at most 2048 commits, of each at most 3000
// paths; merges and forced pushes may leave commits without paths although files changed.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::functions::router {

// First parts of paths: folders as "amzconnect-instance/", files at the top as "trunkline.json".
using Tops = std::set<std::string, std::less<>>;

std::string TopOf(std::string_view path);

struct Push {
  std::string repository;  // "owner/name"
  std::string ref;         // "refs/heads/feature/x"
  std::string before;      // a commit; all zeros: the branch is new
  std::string after;       // all zeros: it was deleted
  bool created = false;
  bool deleted = false;
  bool forced = false;
  std::int64_t pushed = 0;     // when GitHub took it, in seconds since 1970; 0: it does not say
  std::int64_t committed = 0;  // the head commit's time; 0: it does not say
  Tops tops;                   // of all paths that were added, removed or modified
  std::string incomplete;      // why `tops` may lack some; empty: it is all

  std::string_view branch() const;  // empty: not a branch
};

// Every mistake names the member and what was expected.
Result<Push> ReadPush(const json::Object& payload);

// The same for the same push, whatever hook, content type or X-GitHub-Delivery it comes with. All
// of it stands in the signed body, as that header does not.
std::string KeyOf(const Push& push);

}  // namespace trunkline::functions::router
