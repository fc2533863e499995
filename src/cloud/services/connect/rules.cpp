// Rules: what happens on an analysis, a ticket or a metric. They are kept and shown; nothing in
// this cloud raises the events they wait for.
#include <fmt/format.h>

#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/json_text.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/rule_actions.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kMaxFunction = 256'000;  // our bound: AWS publishes none

std::string_view SourceOf(const json::Object& body) {
  return body.GetObject("TriggerEventSource").GetString("EventSourceName");
}

// Conditions in the rules language, as a JSON object in a text.
Answer<void> CheckFunction(std::string_view function) {
  if (function.size() > kMaxFunction) {
    return InvalidRequest(fmt::format("the function of a rule has at most {} bytes, this has {}",
                                      kMaxFunction, function.size()));
  }
  TL_DO(ReadJsonObject(function, "the function of a rule", "InvalidRequestException"));
  return {};
}

// Events of other companies' systems come through an integration.
Answer<void> CheckSource(Context& context, const Record& instance, const json::Object& source) {
  const std::string_view name = source.GetString("EventSourceName");
  const std::string_view id = source.GetString("IntegrationAssociationId");
  const bool outside = name.starts_with("OnZendesk") || name.starts_with("OnSalesforce");
  if (outside && id.empty()) {
    return InvalidRequest(
        fmt::format("the event source {} needs an IntegrationAssociationId", name));
  }
  if (id.empty()) return {};
  const Record* integration = context.store.Find(context.RegionScope(), kIntegration, id);
  if (integration != nullptr && integration->parent == instance.id) return {};
  return NotFound("integration association", id, instance);
}

// What both creating and updating say.
Answer<void> TakeSettings(Context& context, const Record& instance, const json::Object& input,
                          json::Object& body) {
  TL_DO(CheckFunction(input.GetString("Function")));
  TL_TRY(json::Array actions,
         CheckRuleActions(context, instance, SourceOf(body), input.GetArray("Actions")));
  CopyMembers(input, {"Function", "PublishStatus"}, body);
  body.Set("Actions", std::move(actions));
  body.Set("LastUpdatedTime", Now(context));
  body.Set("LastUpdatedBy", context.caller.arn);
  return {};
}

Answer<> CreateRule(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "CreateRule", input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_DO(CheckSource(context, *instance, input.GetObject("TriggerEventSource")));
  TL_TRY(Record rule, NewResource(context, *instance, kRule, input.GetString("Name"), input));
  CopyMembers(input, {"TriggerEventSource"}, rule.body);
  TL_DO(TakeSettings(context, *instance, input, rule.body));
  rule.body.Set("CreatedTime", Now(context));
  json::Object output;
  CopyMembers(rule.body, {"RuleArn", "RuleId"}, output);
  context.store.Put(context.RegionScope(), kRule.kind, std::move(rule));
  RememberAnswer(context, "CreateRule", input, output);
  return output;
}

Answer<> DeleteRule(Context& context, const json::Object& input) {
  TL_TRY(const Record* rule, FindResource(context, kRule, input));
  context.store.Delete(context.RegionScope(), kRule.kind, std::string(rule->id));
  return json::Object();
}

Answer<> DescribeRule(Context& context, const json::Object& input) {
  return Describe(context, kRule, input);
}

// Both listings show the types of the actions instead of the actions.
json::Object Summarised(const Record& rule) {
  json::Array types;
  for (const json::Value& action : rule.body.GetArray("Actions")) {
    json::Object type;
    CopyMembers(action.AsObject(), {"ActionType"}, type);
    types.emplace_back(std::move(type));
  }
  json::Object summary = rule.body;
  summary.Remove("Actions");
  summary.Remove("Function");
  summary.Set("ActionSummaries", std::move(types));
  return summary;
}

json::Value RuleSummary(Context&, const Record& rule) {
  json::Object summary = Summarised(rule);
  summary.Set("EventSourceName", SourceOf(rule.body));
  return summary;
}

Answer<> ListRules(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view status = input.GetString("PublishStatus");
  const std::string_view source = input.GetString("EventSourceName");
  std::vector<const Record*> rules;
  for (const Record* rule : context.store.List(context.RegionScope(), kRule.kind, instance->id)) {
    if (!status.empty() && rule->body.GetString("PublishStatus") != status) continue;
    if (source.empty() || SourceOf(rule->body) == source) rules.push_back(rule);
  }
  return PageOf(context, input, "RuleSummaryList", rules, RuleSummary,
                {.listing = fmt::format("ListRules {} {} {}", instance->id, status, source)});
}

constexpr SearchField kFields[] = {{"name", SearchName}, {"resourceID", SearchId}};

json::Value Found(Context&, const Record& rule) {
  return Summarised(rule);
}

Answer<> SearchRules(Context& context, const json::Object& input) {
  return Search(context, input, kRule,
                {.operation = "SearchRules",
                 .output = "Rules",
                 .fields = kFields,
                 .passes = PassesAttributeFilter,
                 .to_value = Found});
}

// What triggers a rule stays.
Answer<> UpdateRule(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kRule, input));
  TL_TRY(const Record* instance, FindInstance(context, input));
  Record rule = *found;
  TL_DO(Rename(context, kRule, input, rule));
  TL_DO(TakeSettings(context, *instance, input, rule.body));
  context.store.Put(context.RegionScope(), kRule.kind, std::move(rule));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateRule", .handle = CreateRule},     {.name = "DeleteRule", .handle = DeleteRule},
    {.name = "DescribeRule", .handle = DescribeRule}, {.name = "ListRules", .handle = ListRules},
    {.name = "SearchRules", .handle = SearchRules},   {.name = "UpdateRule", .handle = UpdateRule},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kRuleOperations = kOperations;

}  // namespace trunkline::cloud::connect
