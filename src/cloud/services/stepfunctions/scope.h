// PathScope: what the paths and expressions of a state see: "$" its input, "$$" the context object,
// "$name" a variable. Everything outlives the scope.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"
#include "cloud/services/stepfunctions/failure.h"
#include "cloud/services/stepfunctions/json_path.h"

namespace trunkline::cloud::stepfunctions {

struct PathScope {
  const json::Value& input;
  const json::Value& context;
  const json::Object& variables;
  Random& random;
  TimePoint now;
};

// A path taken apart: where it starts, and its steps.
struct RootedPath {
  enum class Root { kInput, kContext, kVariable };
  Root root = Root::kInput;
  std::string variable = {};
  JsonPath path;
};
Result<RootedPath> ParseRooted(std::string_view text);

// Looks the path up. A variable that is not set is a failure; else see PathResult.
Outcome<PathResult> FindPath(const RootedPath& path, const PathScope& scope);

// The value of InputPath, OutputPath and the like: a failure says "Invalid path '$.a' : ...".
Outcome<> RequirePath(std::string_view text, const PathScope& scope);

}  // namespace trunkline::cloud::stepfunctions
