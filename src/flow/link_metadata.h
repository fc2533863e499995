// Keeps a flow's layout (Metadata) true to its linked parameters: the console shows names and ids
// from there.
#pragma once

#include <string>

#include "base/json.h"
#include "flow/catalogue.h"

namespace trunkline::flow {

// A reference that the linker wrote.
struct Placed {
  std::string action;
  std::string path;  // "Parameters.QueueId", "Parameters.Messages[0].PromptId"
  ResourceKind kind = ResourceKind::kNone;
  std::string name;
  std::string text;          // what stands there now
  bool at_run_time = false;  // it is a reference to $.External
};

// Sets what the action's metadata already has about the resource; adds nothing.
void UpdateMetadata(json::Value& content, const Placed& placed);

// A place in the layout for an action that was put in, if the flow has a layout.
void AddToLayout(json::Value& content, const std::string& action);

}  // namespace trunkline::flow
