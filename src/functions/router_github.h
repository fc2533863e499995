// What the router asks GitHub: what changed between two commits, and where a branch is.
//
// Source: GitHub's REST API (aws-platform facts, 7.4): a comparison names at most 300 files, from
// where the second commit left the first; renames have `previous_filename`.
#pragma once

#include <string>
#include <string_view>

#include "functions/router_decision.h"
#include "functions/router_session.h"

namespace trunkline::functions::router {

struct Comparison {
  Tops tops;
  bool cut = false;    // there may be more files
  std::string status;  // "ahead", "behind", "diverged", "identical"
};

// An answer of /compare. Errors say what to do: a repository that is not public needs a token.
Result<Comparison> ReadComparison(const net::Response& response);

// Every path that differs, also those that only `base` changed, where it is no ancestor of `head`.
// When GitHub cannot say, every pipeline is concerned, and `all` says why.
net::aw<Changes> ChangesBetween(const Session& session, std::string base, std::string head);

// kNotFound: there is no such branch.
net::aw<Result<std::string>> HeadOf(const Session& session, std::string branch);

}  // namespace trunkline::functions::router
