// The children of a map run: what each is given, and the execution that it is.
#pragma once

#include <string_view>
#include <vector>

#include "cloud/services/stepfunctions/executions.h"

namespace trunkline::cloud::stepfunctions {

struct Children {
  json::Array inputs;
  std::vector<std::int64_t> sizes;  // items in each
};

// Selects each item and puts them into batches, as the Map state says.
Outcome<Children> MakeChildren(Run& run, Interpreter& interpreter, int strand_id,
                               const json::Object& state, const json::Array& items);

// The child at `index` of the map run, not started yet.
NewExecution ChildOf(Context& context, const Record& map_run, const Run& run,
                     const json::Object& state, std::size_t index, std::string_view revision);

}  // namespace trunkline::cloud::stepfunctions
