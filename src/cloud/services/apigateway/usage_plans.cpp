// Usage plans: which keys may call which stages. Their limits are kept and not enforced.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/tags.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

Answer<void> CheckStages(Context& context, const json::Object& plan) {
  for (const json::Value& one : plan.GetArray("apiStages")) {
    const json::Object& stage = one.AsObject();
    if (!FindPart(context, kStage, stage.GetString("apiId"), stage.GetString("stage"))) {
      return NotFound(
          fmt::format("Invalid API Stage {{api: {}, stage: {}}} specified for usageplan {}",
                      stage.GetString("apiId"), stage.GetString("stage"), plan.GetString("id")));
    }
  }
  const json::Object& quota = plan.GetObject("quota");
  if (quota.empty() || (quota.Has("limit") && quota.Has("period"))) return {};
  return BadRequest("Usage Plan quota needs a limit and a period");
}

// A quota begins with its period, unless it says otherwise.
void AddOffset(json::Object& plan) {
  json::Object quota = plan.GetObject("quota");
  if (quota.empty()) return;
  if (!quota.Has("offset")) quota.Set("offset", 0);
  plan.Set("quota", std::move(quota));
}

Answer<> CreateUsagePlan(Context& context, const json::Object& input) {
  json::Object body{{"id", NewPartId(context)}, {"apiStages", json::Array()}};
  for (const json::Member& member : input) body.Set(member.key, member.value);
  if (!body.Has("tags")) body.Set("tags", json::Object());
  TL_DO(execute_api::CheckTags(body.GetObject("tags")));
  TL_DO(CheckStages(context, body));
  AddOffset(body);
  SavePart(context, kUsagePlan, {}, body, body.GetString("name"));
  return WithoutEmptyTags(std::move(body));
}

Answer<> GetUsagePlan(Context& context, const json::Object& input) {
  return GetPart(context, kUsagePlan, input);
}

json::Object Show(Context& /*context*/, const json::Object& body, const json::Object& /*input*/) {
  return WithoutEmptyTags(body);
}

// By a key they are few: one page.
Answer<> GetUsagePlans(Context& context, const json::Object& input) {
  const std::string_view key = input.GetString("keyId");
  const Listing listing{.show = Show};
  if (key.empty()) return ListRecords(context, kUsagePlan.kind, {}, input, listing);
  json::Array items;
  for (const Record* plan : context.store.List(context.RegionScope(), kUsagePlan.kind)) {
    if (FindPart(context, kUsagePlanKey, plan->id, key))
      items.emplace_back(WithoutEmptyTags(plan->body));
  }
  return json::Object{{"items", std::move(items)}};
}

// "api:stage" in the value, or in the path: "/apiStages/api:stage/throttle/...".
json::Array::iterator FindStage(json::Array& stages, std::string_view word) {
  return std::ranges::find_if(stages, [&](const json::Value& one) {
    return fmt::format("{}:{}", one.AsObject().GetString("apiId"),
                       one.AsObject().GetString("stage")) == word;
  });
}

Answer<void> PatchStages(const PatchOperation& patch, json::Array& stages) {
  const std::string& word = patch.path.size() > 1 ? patch.path[1] : patch.value;
  const std::size_t colon = word.find(':');
  if (colon == std::string::npos) return BadRequest("Invalid API Stage specified");
  const auto found = FindStage(stages, word);
  if (patch.op == "remove") {
    if (found == stages.end()) return NotFound("API Stage not found: " + word);
    stages.erase(found);
    return {};
  }
  if (found != stages.end()) return {};
  json::Object stage{{"apiId", word.substr(0, colon)}, {"stage", word.substr(colon + 1)}};
  stages.emplace_back(std::move(stage));
  return {};
}

// "/apiStages/api:stage/throttle/~1pets~1GET/rateLimit" of one stage.
Answer<void> PatchStageThrottle(Context& context, const PatchOperation& patch,
                                json::Array& stages) {
  const auto found = FindStage(stages, patch.path[1]);
  if (found == stages.end()) return NotFound("API Stage not found: " + patch.path[1]);
  // A plan's stages are a list, which paths cannot walk into: one of them is patched alone.
  json::Object& stage = found->AsObject();
  json::Object throttle = stage.GetObject("throttle");
  if (patch.op == "remove" && patch.path.size() == 3) {
    stage.Remove("throttle");
    return {};
  }
  constexpr std::size_t kWhole = 5;
  if (patch.path.size() != kWhole) return InvalidPath(patch, {});
  json::Object plan{{"throttle", throttle.GetObject(patch.path[3])}};
  PatchOperation inner = patch;
  inner.path = {"throttle", patch.path[4]};
  TL_DO(ApplyPatch(context, "UpdateUsagePlan", inner, plan));
  throttle.Set(patch.path[3], plan.GetObject("throttle"));
  stage.Set("throttle", std::move(throttle));
  return {};
}

