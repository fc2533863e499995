#include "cloud/services/cloudformation/stacks/stack_record.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/arn.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kMaxNameLengthOfStack = 128;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Members of an input that the stack keeps as they are.
constexpr std::string_view kKept[] = {"RollbackConfiguration", "TimeoutInMinutes", "RoleARN",
                                      "RetainExceptOnCreate"};

void KeepMembers(const json::Object& input, json::Object& body) {
  for (const std::string_view member : kKept) {
    if (const json::Value* value = input.Find(member)) body.Set(member, *value);
  }
}

void SetIfAny(std::string_view member, const json::Array& list, json::Object& shown) {
  if (!list.empty()) shown.Set(member, list);
}

}  // namespace

Answer<void> CheckName(std::string_view name, std::string_view member, std::string_view pattern) {
  const bool form =
      !name.empty() && IsLetter(name.front()) && std::all_of(name.begin(), name.end(), [](char c) {
        return IsLetter(c) || (c >= '0' && c <= '9') || c == '-';
      });
  if (!form) {
    return ValidationError(
        fmt::format("1 validation error detected: Value '{}' at '{}' failed to satisfy constraint: "
                    "Member must satisfy regular expression pattern: {}",
                    name, member, pattern));
  }
  if (name.size() > kMaxNameLengthOfStack) {
    return ValidationError(
        fmt::format("1 validation error detected: Value '{}' at '{}' failed to satisfy constraint: "
                    "Member must have length less than or equal to 128",
                    name, member));
  }
  return {};
}

Answer<void> CheckStackName(std::string_view name) {
  return CheckName(name, "stackName", "[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*");
}

Answer<void> CheckRollbackTriggers(const json::Object& input) {
  for (const json::Value& item :
       input.GetObject("RollbackConfiguration").GetArray("RollbackTriggers")) {
    const json::Object& trigger = item.AsObject();
    const std::string_view type = trigger.GetString("Type");
    if (type != "AWS::CloudWatch::Alarm" && type != "AWS::CloudWatch::CompositeAlarm")
      return ValidationError("Rollback Trigger Type not supported");
    const auto arn = ParseArn(trigger.GetString("Arn"));
    if (!arn || arn->service != "cloudwatch" || !arn->resource.starts_with("alarm:"))
      return ValidationError("RelativeId of a Rollback Trigger's ARN is incorrect");
  }
  return {};
}

void PutNewStack(Context& context, const StackIdentity& stack, const json::Object& input,
                 const StackParent& parent) {
  const std::string_view on_failure = input.GetString("OnFailure");
  json::Object body{
      {"StackId", stack.id},
      {"StackName", stack.name},
      {"CreationTime", Timestamp(context)},
      {"DisableRollback", input.GetBool("DisableRollback") || on_failure == "DO_NOTHING"},
      {"EnableTerminationProtection", input.GetBool("EnableTerminationProtection")}};
  KeepMembers(input, body);
  body.SetIfNotEmpty("ParentId", parent.parent_id);
  body.SetIfNotEmpty("RootId", parent.root_id);
  context.store.Put(
      context.RegionScope(), kStack,
      {.id = stack.id, .parent = std::string(kLive), .name = stack.name, .body = std::move(body)});
}

void AdoptRevision(Context& context, const StackIdentity& stack, const json::Object& input,
                   const std::string& revision_id, const json::Object& revision) {
  UpdateStackRecord(context, stack.id, [&](json::Object& body) {
    KeepMembers(input, body);
    body.Set("Revision", revision_id);
    body.Set("NotificationARNs", revision.GetArray("NotificationARNs"));
  });
}

json::Object ShowStack(Context& context, const Record& stack) {
  json::Object shown;
  for (const char* member :
       {"StackId", "StackName", "ChangeSetId", "CreationTime", "DeletionTime", "LastUpdatedTime",
        "RollbackConfiguration", "StackStatus", "StackStatusReason", "DisableRollback",
        "NotificationARNs", "TimeoutInMinutes", "RoleARN", "EnableTerminationProtection",
        "ParentId", "RootId", "RetainExceptOnCreate", "DeletionMode", "LastOperations"}) {
    if (const json::Value* value = stack.body.Find(member)) shown.Set(member, *value);
  }
  // What is gone is neither protected nor made by a change set (seen).
  if (StatusOf(stack) == "DELETE_COMPLETE") {
    shown.Remove("ChangeSetId");
    shown.Remove("EnableTerminationProtection");
  }
  const json::Object revision = FindRevision(context, stack.body.GetString("Revision"));
  SetIfAny("Outputs", stack.body.GetArray("Outputs"), shown);
  SetIfAny("Parameters", ShownParameters(revision.GetArray("Parameters")), shown);
  SetIfAny("Capabilities", revision.GetArray("Capabilities"), shown);
  shown.Set("Tags", revision.GetArray("Tags"));
  if (!shown.Has("NotificationARNs")) shown.Set("NotificationARNs", json::Array());
  shown.SetIfNotEmpty("Description", revision.GetString("Description"));
  if (!shown.Has("RollbackConfiguration")) shown.Set("RollbackConfiguration", json::Object());
  json::Object drift{{"StackDriftStatus", "NOT_CHECKED"}};
  if (const json::Value* checked = stack.body.Find("DriftInformation")) drift = checked->AsObject();
  shown.Set("DriftInformation", std::move(drift));
  return shown;
}

}  // namespace trunkline::cloud::cloudformation
