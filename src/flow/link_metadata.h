// A flow's layout (Metadata), from where the console shows the names and ids of resources: read
// from it, and kept true to the linked parameters.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "flow/catalogue.h"
#include "flow/document.h"
#include "flow/symbols.h"

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

// What the console calls a resource that an action names; empty when the layout does not say.
std::string DisplayName(const Document& document, const Reference& reference);

// Whether the layout has an id at this path ("Metadata.queue.id"), and not what the console shows.
bool IsLayoutId(std::string_view path);

// A place in the layout for an action that was put in, if the flow has a layout.
void AddToLayout(json::Value& content, const std::string& action);

}  // namespace trunkline::flow
