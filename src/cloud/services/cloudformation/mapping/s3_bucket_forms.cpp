#include "cloud/services/cloudformation/mapping/s3_bucket_forms.h"

#include <string_view>

#include "cloud/services/cloudformation/mapping/mapping.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Moves a member into a structure under another name, if it is there.
void Move(const json::Object& from, std::string_view name, std::string_view to_name,
          json::Object& to) {
  if (const json::Value* value = from.Find(name)) to.Set(to_name, *value);
}

void SetUnlessEmpty(json::Object& object, std::string_view name, json::Object value) {
  if (!value.empty()) object.Set(name, std::move(value));
}

json::Object TransitionForm(const json::Object& transition) {
  json::Object form;
  Move(transition, "StorageClass", "StorageClass", form);
  Move(transition, "TransitionInDays", "Days", form);
  Move(transition, "TransitionDate", "Date", form);
  return form;
}

json::Object NoncurrentTransitionForm(const json::Object& transition) {
  json::Object form;
  Move(transition, "StorageClass", "StorageClass", form);
  Move(transition, "TransitionInDays", "NoncurrentDays", form);
  Move(transition, "NewerNoncurrentVersions", "NewerNoncurrentVersions", form);
  return form;
}

// A list, and the older property with one of its elements.
json::Array FormsOf(const json::Object& rule, std::string_view list, std::string_view single,
                    json::Object (*form)(const json::Object&)) {
  json::Array forms;
  for (const json::Value& item : rule.GetArray(list)) {
    if (item.IsObject()) forms.push_back(form(item.AsObject()));
  }
  if (const json::Object& one = rule.GetObject(single); !one.empty()) forms.push_back(form(one));
  return forms;
}

json::Object FilterForm(const json::Object& rule) {
  json::Object conditions;
  Move(rule, "Prefix", "Prefix", conditions);
  Move(rule, "ObjectSizeGreaterThan", "ObjectSizeGreaterThan", conditions);
  Move(rule, "ObjectSizeLessThan", "ObjectSizeLessThan", conditions);
  const json::Array& tags = rule.GetArray("TagFilters");
  if (conditions.size() + tags.size() > 1) {
    if (!tags.empty()) conditions.Set("Tags", tags);
    json::Object both;
    both.Set("And", std::move(conditions));
    return both;
  }
  if (!tags.empty()) conditions.Set("Tag", tags.front());
  if (conditions.empty()) conditions.Set("Prefix", "");
  return conditions;
}

json::Object RuleForm(const json::Object& rule) {
  json::Object form;
  Move(rule, "Id", "ID", form);
  Move(rule, "Status", "Status", form);
  Move(rule, "AbortIncompleteMultipartUpload", "AbortIncompleteMultipartUpload", form);
  form.Set("Filter", FilterForm(rule));
  json::Object expiration;
  Move(rule, "ExpirationInDays", "Days", expiration);
  Move(rule, "ExpirationDate", "Date", expiration);
  Move(rule, "ExpiredObjectDeleteMarker", "ExpiredObjectDeleteMarker", expiration);
  SetUnlessEmpty(form, "Expiration", std::move(expiration));
  json::Object noncurrent = rule.GetObject("NoncurrentVersionExpiration");
  Move(rule, "NoncurrentVersionExpirationInDays", "NoncurrentDays", noncurrent);
  SetUnlessEmpty(form, "NoncurrentVersionExpiration", std::move(noncurrent));
  json::Array moves = FormsOf(rule, "Transitions", "Transition", TransitionForm);
  if (!moves.empty()) form.Set("Transitions", std::move(moves));
  json::Array old = FormsOf(rule, "NoncurrentVersionTransitions", "NoncurrentVersionTransition",
                            NoncurrentTransitionForm);
  if (!old.empty()) form.Set("NoncurrentVersionTransitions", std::move(old));
  return form;
}

json::Object TargetForm(const json::Object& entry, std::string_view name,
                        std::string_view api_name) {
  json::Object form;
  Move(entry, name, api_name, form);
  if (const json::Value* event = entry.Find("Event")) form.Set("Events", json::Array{*event});
  const json::Array& rules = entry.GetObject("Filter").GetObject("S3Key").GetArray("Rules");
  if (rules.empty()) return form;
  json::Object key;
  key.Set("FilterRules", rules);
  json::Object filter;
  filter.Set("Key", std::move(key));
  form.Set("Filter", std::move(filter));
  return form;
}

struct Target {
  std::string_view list;
  std::string_view member;
  std::string_view api_list;
  std::string_view api_member;
};
constexpr Target kTargets[] = {
    {"LambdaConfigurations", "Function", "LambdaFunctionConfigurations", "LambdaFunctionArn"},
    {"QueueConfigurations", "Queue", "QueueConfigurations", "QueueArn"},
    {"TopicConfigurations", "Topic", "TopicConfigurations", "TopicArn"},
};

}  // namespace

json::Object LifecycleForm(const json::Object& configuration) {
  json::Array rules;
  for (const json::Value& rule : configuration.GetArray("Rules")) {
    if (rule.IsObject()) rules.push_back(RuleForm(rule.AsObject()));
  }
  json::Object form;
  form.Set("Rules", std::move(rules));
  return form;
}

json::Object NotificationForm(const json::Object& configuration) {
  json::Object form;
  for (const Target& target : kTargets) {
    json::Array entries;
    for (const json::Value& entry : configuration.GetArray(target.list)) {
      if (entry.IsObject())
        entries.push_back(TargetForm(entry.AsObject(), target.member, target.api_member));
    }
    if (!entries.empty()) form.Set(target.api_list, std::move(entries));
  }
  if (const json::Value* bridge = configuration.Find("EventBridgeConfiguration")) {
    const json::Value* enabled =
        bridge->IsObject() ? bridge->AsObject().Find("EventBridgeEnabled") : nullptr;
    const bool off =
        enabled && (*enabled == json::Value(false) || *enabled == json::Value("false"));
    if (!off) form.Set("EventBridgeConfiguration", json::Object());
  }
  return form;
}

json::Object LoggingForm(const json::Object& configuration, std::string_view bucket) {
  json::Object enabled;
  // Without a destination a bucket logs into itself.
  enabled.Set("TargetBucket", configuration.GetString("DestinationBucketName", bucket));
  enabled.Set("TargetPrefix", configuration.GetString("LogFilePrefix"));
  Move(configuration, "TargetObjectKeyFormat", "TargetObjectKeyFormat", enabled);
  json::Object status;
  status.Set("LoggingEnabled", std::move(enabled));
  return status;
}

json::Object WebsiteForm(const json::Object& configuration) {
  json::Object form;
  Move(configuration, "RedirectAllRequestsTo", "RedirectAllRequestsTo", form);
  for (const auto& [name, member] :
       {std::pair("IndexDocument", "Suffix"), std::pair("ErrorDocument", "Key")}) {
    json::Object document;
    Move(configuration, name, member, document);
    SetUnlessEmpty(form, name, std::move(document));
  }
  json::Array rules;
  for (const json::Value& item : configuration.GetArray("RoutingRules")) {
    if (!item.IsObject()) continue;
    json::Object rule;
    Move(item.AsObject(), "RoutingRuleCondition", "Condition", rule);
    Move(item.AsObject(), "RedirectRule", "Redirect", rule);
    rules.emplace_back(std::move(rule));
  }
  if (!rules.empty()) form.Set("RoutingRules", std::move(rules));
  return form;
}

}  // namespace trunkline::cloud::cloudformation
