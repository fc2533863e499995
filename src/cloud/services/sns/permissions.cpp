// Topic policies by statements, and the settings of text messages and data protection, which are
// kept and decide nothing.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/sns/families.h"
#include "cloud/services/sns/topic.h"

namespace trunkline::cloud::sns {
namespace {

json::Object PolicyOf(const Topic& topic) {
  const std::string_view set = topic.Attribute("Policy");
  const auto policy = json::Parse(set.empty() ? DefaultPolicy(topic) : std::string(set));
  return policy && policy->IsObject() ? policy->AsObject() : json::Object();
}

bool IsLabelled(const json::Value& statement, std::string_view label) {
  return statement.IsObject() && statement.AsObject().GetString("Sid") == label;
}

void KeepPolicy(Context& context, Topic topic, json::Object policy, json::Array statements) {
  policy.Set("Statement", std::move(statements));
  json::Object attributes = topic.record.body.GetObject("Attributes");
  attributes.Set("Policy", json::Write(policy));
  topic.record.body.Set("Attributes", std::move(attributes));
  Save(context, std::move(topic));
}

Answer<> AddPermission(Context& context, const json::Object& input) {
  TL_TRY(Topic topic, FindTopic(context, input.GetString("TopicArn")));
  json::Object policy = PolicyOf(topic);
  json::Array statements = policy.GetArray("Statement");
  const std::string_view label = input.GetString("Label");
  if (std::ranges::any_of(statements,
                          [&](const json::Value& one) { return IsLabelled(one, label); })) {
    return Invalid("Statement already exists");
  }
  json::Array principals;
  for (const json::Value& account : input.GetArray("AWSAccountId"))
    principals.push_back(fmt::format("arn:aws:iam::{}:root", account.AsString()));
  json::Array actions;
  for (const json::Value& action : input.GetArray("ActionName"))
    actions.push_back("SNS:" + action.AsString());
  statements.push_back(json::Object{{"Sid", label},
                                    {"Effect", "Allow"},
                                    {"Principal", json::Object{{"AWS", std::move(principals)}}},
                                    {"Action", std::move(actions)},
                                    {"Resource", topic.Arn()}});
  KeepPolicy(context, std::move(topic), std::move(policy), std::move(statements));
  return json::Object();
}

Answer<> RemovePermission(Context& context, const json::Object& input) {
  TL_TRY(Topic topic, FindTopic(context, input.GetString("TopicArn")));
  json::Object policy = PolicyOf(topic);
  json::Array statements = policy.GetArray("Statement");
  std::erase_if(statements,
                [&](const json::Value& one) { return IsLabelled(one, input.GetString("Label")); });
  KeepPolicy(context, std::move(topic), std::move(policy), std::move(statements));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "AddPermission", .handle = AddPermission},
    {.name = "RemovePermission", .handle = RemovePermission},
};
static_assert(InOrder(kOperations));

// ---- settings

constexpr Kind kSettings{"sns", "sms-settings"};
constexpr std::string_view kOnly = "settings";

Answer<> GetSmsAttributes(Context& context, const json::Object& input) {
  const Record* record = context.store.Find(context.RegionScope(), kSettings, kOnly);
  const json::Array& wanted = input.GetArray("attributes");
  json::Object attributes;
  for (const json::Member& one : record ? record->body : json::Object()) {
    const bool named = std::ranges::any_of(
        wanted, [&](const json::Value& name) { return name.AsString() == one.key; });
    if (wanted.empty() || named) attributes.Set(one.key, one.value);
  }
  return json::Object{{"attributes", std::move(attributes)}};
}

Answer<> SetSmsAttributes(Context& context, const json::Object& input) {
  const Record* present = context.store.Find(context.RegionScope(), kSettings, kOnly);
  Record record =
      present ? *present : Record{.id = std::string(kOnly), .parent = {}, .name = {}, .body = {}};
  for (const json::Member& one : input.GetObject("attributes")) record.body.Set(one.key, one.value);
  context.store.Put(context.RegionScope(), kSettings, std::move(record));
  return json::Object();
}

Answer<> GetDataProtectionPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Topic topic, FindTopic(context, input.GetString("ResourceArn")));
  return json::Object{
      {"DataProtectionPolicy", topic.record.body.GetString("DataProtectionPolicy")}};
}

Answer<> PutDataProtectionPolicy(Context& context, const json::Object& input) {
  TL_TRY(Topic topic, FindTopic(context, input.GetString("ResourceArn")));
  const std::string_view policy = input.GetString("DataProtectionPolicy");
  if (!policy.empty() && !json::Parse(policy)) return Invalid("DataProtectionPolicy");
  topic.record.body.Set("DataProtectionPolicy", policy);
  Save(context, std::move(topic));
  return json::Object();
}

constexpr Operation kSettingOperations[] = {
    {.name = "GetDataProtectionPolicy", .handle = GetDataProtectionPolicy},
    {.name = "GetSMSAttributes", .handle = GetSmsAttributes},
    {.name = "PutDataProtectionPolicy", .handle = PutDataProtectionPolicy},
    {.name = "SetSMSAttributes", .handle = SetSmsAttributes},
};
static_assert(InOrder(kSettingOperations));

}  // namespace

constinit const Family kMessageSettingOperations = kSettingOperations;
constinit const Family kPermissionOperations = kOperations;

}  // namespace trunkline::cloud::sns
