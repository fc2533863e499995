// The two state machines. Steps, answers and errors: docs/instance-workflow.md.
//
// A loop has two ways out: the status it waits for, and the machine's time limit, which ends the
// execution as TIMED_OUT; a pipeline takes whatever is not SUCCEEDED for a failure.
#include <fmt/format.h>

#include "base/text.h"
#include "stacks/policy.h"
#include "stacks/target_stacks.h"

namespace trunkline::stacks {
namespace {

constexpr int kTimeLimit = 3600;  // seconds, of an execution
constexpr int kStepSeconds = 65;  // the instance function's own limit is 60
constexpr int kProvisionSeconds = 905;
constexpr int kPause = 5;  // while Amazon Connect makes an instance: it takes a minute or two
constexpr int kFirstPause = 1;

struct Case {
  std::string_view status;
  std::string_view next;
};

// What passes by itself, in minutes.
json::Object RetryWhatPasses() {
  return {
      {"ErrorEquals", json::Array{"throttled", "unreached", "Lambda.ServiceException",
                                  "Lambda.SdkClientException", "Lambda.TooManyRequestsException"}},
      {"IntervalSeconds", 2},
      {"BackoffRate", 2},
      {"MaxAttempts", 8},
      {"JitterStrategy", "FULL"}};
}

// Twice, within three seconds. A function that was cut short goes on where it was. And
// AWSLambdaException is all that Lambda refuses without a name of its own: above all a role that
// may not invoke the function, which no waiting mends but that of a role made seconds ago.
json::Object RetryAtOnce() {
  return {{"ErrorEquals",
           json::Array{"Runtime.ExitError", "Lambda.Unknown", "Lambda.AWSLambdaException"}},
          {"IntervalSeconds", 1},
          {"BackoffRate", 2},
          {"MaxAttempts", 2}};
}

// What the function itself says (docs/instance-workflow.md), or Lambda of its end: the cause is
// JSON then, of which people want the sentence.
json::Object CatchWhatItSays() {
  return {{"ErrorEquals", json::Array{"throttled", "unreached", "invalid", "not found", "denied",
                                      "conflict", "Runtime.ExitError", "Sandbox.Timedout"}},
          {"ResultPath", "$.problem"},
          {"Next", "Told"}};
}

json::Object Payload(std::string_view step) {
  json::Object payload;
  payload.SetIfNotEmpty("step", step);
  for (const std::string_view member : {"bucket", "key", "environment", "commit"})
    payload.Set(fmt::format("{}.$", member), fmt::format("$.{}", member));
  if (step == "create") payload.Set("execution.$", "$$.Execution.Name");
  return payload;
}

// Its answer is at $.answer.Payload, beside the input that the next step needs.
json::Object Invoke(std::string_view step, std::string_view next, int seconds) {
  json::Object parameters{{"FunctionName", "${FunctionArn}"}};
  parameters.Set("Payload", Payload(step));
  json::Object state{{"Type", "Task"}, {"Resource", "arn:aws:states:::lambda:invoke"}};
  state.Set("Parameters", std::move(parameters));
  state.Set("ResultPath", "$.answer");
  state.Set("TimeoutSeconds", seconds);
  state.Set("Retry", List({RetryWhatPasses(), RetryAtOnce()}));
  state.Set("Catch", List({CatchWhatItSays()}));
  state.Set("Next", next);
  return state;
}

// Any other status ends the workflow.
json::Object Decide(std::initializer_list<Case> cases) {
  json::Array choices;
  for (const Case& one : cases) {
    choices.emplace_back(json::Object{
        {"Variable", "$.answer.Payload.status"}, {"StringEquals", one.status}, {"Next", one.next}});
  }
  return {{"Type", "Choice"}, {"Choices", std::move(choices)}, {"Default", "Failed"}};
}

json::Object Wait(int seconds) {
  return {{"Type", "Wait"}, {"Seconds", seconds}, {"Next", "Describe"}};
}

// A step that is called until it has nothing left to do.
void AddStep(json::Object& states, std::string_view name, std::string_view next) {
  const std::string decided = fmt::format("{}Done", name);
  states.Set(name, Invoke(ToLower(name), decided, kStepSeconds));
  states.Set(decided, Decide({{"DONE", next}, {"AGAIN", name}}));
}

json::Object Failed(std::string_view error, std::string_view cause_path) {
  return {{"Type", "Fail"}, {"Error", error}, {"CausePath", cause_path}};
}

// Where CatchWhatItSays leads.
void AddWhatItSays(json::Object& states) {
  json::Object read{{"Type", "Pass"}};
  read.Set("Parameters", json::Object{{"said.$", "States.StringToJson($.problem.Cause)"},
                                      {"error.$", "$.problem.Error"}});
  read.Set("Next", "NotDone");
  states.Set("Told", std::move(read));
  states.Set("NotDone",
             json::Object{
                 {"Type", "Fail"}, {"ErrorPath", "$.error"}, {"CausePath", "$.said.errorMessage"}});
}

json::Object Machine(std::string_view comment, std::string_view start, json::Object states) {
  json::Object machine{{"Comment", comment}, {"StartAt", start}, {"TimeoutSeconds", kTimeLimit}};
  machine.Set("States", std::move(states));
  return machine;
}

}  // namespace

json::Object InstanceMachine() {
  json::Object states;
  states.Set("Find", Invoke("find", "Found", kStepSeconds));
  states.Set("Found",
             Decide({{"ACTIVE", "Bucket"}, {"CREATION_IN_PROGRESS", "Pause"}, {"NONE", "Create"}}));
  states.Set("Create", Invoke("create", "Created", kStepSeconds));
  states.Set("Created", Decide({{"ACTIVE", "Bucket"}, {"CREATION_IN_PROGRESS", "Look"}}));
  // The embedded cloud has made it then; AWS takes a minute or two.
  states.Set("Look", Wait(kFirstPause));
  states.Set("Pause", Wait(kPause));
  states.Set("Describe", Invoke("describe", "Described", kStepSeconds));
  states.Set("Described", Decide({{"ACTIVE", "Bucket"}, {"CREATION_IN_PROGRESS", "Pause"}}));
  AddStep(states, "Bucket", "Storage");
  AddStep(states, "Storage", "Queues");
  AddStep(states, "Queues", "Parameters");
  AddStep(states, "Parameters", "Done");
  states.Set("Done", json::Object{{"Type", "Succeed"}, {"OutputPath", "$.answer.Payload"}});
  states.Set("Failed", Failed("InstanceNotDelivered", "$.answer.Payload.statusReason"));
  AddWhatItSays(states);
  return Machine("Makes the Amazon Connect instance of a Region and keeps it as the center says.",
                 "Find", std::move(states));
}

json::Object ProvisionMachine() {
  json::Object delivered{{"Variable", "$.answer.Payload.ok"}, {"BooleanEquals", true}};
  delivered.Set("Next", "Done");
  json::Object decide{{"Type", "Choice"}};
  decide.Set("Choices", List({delivered}));
  decide.Set("Default", "Failed");
  json::Object states;
  states.Set("Provision", Invoke("", "Provisioned", kProvisionSeconds));
  states.Set("Provisioned", std::move(decide));
  states.Set("Done", json::Object{{"Type", "Succeed"}, {"OutputPath", "$.answer.Payload"}});
  states.Set("Failed", Failed("FlowsNotDelivered", "$.answer.Payload.message"));
  AddWhatItSays(states);
  return Machine("Delivers the flows of a commit to the instance of its Region.", "Provision",
                 std::move(states));
}

}  // namespace trunkline::stacks
