// MapCall: a map run as the runner sees it: which Map state of which execution waits for it.
#pragma once

#include <functional>
#include <string>

#include "cloud/services/stepfunctions/executions.h"
#include "cloud/services/stepfunctions/tasks.h"
#include "cloud/wait.h"

namespace trunkline::cloud::stepfunctions {

struct MapCall {
  std::string execution;
  int strand = 0;
  int call = 0;
  std::string role;
  std::string session;
};

TaskRole RoleOf(const MapCall& call);

// A look at the Map state from within a transaction: the interpreter of its run.
using MapWork =
    std::function<Outcome<void>(Context&, Run&, Interpreter&, const json::Object& state)>;

// Runs `work` while the execution still waits for the call; false: it does not any more.
Outcome<bool> WithMap(const WaitContext& context, const MapCall& call, const MapWork& work);

void TellMap(const WaitContext& context, const MapCall& call, const StepEvent& event);

// The map run of the Map state; nothing: it is gone.
const Record* FindMapRun(Context& context, const Run& run, const MapCall& call);

// Parameters or Arguments of a reader or a writer.
json::Value TemplateOf(const json::Object& holder);

}  // namespace trunkline::cloud::stepfunctions
