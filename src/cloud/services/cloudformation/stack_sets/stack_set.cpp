#include "cloud/services/cloudformation/stack_sets/stack_set.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/random.h"
#include "cloud/callers.h"
#include "cloud/job_kinds.h"
#include "cloud/jobs.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kMaxTargets = 2000;

Answer<void> CheckIdle(Context& context, const Record& set) {
  for (const Record* record :
       context.store.List(context.RegionScope(), kStackSetOperation, set.id)) {
    const std::string_view status = record->body.GetString("Status");
    if (status != "RUNNING" && status != "QUEUED" && status != "STOPPING") continue;
    return ServiceError(
        "OperationInProgressException",
        fmt::format("Another Operation on StackSet {} is in progress: {}",
                    set.body.GetString("StackSetARN"), record->body.GetString("OperationId")));
  }
  return {};
}

json::Array RegionsInOrder(const json::Object& input) {
  json::Array regions = input.GetObject("OperationPreferences").GetArray("RegionOrder");
  for (const json::Value& region : input.GetArray("Regions")) {
    if (std::find(regions.begin(), regions.end(), region) == regions.end())
      regions.push_back(region);
  }
  std::erase_if(regions, [&](const json::Value& region) {
    const json::Array& wanted = input.GetArray("Regions");
    return std::find(wanted.begin(), wanted.end(), region) == wanted.end();
  });
  return regions;
}

}  // namespace

std::string InstanceId(std::string_view set, std::string_view account, std::string_view region) {
  return fmt::format("{}|{}|{}", set, account, region);
}

std::string SetOperationId(std::string_view set, std::string_view operation_id) {
  return fmt::format("{}|{}", set, operation_id);
}

Answer<Record> FindStackSet(Context& context, std::string_view name_or_id) {
  const std::string_view name = name_or_id.substr(0, name_or_id.find(':'));
  const Record* found = context.store.Find(context.RegionScope(), kStackSet, name);
  const bool same =
      found && (name == name_or_id || found->body.GetString("StackSetId") == name_or_id);
  if (same) return *found;
  return ServiceError("StackSetNotFoundException",
                      fmt::format("StackSet {} not found", name_or_id));
}

Answer<json::Array> TargetsOf(const json::Object& input) {
  if (input.Has("DeploymentTargets") &&
      !input.GetObject("DeploymentTargets").GetArray("OrganizationalUnitIds").empty()) {
    return ValidationError(
        "StackSets with service-managed permissions are not implemented by the embedded cloud: "
        "give Accounts");
  }
  json::Array accounts = input.GetArray("Accounts");
  if (accounts.empty()) accounts = input.GetObject("DeploymentTargets").GetArray("Accounts");
  json::Array targets;
  for (const json::Value& region : RegionsInOrder(input)) {
    for (const json::Value& account : accounts) {
      if (!IsAccountId(account.AsString()))
        return ValidationError(fmt::format("{} is not an account id", account.AsString()));
      targets.emplace_back(json::Object{{"Account", account}, {"Region", region}});
    }
  }
  if (targets.empty()) return ValidationError("Accounts and Regions must be specified");
  if (targets.size() > kMaxTargets)
    return ServiceError("LimitExceededException",
                        "An operation takes 2000 stack instances at most");
  return targets;
}

Answer<std::string> StartSetOperation(Context& context, const Record& set, std::string_view action,
                                      json::Array targets, const json::Object& input) {
  TL_DO(CheckIdle(context, set));
  std::string id(input.GetString("OperationId"));
  if (id.empty()) id = NewUuid(context.random);
  const std::string key = SetOperationId(set.id, id);
  if (context.store.Find(context.RegionScope(), kStackSetOperation, key)) {
    return ServiceError("OperationIdAlreadyExistsException",
                        fmt::format("Operation ID {} already exists", id));
  }
  json::Object body{{"OperationId", id},
                    {"StackSetId", set.body.At("StackSetId")},
                    {"Action", action},
                    {"Status", "RUNNING"},
                    {"CreationTimestamp", Timestamp(context)},
                    {"Targets", std::move(targets)},
                    {"Results", json::Array()}};
  for (const char* member :
       {"OperationPreferences", "RetainStacks", "ParameterOverrides", "AdministrationRoleARN"}) {
    if (const json::Value* value = input.Find(member)) body.Set(member, *value);
  }
  body.Set("ExecutionRoleName", set.body.At("ExecutionRoleName"));
  body.Set("AdministrationRoleARN", set.body.At("AdministrationRoleARN"));
  context.store.Put(context.RegionScope(), kStackSetOperation,
                    {.id = key, .parent = set.id, .name = id, .body = std::move(body)});
  json::Object payload{{"Set", set.id}, {"Operation", key}};
  context.jobs.ScheduleAt(context, kRunStackSetJob, std::move(payload), context.Now());
  return id;
}

}  // namespace trunkline::cloud::cloudformation
