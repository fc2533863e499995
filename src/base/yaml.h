// Reads YAML into json::Value: CloudFormation templates, buildspecs.
//
// One document; its values know their byte offset in the text, as those of base/json_read.h do.
// What a plain scalar means follows JSON, not YAML 1.1: `yes`, `on`, `0123`, `0x1f`, `12:30` and
// dates are texts, as CloudFormation reads them; null, ~, true, false and decimal numbers are
// themselves. A duplicate key is an error. Keys that are not texts are written as texts (`200:` is
// "200"). Aliases cannot explode: what they stand for is counted as if it had been written out.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::yaml {

struct ReadOptions {
  // What a node with a local tag ("!Sub", given as "Sub") becomes. Null: such tags are errors.
  std::function<Result<json::Value>(std::string_view tag, json::Value value)> local_tag;
  bool aliases = false;  // anchors, aliases and merge keys (<<); without it they are errors
  std::size_t max_nodes = 200'000;
  int max_depth = 100;
};

// The message of an error has the form "<what>, at line 3 column 7".
Result<json::Value> Parse(std::string_view text, const ReadOptions& options = {});

}  // namespace trunkline::yaml