Answer<void> PatchPlan(Context& context, const PatchOperation& patch, json::Object& body) {
  const std::string& first = patch.path.front();
  if (first == "apiStages") {
    json::Array stages = body.GetArray("apiStages");
    const bool inside = patch.path.size() > 2;
    TL_DO(inside ? PatchStageThrottle(context, patch, stages) : PatchStages(patch, stages));
    body.Set("apiStages", std::move(stages));
    return {};
  }
  for (const std::string_view member :
       {"name", "description", "throttle", "quota", "productCode"}) {
    if (member == first) return ApplyPatch(context, "UpdateUsagePlan", patch, body);
  }
  return InvalidPath(patch,
                     {"name", "description", "throttle", "quota", "productCode", "apiStages"});
}

Answer<> UpdateUsagePlan(Context& context, const json::Object& input) {
  TL_TRY(const Record* plan, FindPart(context, kUsagePlan, input));
  json::Object body = plan->body;
  TL_TRY(const std::vector<PatchOperation> operations, ReadPatch(input));
  for (const PatchOperation& patch : operations) TL_DO(PatchPlan(context, patch, body));
  TL_DO(CheckStages(context, body));
  AddOffset(body);
  SavePart(context, kUsagePlan, {}, body, body.GetString("name"));
  return body;
}

Answer<> DeleteUsagePlan(Context& context, const json::Object& input) {
  TL_TRY(const Record* plan, FindPart(context, kUsagePlan, input));
  if (!plan->body.GetArray("apiStages").empty())
    return BadRequest("Cannot delete Usage Plan " + plan->id +
                      " because it has stages associated to it");
  const std::string id = plan->id;
  DeleteParts(context, kUsagePlanKey, id);
  context.store.Delete(context.RegionScope(), kUsagePlan.kind, id);
  return json::Object();
}

Answer<> CreateUsagePlanKey(Context& context, const json::Object& input) {
  TL_TRY(const Record* plan, FindPart(context, kUsagePlan, input));
  const std::string plan_id = plan->id;
  if (input.GetString("keyType") != "API_KEY")
    return BadRequest("Usage plan key type must be API_KEY");
  const Record* key = FindPart(context, kApiKey, {}, input.GetString("keyId"));
  if (!key) return NotFound("Invalid API Key identifier specified");
  if (FindPart(context, kUsagePlanKey, plan_id, key->id))
    return Conflict("Usage plan key already exists");
  json::Object body{{"id", key->id},
                    {"type", "API_KEY"},
                    {"value", key->body.GetString("value")},
                    {"name", key->body.GetString("name")}};
  SavePart(context, kUsagePlanKey, plan_id, body, body.GetString("name"));
  return body;
}

Answer<> GetUsagePlanKey(Context& context, const json::Object& input) {
  return GetPart(context, kUsagePlanKey, input);
}

bool Keeps(const json::Object& body, const json::Object& input) {
  return body.GetString("name").starts_with(input.GetString("nameQuery"));
}

Answer<> GetUsagePlanKeys(Context& context, const json::Object& input) {
  TL_TRY(const Record* plan, FindPart(context, kUsagePlan, input));
  const Listing listing{.show = Show, .keep = Keeps};
  return ListRecords(context, kUsagePlanKey.kind, std::string(plan->id), input, listing);
}

Answer<> DeleteUsagePlanKey(Context& context, const json::Object& input) {
  return DeletePart(context, kUsagePlanKey, input);
}

constexpr Operation kOperations[] = {
    {.name = "CreateUsagePlan", .handle = CreateUsagePlan},
    {.name = "CreateUsagePlanKey", .handle = CreateUsagePlanKey},
    {.name = "DeleteUsagePlan", .handle = DeleteUsagePlan},
    {.name = "DeleteUsagePlanKey", .handle = DeleteUsagePlanKey},
    {.name = "GetUsagePlan", .handle = GetUsagePlan},
    {.name = "GetUsagePlanKey", .handle = GetUsagePlanKey},
    {.name = "GetUsagePlanKeys", .handle = GetUsagePlanKeys},
    {.name = "GetUsagePlans", .handle = GetUsagePlans},
    {.name = "UpdateUsagePlan", .handle = UpdateUsagePlan},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kUsagePlanOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
