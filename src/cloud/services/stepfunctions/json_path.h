// JsonPath: the paths of Amazon States Language: "$.a[0]", "$..name", "$.list[?(@.n > 3)]".
//
// What comes before the first step ("$", "$$", "$variable") is taken off by whoever knows what it
// stands for (scope.h). Names may be in brackets and quotes; an index may be negative; slices,
// unions, wildcards, descent, filters and the function length() are understood, as Step Functions'
// own library does. Limits: 1,024 characters, 64 steps.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::stepfunctions {

struct PathFilter;  // json_path_filter.h

struct PathStep {
  enum class Kind { kNames, kIndices, kSlice, kWildcard, kDescent, kFilter, kLength };
  Kind kind = Kind::kNames;
  std::vector<std::string> names = {};
  std::vector<std::int64_t> indices = {};
  std::optional<std::int64_t> from = {};
  std::optional<std::int64_t> to = {};
  std::shared_ptr<const PathFilter> filter = {};  // shared by copies of a path
};

// What a path leads to. `value` is nothing for a definite path that leads nowhere.
struct PathResult {
  std::optional<json::Value> value;
  bool past_end = false;     // the first thing that is missing is an element of an array
  std::string missing = {};  // in the words of Step Functions: "No results for path: $['a']"
};

class JsonPath {
 public:
  // The steps alone: "", ".a.b", "['x'][0]".
  static Result<JsonPath> Parse(std::string_view steps);

  // Whether it leads to one place at most. An indefinite path leads to an array of what it finds.
  bool definite() const { return definite_; }
  // Names and single indices only: a place that ResultPath may write to.
  bool is_reference() const;
  const std::vector<PathStep>& steps() const { return steps_; }

  PathResult Find(const json::Value& root) const;
  // Everything it matches, in order; pointers into `root`. Nothing: more than 100,000.
  std::optional<std::vector<const json::Value*>> Match(const json::Value& root) const;

 private:
  PathResult FindDefinite(const json::Value& root) const;

  std::vector<PathStep> steps_;
  bool definite_ = true;
};

// Puts `value` at a reference path below `root`, making objects on the way. False: something on the
// way is neither an object nor an array long enough.
bool PutAt(json::Value& root, const JsonPath& path, json::Value value);

}  // namespace trunkline::cloud::stepfunctions
