#include "app/stack_deploy.h"

#include <set>

#include "app/pipelines_advice.h"
#include "base/hash.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kChangeSet = "trunkline";

bool HasEnded(std::string_view status) {
  return !status.ends_with("_IN_PROGRESS");
}

bool WentWell(std::string_view status) {
  return status == "CREATE_COMPLETE" || status == "UPDATE_COMPLETE";
}

// What keeps a stack from being updated, and what to do about it; empty: nothing.
std::string Obstacle(std::string_view status) {
  if (status == "ROLLBACK_COMPLETE" || status == "ROLLBACK_FAILED" || status == "CREATE_FAILED" ||
      status == "DELETE_FAILED")
    return "its creation failed; delete the stack ('aws cloudformation delete-stack'), then try "
           "again";
  if (status == "UPDATE_ROLLBACK_FAILED")
    return "its last update could not be taken back; run 'aws cloudformation "
           "continue-update-rollback', then try again";
  if (status.ends_with("_IN_PROGRESS") && status != "REVIEW_IN_PROGRESS")
    return "somebody else changes it at the moment; try again when that has ended";
  return {};
}

json::Object ChangeSetInput(const StackOrder& order, bool exists) {
  json::Object input{{"StackName", order.name},
                     {"ChangeSetName", kChangeSet},
                     {"ChangeSetType", exists ? "UPDATE" : "CREATE"}};
  if (order.template_url.empty())
    input.Set("TemplateBody", order.template_body);
  else
    input.Set("TemplateURL", order.template_url);
  input.SetIfNotEmpty("RoleARN", order.role_arn);
  json::Array parameters;
  for (const auto& [name, value] : order.parameters)
    parameters.emplace_back(json::Object{{"ParameterKey", name}, {"ParameterValue", value}});
  if (!parameters.empty()) input.Set("Parameters", std::move(parameters));
  json::Array capabilities;
  for (const std::string& one : order.capabilities) capabilities.emplace_back(one);
  if (!capabilities.empty()) input.Set("Capabilities", std::move(capabilities));
  return input;
}

json::Object Named(const std::string& stack) {
  return {{"StackName", stack}, {"ChangeSetName", kChangeSet}};
}

bool SaysNoChanges(std::string_view reason) {
  return reason.find("didn't contain changes") != std::string_view::npos ||
         reason.find("No updates are to be performed") != std::string_view::npos;
}

// What an interrupted run left behind.
net::aw<Result<void>> DropChangeSet(StackWorld& world, std::string stack) {
  json::Object unused = Named(stack);
  const Result<json::Object> dropped =
      co_await world.client.Call("cloudformation", "DeleteChangeSet", std::move(unused));
  if (dropped || dropped.error().code() == "ChangeSetNotFound") co_return Result<void>();
  co_return dropped.error();
}

// Whether there is anything to change; the change set is then ready.
net::aw<Result<bool>> MakeChangeSet(StackWorld& world, const StackOrder& order, bool exists) {
  json::Object input = ChangeSetInput(order, exists);
  TL_CO_DO(co_await world.client.Call("cloudformation", "CreateChangeSet", std::move(input)));
  for (;;) {
    json::Object wanted = Named(order.name);
    TL_CO_TRY(const json::Object change_set,
              co_await world.client.Call("cloudformation", "DescribeChangeSet", std::move(wanted)));
    const std::string status(change_set.GetString("Status"));
    if (status == "CREATE_COMPLETE") co_return true;
    if (status == "FAILED") {
      TL_CO_DO(co_await DropChangeSet(world, order.name));
      const std::string reason(change_set.GetString("StatusReason"));
      if (SaysNoChanges(reason)) co_return false;
      co_return Error(ErrorKind::kInvalid, "stack '{}' cannot be changed: {}", order.name, reason);
    }
    co_await world.timers.Wait(world.poll);
  }
}

// What the events of a stack said since `seen`, oldest first.
class Events {
 public:
  explicit Events(std::string stack) : stack_(std::move(stack)) {}

  // Events that were there before the change are not told.
  net::aw<Result<void>> Skip(aws::Client client) {
    TL_CO_TRY(const json::Array events, co_await Read(client));
    for (const json::Value& event : events) seen_.insert(Id(event));
    co_return Result<void>();
  }

