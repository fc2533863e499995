#include "cloud/services/cloudformation/stacks/stack_record.h"

#include <algorithm>

#include <fmt/format.h>

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

}  // namespace

Answer<void> CheckStackName(std::string_view name) {
  const bool form =
      !name.empty() && IsLetter(name.front()) && std::all_of(name.begin(), name.end(), [](char c) {
        return IsLetter(c) || (c >= '0' && c <= '9') || c == '-';
      });
  if (!form) {
    return ValidationError(fmt::format(
        "1 validation error detected: Value '{}' at 'stackName' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*",
        name));
  }
  if (name.size() > kMaxNameLengthOfStack) {
    return ValidationError(fmt::format(
        "1 validation error detected: Value '{}' at 'stackName' failed to satisfy constraint: "
        "Member must have length less than or equal to 128",
        name));
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
        "ParentId", "RootId", "RetainExceptOnCreate", "DeletionMode", "Outputs"}) {
    if (const json::Value* value = stack.body.Find(member)) shown.Set(member, *value);
  }
  const json::Object revision = FindRevision(context, stack.body.GetString("Revision"));
  shown.Set("Parameters", ShownParameters(revision.GetArray("Parameters")));
  shown.Set("Tags", revision.GetArray("Tags"));
  shown.Set("Capabilities", revision.GetArray("Capabilities"));
  shown.SetIfNotEmpty("Description", revision.GetString("Description"));
  if (!shown.Has("RollbackConfiguration")) shown.Set("RollbackConfiguration", json::Object());
  json::Object drift{{"StackDriftStatus", "NOT_CHECKED"}};
  if (const json::Value* checked = stack.body.Find("DriftInformation")) drift = checked->AsObject();
  shown.Set("DriftInformation", std::move(drift));
  return shown;
}

}  // namespace trunkline::cloud::cloudformation
