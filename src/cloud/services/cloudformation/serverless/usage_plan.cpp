// Auth.UsagePlan of a REST API: a plan of its own, or one that APIs share.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/api.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kPassed[] = {"UsagePlanName", "Description", "Quota", "Tags",
                                        "Throttle"};

Answer<std::string> CheckPlan(const Source& source, const json::Value& given) {
  if (!given.IsObject()) return InvalidResource(source.id, "'UsagePlan' must be a dictionary");
  for (const json::Member& member : given.AsObject()) {
    if (member.key != "CreateUsagePlan" &&
        std::find(std::begin(kPassed), std::end(kPassed), member.key) == std::end(kPassed))
      return InvalidResource(source.id, "Invalid property for 'UsagePlan'");
  }
  const json::Value* create = Present(given.AsObject(), "CreateUsagePlan");
  if (!create)
    return InvalidResource(source.id, "'CreateUsagePlan' is a required field for UsagePlan.");
  const std::string kind = TextOf(*create);
  if (kind == "SHARED" || kind == "PER_API" || kind == "NONE") return kind;
  return InvalidResource(source.id,
                         "'CreateUsagePlan' accepts one of ['SHARED', 'PER_API', 'NONE'].");
}

void AddOnce(json::Array& all, json::Value value) {
  if (std::find(all.begin(), all.end(), value) == all.end()) all.push_back(std::move(value));
}

json::Value StageOf(const Source& source, std::string_view api, std::string_view stage_member,
                    const std::string& stage) {
  json::Object made;
  made.Set(api, Ref(source.id));
  made.Set(stage_member, Ref(stage));
  return json::Value(std::move(made));
}

}  // namespace

Answer<std::vector<Resource>> MakeUsagePlan(Document& document, const Source& source,
                                            const std::string& stage) {
  std::vector<Resource> all;
  const json::Value* given = Present(source.properties.GetObject("Auth"), "UsagePlan");
  if (!given) return all;
  TL_TRY(const std::string kind, CheckPlan(source, *given));
  if (kind == "NONE") return all;
  const bool shared = kind == "SHARED";
  SharedUsagePlan own;
  SharedUsagePlan& stages = shared ? document.usage_plan : own;
  AddOnce(stages.apis, json::Value(source.id));
  AddOnce(stages.api_stages, StageOf(source, "ApiId", "Stage", stage));
  AddOnce(stages.stage_keys, StageOf(source, "RestApiId", "StageName", stage));
  const std::string prefix = shared ? "Serverless" : source.id;
  const auto make = [&](std::string_view suffix, json::Array depends) {
    Resource made{.id = prefix + std::string(suffix),
                  .type = fmt::format("AWS::ApiGateway::{}", suffix),
                  .members = source.Inherited(),
                  .properties = {}};
    // Of what APIs with different conditions share, the first one's would be wrong.
    if (shared && document.resources.Has(made.id)) made.members.Remove("Condition");
    made.members.Set("DependsOn", std::move(depends));
    return made;
  };
  Resource plan = make("UsagePlan", stages.apis);
  plan.properties.Set("ApiStages", stages.api_stages);
  for (const std::string_view name : kPassed) {
    if (const json::Value* value = Given(given->AsObject(), name))
      plan.properties.Set(name, *value);
  }
  Resource key = make("ApiKey", {plan.id});
  key.properties.Set("Enabled", true);
  key.properties.Set("StageKeys", stages.stage_keys);
  Resource joined = make("UsagePlanKey", {key.id});
  joined.properties.Set("KeyId", Ref(key.id));
  joined.properties.Set("KeyType", "API_KEY");
  joined.properties.Set("UsagePlanId", Ref(plan.id));
  all = {std::move(plan), std::move(key), std::move(joined)};
  return all;
}

}  // namespace trunkline::cloud::cloudformation::serverless
