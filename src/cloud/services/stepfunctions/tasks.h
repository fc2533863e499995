// Tasks: the calls that Task states make, as the role of the machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/json.h"
#include "cloud/services/stepfunctions/failure.h"
#include "cloud/services/stepfunctions/resource.h"
#include "cloud/wait.h"

namespace trunkline::cloud::stepfunctions {

// What a call gave. Of a .sync task: `job` names what is waited for.
struct CallResult {
  json::Value output;
  std::string job;
};

// In whose role a task calls: the machine's, or one that the machine's role takes on.
struct TaskRole {
  std::string machine_role;
  std::string task_role;  // of `Credentials`, or empty
  std::string session;
  std::string execution;  // its id; empty in a test of a state
};

// What the operation behind a resource answers with; null: none, or one that is not known.
const aws::Shape* OutputShapeOf(const WaitContext& context, const Resource& resource);

// The same context as the role's session: the way every task calls.
Outcome<WaitContext> AsRole(const WaitContext& context, const TaskRole& role);

// The first call: all there is for a request, the submission of a job or a token's message.
// `origin`: the ARNs of the machine and the execution, which events are sent with.
net::aw<Outcome<CallResult>> CallTask(WaitContext context, Resource resource, json::Value arguments,
                                      json::Array origin);
// Without an execution: of a state that is tested alone.
net::aw<Outcome<CallResult>> CallTask(WaitContext context, Resource resource,
                                      json::Value arguments);

// Waits for the job of a .sync task on the injected clock; its result, or why it failed.
net::aw<Outcome<>> WaitForJob(WaitContext context, Resource resource, std::string job);

// How a job is stopped when nobody waits for it any more: service, operation and input; nothing for
// other tasks.
struct StopCall {
  std::string service;
  std::string operation;
  json::Object input;
};
std::optional<StopCall> StopOf(const json::Object& task);

}  // namespace trunkline::cloud::stepfunctions
