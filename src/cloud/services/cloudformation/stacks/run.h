// Run: one operation of a stack under way, in memory. Everything it needs after a restart is in the
// store; the run is made again from there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cloud/services/cloudformation/resource_type.h"
#include "cloud/services/cloudformation/stacks/resources.h"
#include "cloud/services/cloudformation/stacks/revision.h"
#include "cloud/wait.h"

namespace trunkline::cloud::cloudformation {

struct Run {
  explicit Run(WaitContext as_caller) : context(std::move(as_caller)) {}

  WaitContext context;  // as the stack's caller or service role
  StackIdentity stack;
  std::string operation_id;
  json::Object operation;  // its record's body, as it was when the run began
  json::Array tags;        // for resources: the stack's and aws:cloudformation:*
  Revision target;         // of what is being carried out; without a document when deleting
  Scope masked;            // the target's scope with NoEcho parameters as "****"
  bool gives_up = false;   // a resource failed, or the operation was cancelled
  std::string cancelled;   // why it was, or empty
  std::string problem;     // what failed beyond single resources: an output, an export

  bool created() const { return operation.GetString("Kind") == "CREATE"; }
};
using RunPointer = std::shared_ptr<Run>;  // shared by the coroutines of its resources

// The run of the stack's operation, restored from the store.
Answer<RunPointer> LoadRun(const WaitContext& context, const std::string& stack_id,
                           const std::string& operation_id);
// Sets the revision that is carried out.
Answer<void> SetTarget(Run& run, std::string_view revision_id);

// Whether nothing new may begin; looks for a cancellation too.
bool ShouldStop(Run& run);

// The order of one resource, with dynamic references resolved. The error is a reason to fail.
Answer<ResourceOrder> MakeOrder(Run& run, const json::Object& body, const json::Object& wanted,
                                std::string_view token);
// Texts of dynamic references as they are now.
Answer<json::Object> ResolveDynamicIn(const Run& run, const json::Object& properties);

// The reason of a failed resource's event.
std::string FailureReason(const ResourceType& type, const ServiceError& error,
                          std::string_view token);
// "The following resource(s) failed to create: [A, B]. " for the resources with that status.
std::string FailedResources(Context& context, const Run& run, std::string_view status,
                            std::string_view verb);

}  // namespace trunkline::cloud::cloudformation
