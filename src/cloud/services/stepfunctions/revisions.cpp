#include "cloud/services/stepfunctions/revisions.h"

#include <algorithm>

#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/services/stepfunctions/run.h"
#include "cloud/services/stepfunctions/validate.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Answer<void> CheckDefinition(const json::Object& input, bool express) {
  const json::Value* definition = input.Find("definition");
  if (!definition) return {};
  const std::string errors = JoinErrors(Validate(definition->AsString(), express));
  if (errors.empty()) return {};
  return ServiceError("InvalidDefinition",
                      fmt::format("Invalid State Machine Definition: '{}'", errors));
}

// Whoever may not list log groups is not told whether there is one.
bool IsGone(Context& context, std::string_view group) {
  const auto found =
      context.Call("logs", "DescribeLogGroups", {{"logGroupNamePrefix", group}, {"limit", 50}});
  if (!found) return false;
  return std::ranges::none_of(found->GetArray("logGroups"), [&](const json::Value& one) {
    return one.AsObject().GetString("logGroupName") == group;
  });
}

Answer<void> CheckLogging(Context& context, const json::Object& input) {
  const json::Object& logging = input.GetObject("loggingConfiguration");
  const json::Array& destinations = logging.GetArray("destinations");
  const std::string_view level = logging.GetString("level", "OFF");
  if (level != "OFF" && destinations.empty()) {
    return ServiceError("InvalidLoggingConfiguration",
                        "Invalid Logging Configuration: Must specify exactly one Log Destination.");
  }
  if (destinations.size() > 1) {
    return ServiceError("InvalidLoggingConfiguration",
                        "Invalid Logging Configuration: Must specify exactly one Log Destination.");
  }
  if (destinations.empty()) return {};
  const std::string_view arn =
      destinations.front().AsObject().GetObject("cloudWatchLogsLogGroup").GetString("logGroupArn");
  const std::string prefix =
      fmt::format("arn:aws:logs:{}:{}:log-group:", context.region, context.caller.account);
  if (!arn.starts_with(prefix) || arn.size() == prefix.size()) {
    return ServiceError("InvalidLoggingConfiguration",
                        "Invalid Logging Configuration: Log Destination is not valid.");
  }
  const std::string_view group = arn.substr(prefix.size());
  if (!IsGone(context, group.substr(0, group.find(':')))) return {};
  return ServiceError("InvalidLoggingConfiguration",
                      "Invalid Logging Configuration: Log Destination not found.");
}

// A new machine is told by its name.
access::Deputy For(const Context& context, const json::Object& input) {
  const std::string arn =
      MakeArn(context, "states", fmt::format("stateMachine:{}", input.GetString("name")));
  return {.service = "states.amazonaws.com",
          .source_arn = std::string(input.GetString("stateMachineArn", arn)),
          .source_account = {}};
}

Answer<void> CheckRole(Context& context, const json::Object& input) {
  if (!input.Has("roleArn")) return {};
  const std::string_view arn = input.GetString("roleArn");
  if (!arn.starts_with("arn:aws:iam::")) {
    return ServiceError("InvalidArn", fmt::format("Invalid Role Arn: '{}'", arn));
  }
  if (access::MayActAs(context, For(context, input), arn)) return {};
  return ServiceError("AccessDeniedException",
                      "Neither the global service principal states.amazonaws.com, nor the regional "
                      "one is authorized to assume the provided role.");
}

}  // namespace

Answer<void> CheckMachineInput(Context& context, const json::Object& input, bool express) {
  TL_DO(CheckDefinition(input, express));
  TL_DO(CheckLogging(context, input));
  return CheckRole(context, input);
}

json::Object Revise(const json::Object& input, const json::Object& before, std::string_view type) {
  json::Object body = before;
  for (const std::string_view member : {"definition", "roleArn", "loggingConfiguration",
                                        "tracingConfiguration", "encryptionConfiguration"}) {
    if (const json::Value* value = input.Find(member)) body.Set(member, *value);
  }
  if (!body.Has("loggingConfiguration")) {
    body.Set("loggingConfiguration",
             json::Object{{"level", "OFF"}, {"includeExecutionData", false}});
  }
  json::Object& logging = body["loggingConfiguration"].AsObject();
  if (!logging.Has("level")) logging.Set("level", "OFF");
  if (!logging.Has("includeExecutionData")) logging.Set("includeExecutionData", false);
  if (!body.Has("tracingConfiguration"))
    body.Set("tracingConfiguration", json::Object{{"enabled", false}});
  if (!body.Has("encryptionConfiguration"))
    body.Set("encryptionConfiguration", json::Object{{"type", "AWS_OWNED_KEY"}});
  body.Set("type", type);
  return body;
}

std::string PutRevision(Context& context, const std::string& machine, json::Object revised,
                        std::string_view revision_id) {
  revised.Set("updateDate", ToSeconds(context.Now()));
  revised.Set("revisionId", revision_id);
  if (revision_id.empty()) revised.Remove("revisionId");
  std::string id = fmt::format("{}/{}", machine, NewUuid(context.random));
  context.store.Put(context.RegionScope(), kRevision,
                    {.id = id, .parent = machine, .name = {}, .body = std::move(revised)});
  return id;
}

Record PublishVersion(Context& context, Record& machine, std::string_view description) {
  const Scope scope = context.RegionScope();
  const std::string revision(machine.body.GetString("revision"));
  const std::int64_t newest = machine.body.GetInt("versions");
  const Record* last =
      context.store.Find(scope, kVersion, fmt::format("{}:{}", machine.id, newest));
  if (last && last->body.GetString("revision") == revision) return *last;
  const std::int64_t number = newest + 1;
  machine.body.Set("versions", number);
  constexpr std::int64_t kMost = 999'999'999;
  const std::string arn = fmt::format("{}:{}", machine.body.GetString("stateMachineArn"), number);
  Record version{.id = fmt::format("{}:{}", machine.id, number),
                 .parent = machine.id,
                 .name = fmt::format("{:09}", kMost - number),
                 .body = json::Object{{"stateMachineVersionArn", arn},
                                      {"revision", revision},
                                      {"creationDate", ToSeconds(context.Now())}}};
  version.body.SetIfNotEmpty("description", description);
  context.store.Put(scope, kVersion, version);
  return version;
}

}  // namespace trunkline::cloud::stepfunctions
