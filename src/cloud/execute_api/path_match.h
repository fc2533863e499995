// Paths of routes and resources ("/pets/{id}", "/files/{rest+}") against those of requests.
//
// The most specific one wins (documented): segment by segment, a literal goes before {name}, and
// that before {name+}, which takes all that is left and at least something.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud::execute_api {

// One that fits: higher ranks are more specific. Ranks of matches of the same path compare.
struct PathMatch {
  std::string rank;
  json::Object parameters;
};

// Parameters decoded (HTTP APIs), or as they stand on the wire (REST APIs; seen).
enum class PathText { kDecoded, kRaw };

// `path` as it stands on the wire, encoded. Nothing: it does not fit.
std::optional<PathMatch> MatchPath(std::string_view pattern, std::string_view path,
                                   PathText text = PathText::kDecoded);

// Whether the pattern is one: every {name} is a whole segment, {name+} stands last, no name twice.
bool IsPathPattern(std::string_view pattern);

}  // namespace trunkline::cloud::execute_api
