// Targets of rules.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/arn.h"
#include "cloud/list_page.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/input.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud::events {
namespace {

constexpr std::size_t kMostTargets = 5;  // of a rule (EventBridge quotas)
constexpr std::array<std::string_view, 8> kServices = {
    "codebuild", "codepipeline", "events", "lambda", "logs", "sns", "sqs", "states"};

bool IsOneOf(std::string_view service) {
  return std::ranges::find(kServices, service) != kServices.end();
}

Answer<void> CheckTarget(const json::Object& target) {
  const auto arn = ParseArn(target.GetString("Arn"));
  if (!arn) {
    return ServiceError("ValidationException",
                        fmt::format("Parameter {} is not valid. Reason: Provided Arn is not in "
                                    "correct format.",
                                    target.GetString("Arn")));
  }
  if (!IsOneOf(arn->service)) {
    return ServiceError("ValidationException",
                        fmt::format("targets of the service '{}' are not implemented by the "
                                    "embedded cloud",
                                    arn->service));
  }
  const int inputs = (target.Has("Input") ? 1 : 0) + (target.Has("InputPath") ? 1 : 0) +
                     (target.Has("InputTransformer") ? 1 : 0);
  if (inputs > 1) {
    return ServiceError("ValidationException",
                        fmt::format("Only one of Input, InputPath, or InputTransformer must be "
                                    "provided for target {}.",
                                    target.GetString("Id")));
  }
  if (target.Has("Input") && !json::Parse(target.GetString("Input"))) {
    return ServiceError("ValidationException", "JSON syntax error in input for target " +
                                                   std::string(target.GetString("Id")));
  }
  if (const auto unknown = UnknownPlaceholder(target.GetObject("InputTransformer"))) {
    return ServiceError("ValidationException",
                        fmt::format("InputTemplate for target {} contains invalid placeholder {}.",
                                    target.GetString("Id"), *unknown));
  }
  const bool role = arn->service == "states" || arn->service == "codebuild" ||
                    arn->service == "codepipeline" || arn->resource.starts_with("api-destination/");
  if (role && !target.Has("RoleArn")) {
    return ServiceError("ValidationException",
                        fmt::format("RoleArn is required for target {}.", target.GetString("Arn")));
  }
  return {};
}

Answer<> PutTargets(Context& context, const json::Object& input) {
  TL_TRY(const Rule rule, FindRule(context, input, "Rule"));
  for (const json::Value& target : input.GetArray("Targets")) TL_DO(CheckTarget(target.AsObject()));
  for (const json::Value& one : input.GetArray("Targets")) {
    const json::Object& target = one.AsObject();
    const std::string id(target.GetString("Id"));
    context.store.Put(rule.scope, kTarget,
                      {.id = fmt::format("{}/{}", rule.record.id, id),
                       .parent = rule.record.id,
                       .name = id,
                       .body = target});
  }
  if (context.store.List(rule.scope, kTarget, rule.record.id).size() > kMostTargets) {
    return ServiceError("LimitExceededException",
                        "The requested resource exceeds the maximum number allowed.");
  }
  return json::Object{{"FailedEntryCount", 0}, {"FailedEntries", json::Array()}};
}

Answer<> RemoveTargets(Context& context, const json::Object& input) {
  TL_TRY(const Rule rule, FindRule(context, input, "Rule"));
  json::Array failed;
  for (const json::Value& id : input.GetArray("Ids")) {
    if (context.store.Delete(rule.scope, kTarget,
                             fmt::format("{}/{}", rule.record.id, id.AsString())))
      continue;
    failed.push_back(json::Object{
        {"TargetId", id},
        {"ErrorCode", "ResourceNotFoundException"},
        {"ErrorMessage",
         fmt::format("Rule {} does not have the target {}.", rule.record.name, id.AsString())}});
  }
  return json::Object{{"FailedEntryCount", failed.size()}, {"FailedEntries", std::move(failed)}};
}

Answer<> ListTargetsByRule(Context& context, const json::Object& input) {
  TL_TRY(const Rule rule, FindRule(context, input, "Rule"));
  return ListNamed(context, input,
                   {.kind = kTarget, .parent = rule.record.id, .list = "Targets", .keep = {}});
}

Answer<> ListRuleNamesByTarget(Context& context, const json::Object& input) {
  TL_TRY(const Bus bus, FindBus(context, input.GetString("EventBusName")));
  json::Array names;
  for (const Record* rule : context.store.List(bus.scope, kRule, bus.Name())) {
    const auto targets = context.store.List(bus.scope, kTarget, rule->id);
    const bool has = std::ranges::any_of(targets, [&](const Record* target) {
      return target->body.GetString("Arn") == input.GetString("TargetArn");
    });
    if (has) names.push_back(rule->name);
  }
  constexpr std::int64_t kDefaultPage = 100;
  auto page = TakePage(std::move(names),
                       {.name = input.GetString("TargetArn"),
                        .order = {},
                        .limit = static_cast<std::size_t>(input.GetInt("Limit", kDefaultPage)),
                        .token = input.GetString("NextToken")});
  if (!page) return ServiceError("ValidationException", "NextToken is not valid.");
  json::Object answer{{"RuleNames", std::move(page->items)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListRuleNamesByTarget", .handle = ListRuleNamesByTarget},
    {.name = "ListTargetsByRule", .handle = ListTargetsByRule},
    {.name = "PutTargets", .handle = PutTargets},
    {.name = "RemoveTargets", .handle = RemoveTargets},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTargetOperations = kOperations;

}  // namespace trunkline::cloud::events