  net::aw<Result<void>> Tell(aws::Client client,
                             const std::function<void(const std::string&)>& tell) {
    TL_CO_TRY(const json::Array events, co_await Read(client));
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
      if (!seen_.insert(Id(*event)).second) continue;
      Note(event->AsObject());
      if (tell) tell(Words(event->AsObject()));
    }
    co_return Result<void>();
  }

  const std::string& first_failure() const { return first_failure_; }

 private:
  static std::string Id(const json::Value& event) {
    return std::string(event.AsObject().GetString("EventId"));
  }
  static std::string Words(const json::Object& event) {
    const std::string_view reason = event.GetString("ResourceStatusReason");
    return fmt::format("{} {}: {}{}{}", event.GetString("ResourceType"),
                       event.GetString("LogicalResourceId"), event.GetString("ResourceStatus"),
                       reason.empty() ? "" : ": ", reason);
  }
  // What was cancelled failed because of something else.
  void Note(const json::Object& event) {
    const std::string_view reason = event.GetString("ResourceStatusReason");
    if (!first_failure_.empty() || !event.GetString("ResourceStatus").ends_with("_FAILED") ||
        reason.starts_with("Resource creation cancelled") ||
        reason.starts_with("Resource update cancelled"))
      return;
    first_failure_ = fmt::format("{} {}: {}", event.GetString("ResourceType"),
                                 event.GetString("LogicalResourceId"), reason);
  }

  net::aw<Result<json::Array>> Read(aws::Client client) {
    json::Object input{{"StackName", stack_}};
    TL_CO_TRY(json::Object answer, co_await client.CallAllPages(
                                       "cloudformation", "DescribeStackEvents", std::move(input)));
    co_return json::Array(answer.GetArray("StackEvents"));
  }

  std::string stack_;
  std::set<std::string> seen_;
  std::string first_failure_;
};

net::aw<Result<StackOutcome>> Follow(StackWorld& world, std::string name, Events& events) {
  for (;;) {
    TL_CO_TRY(const std::optional<json::Object> stack, co_await DescribeStack(world.client, name));
    TL_CO_DO(co_await events.Tell(world.client, world.tell));
    if (!stack) co_return Error(ErrorKind::kNotFound, "stack '{}' is gone", name);
    StackOutcome outcome;
    outcome.changed = true;
    outcome.status = stack->GetString("StackStatus");
    outcome.outputs = OutputsOf(*stack);
    if (WentWell(outcome.status)) co_return outcome;
    if (HasEnded(outcome.status)) {
      std::string why(stack->GetString("StackStatusReason"));
      if (!events.first_failure().empty()) why = events.first_failure();
      const std::string advice = AdviceFor(why);
      co_return Error(ErrorKind::kInvalid, "stack '{}' is {}: {}{}", name, outcome.status, why,
                      advice.empty() ? "" : "; to mend it: " + advice);
    }
    co_await world.timers.Wait(world.poll);
  }
}

}  // namespace

net::aw<Result<void>> PlaceTemplate(aws::Client client, std::string bucket, std::string body,
                                    StackOrder& order) {
  if (body.size() <= kMostTemplateBytes) {
    order.template_body = std::move(body);
    co_return Result<void>();
  }
  const std::string key = fmt::format("templates/{}.template", ToHex(Sha256(body)));
  order.template_url =
      fmt::format("https://{}.s3.{}.amazonaws.com/{}", bucket, client.region(), key);
  json::Object input{{"Bucket", bucket}, {"Key", key}, {"Body", std::move(body)}};
  TL_CO_DO(co_await client.Call("s3", "PutObject", std::move(input)));
  co_return Result<void>();
}

std::map<std::string, std::string> OutputsOf(const json::Object& stack) {
  std::map<std::string, std::string> outputs;
  for (const json::Value& output : stack.GetArray("Outputs")) {
    outputs.emplace(output.AsObject().GetString("OutputKey"),
                    output.AsObject().GetString("OutputValue"));
  }
  return outputs;
}

net::aw<Result<std::optional<json::Object>>> DescribeStack(aws::Client client, std::string name) {
  json::Object input{{"StackName", name}};
  Result<json::Object> answer =
      co_await client.Call("cloudformation", "DescribeStacks", std::move(input));
  if (!answer) {
    // The service's word for a stack that is not there (documented by its own CLI).
    const bool missing = answer.error().code() == "ValidationError" &&
                         answer.error().message().find("does not exist") != std::string::npos;
    if (missing) co_return std::optional<json::Object>();
    co_return std::move(answer).error();
  }
  const json::Array& stacks = answer->GetArray("Stacks");
  if (stacks.empty()) co_return std::optional<json::Object>();
  co_return std::optional<json::Object>(stacks.front().AsObject());
}

net::aw<Result<StackOutcome>> DeployStack(StackWorld& world, StackOrder order) {
  TL_CO_TRY(const std::optional<json::Object> before,
            co_await DescribeStack(world.client, order.name));
  const std::string status(before ? before->GetString("StackStatus") : std::string_view());
  const bool exists = before && status != "REVIEW_IN_PROGRESS";
  if (const std::string obstacle = Obstacle(status); !obstacle.empty())
    co_return Error(ErrorKind::kConflict, "stack '{}' is {}: {}", order.name, status, obstacle);
  Events events(order.name);
  if (exists) TL_CO_DO(co_await events.Skip(world.client));
  if (before) TL_CO_DO(co_await DropChangeSet(world, order.name));
  TL_CO_TRY(const bool changes, co_await MakeChangeSet(world, order, exists));
  if (!changes) {
    StackOutcome outcome;
    outcome.status = status;
    if (before) outcome.outputs = OutputsOf(*before);
    co_return outcome;
  }
  json::Object execute = Named(order.name);
  TL_CO_DO(co_await world.client.Call("cloudformation", "ExecuteChangeSet", std::move(execute)));
  co_return co_await Follow(world, order.name, events);
}

}  // namespace trunkline::app
