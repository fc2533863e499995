// Tags of queues, and statements of their policies.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/sqs/families.h"
#include "cloud/services/sqs/queue.h"

namespace trunkline::cloud::sqs {
namespace {

Answer<> TagQueue(Context& context, const json::Object& input) {
  TL_TRY(Queue queue, FindQueue(context, input));
  constexpr std::size_t kMostTags = 50;
  json::Object tags = queue.record.body.GetObject("Tags");
  for (const json::Member& one : input.GetObject("Tags")) tags.Set(one.key, one.value);
  if (tags.size() > kMostTags) return WrongValue(context, "A queue can have at most 50 tags.");
  queue.record.body.Set("Tags", std::move(tags));
  Save(context, std::move(queue));
  return json::Object();
}

Answer<> UntagQueue(Context& context, const json::Object& input) {
  TL_TRY(Queue queue, FindQueue(context, input));
  json::Object tags = queue.record.body.GetObject("Tags");
  for (const json::Value& key : input.GetArray("TagKeys")) tags.Remove(key.AsString());
  queue.record.body.Set("Tags", std::move(tags));
  Save(context, std::move(queue));
  return json::Object();
}

Answer<> ListQueueTags(Context& context, const json::Object& input) {
  TL_TRY(const Queue queue, FindQueue(context, input));
  return json::Object{{"Tags", queue.record.body.GetObject("Tags")}};
}

constexpr Operation kTags[] = {
    {.name = "ListQueueTags", .handle = ListQueueTags},
    {.name = "TagQueue", .handle = TagQueue},
    {.name = "UntagQueue", .handle = UntagQueue},
};
static_assert(InOrder(kTags));

json::Object PolicyOf(const Queue& queue) {
  const auto policy = json::Parse(queue.Attribute("Policy"));
  if (policy && policy->IsObject()) return policy->AsObject();
  return {{"Version", "2008-10-17"}, {"Id", fmt::format("{}/SQSDefaultPolicy", queue.Arn())}};
}

bool IsLabelled(const json::Value& statement, std::string_view label) {
  return statement.IsObject() && statement.AsObject().GetString("Sid") == label;
}

void KeepPolicy(Context& context, Queue queue, json::Object policy, json::Array statements) {
  json::Object attributes = queue.record.body.GetObject("Attributes");
  if (statements.empty()) {
    attributes.Remove("Policy");
  } else {
    policy.Set("Statement", std::move(statements));
    attributes.Set("Policy", json::Write(policy));
  }
  queue.record.body.Set("Attributes", std::move(attributes));
  Save(context, std::move(queue));
}

// One of them stands alone, as the service writes it (seen in recordings).
json::Value OneOrAll(json::Array items) {
  if (items.size() != 1) return items;
  json::Value only = std::move(items.front());
  return only;
}

Answer<> AddPermission(Context& context, const json::Object& input) {
  TL_TRY(Queue queue, FindQueue(context, input));
  json::Object policy = PolicyOf(queue);
  json::Array statements = policy.GetArray("Statement");
  const std::string_view label = input.GetString("Label");
  if (std::ranges::any_of(statements,
                          [&](const json::Value& one) { return IsLabelled(one, label); })) {
    return WrongValue(
        context,
        fmt::format("Value {} for parameter Label is invalid. Reason: Already exists.", label));
  }
  json::Array principals;
  for (const json::Value& account : input.GetArray("AWSAccountIds"))
    principals.push_back(fmt::format("arn:aws:iam::{}:root", account.AsString()));
  json::Array actions;
  for (const json::Value& action : input.GetArray("Actions"))
    actions.push_back("SQS:" + action.AsString());
  statements.push_back(
      json::Object{{"Sid", label},
                   {"Effect", "Allow"},
                   {"Principal", json::Object{{"AWS", OneOrAll(std::move(principals))}}},
                   {"Action", OneOrAll(std::move(actions))},
                   {"Resource", queue.Arn()}});
  KeepPolicy(context, std::move(queue), std::move(policy), std::move(statements));
  return json::Object();
}

Answer<> RemovePermission(Context& context, const json::Object& input) {
  TL_TRY(Queue queue, FindQueue(context, input));
  json::Object policy = PolicyOf(queue);
  json::Array statements = policy.GetArray("Statement");
  const std::string_view label = input.GetString("Label");
  const auto removed =
      std::erase_if(statements, [&](const json::Value& one) { return IsLabelled(one, label); });
  if (removed == 0) {
    return WrongValue(context,
                      fmt::format("Value {} for parameter Label is invalid. Reason: can't find "
                                  "label{}.",
                                  label, statements.empty() ? "" : " on existing policy"));
  }
  KeepPolicy(context, std::move(queue), std::move(policy), std::move(statements));
  return json::Object();
}

constexpr Operation kPermissions[] = {
    {.name = "AddPermission", .handle = AddPermission},
    {.name = "RemovePermission", .handle = RemovePermission},
};
static_assert(InOrder(kPermissions));

}  // namespace

constinit const Family kPermissionOperations = kPermissions;
constinit const Family kTagOperations = kTags;

}  // namespace trunkline::cloud::sqs
