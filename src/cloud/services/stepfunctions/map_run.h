// Map runs: the way of a distributed Map state. Its items are read, each (or each batch) becomes an
// execution of its own, and their outputs are joined or written to S3.
//
// The map run's record holds the inputs of all children, so that a run goes on after a restart:
// children that were started are found by their parent, the others are still to be started.
#pragma once

#include <string>
#include <vector>

#include "cloud/services/stepfunctions/map_call.h"

namespace trunkline::cloud::stepfunctions {

// From reading the items to the end; tells the execution.
net::aw<void> PerformMapRun(WaitContext context, MapCall call);

// Up to the point where children can be started (map_run_begin.cpp): the map run's ARN, or nothing
// when the execution does not wait for it any more. Goes on where it was after a restart.
Outcome<std::string> BeginMapRun(const WaitContext& context, const MapCall& call);

// The items of an ItemReader, from S3 (item_reader.cpp). `parameters` are filled in.
Outcome<json::Array> ReadItems(const WaitContext& as_role, const json::Object& reader,
                               const json::Value& parameters, std::int64_t most, bool jsonata);

// Writes the children's results as the state's ResultWriter says (result_writer.cpp): the Map's
// result.
net::aw<Outcome<>> WriteResults(WaitContext as_role, json::Object writer, json::Value parameters,
                                json::Object map_run, std::vector<json::Object> children);

// Ends a map run whose execution is gone: running children are aborted.
void AbortMapRun(Context& context, const std::string& map_run_arn);

}  // namespace trunkline::cloud::stepfunctions
