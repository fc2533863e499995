// Stages.
#include "cloud/services/apigateway/stages.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/execute_api/authorizers.h"
#include "cloud/execute_api/tags.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"

namespace trunkline::cloud::apigateway {
namespace {

bool IsStageName(std::string_view name) {
  constexpr std::size_t kLongest = 128;
  return !name.empty() && name.size() <= kLongest && std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
  });
}

Answer<void> CheckStage(Context& context, std::string_view api_id, const json::Object& stage) {
  if (!IsStageName(stage.GetString("stageName")))
    return BadRequest("Stage name only allows a-zA-Z0-9_-");
  if (!FindPart(context, kDeployment, api_id, stage.GetString("deploymentId")))
    return BadRequest("Invalid Deployment identifier specified");
  if (stage.Has("canarySettings"))
    return BadRequest("Canary settings are not implemented by this cloud");
  if (stage.GetBool("cacheClusterEnabled"))
    return BadRequest("Cache clusters are not implemented by this cloud");
  for (const json::Member& variable : stage.GetObject("variables")) {
    const bool named = !variable.key.empty() && std::ranges::all_of(variable.key, [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    });
    if (!named) return BadRequest(fmt::format("Invalid stage variable name: {}", variable.key));
  }
  const json::Object& log = stage.GetObject("accessLogSettings");
  if (log.GetString("destinationArn").empty()) return {};
  const auto arn = ParseArn(log.GetString("destinationArn"));
  if (arn && arn->service == "logs" && arn->resource.starts_with("log-group:")) return {};
  return BadRequest(
      "Access logs go to log groups only in this cloud: expected destinationArn to "
      "be the ARN of one");
}

Answer<json::Object> AddStage(Context& context, std::string_view api_id,
                              const json::Object& input) {
  json::Object body = WithoutKeys(input, {"restApiId"});
  TL_DO(CheckStage(context, api_id, body));
  TL_DO(execute_api::CheckTags(body.GetObject("tags")));
  if (!body.Has("cacheClusterEnabled")) body.Set("cacheClusterEnabled", false);
  if (!body.Has("tracingEnabled")) body.Set("tracingEnabled", false);
  body.Set("cacheClusterStatus", "NOT_AVAILABLE");
  body.Set("methodSettings", json::Object());
  body.Set("createdDate", Time(context.Now()));
  body.Set("lastUpdatedDate", Time(context.Now()));
  SavePart(context, kStage, api_id, body, body.GetString("stageName"));
  return body;
}

Answer<> CreateStage(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string api_id = api->id;
  if (FindPart(context, kStage, api_id, input.GetString("stageName")))
    return Conflict("Stage already exists");
  return AddStage(context, api_id, input);
}

// A setting of methods: "throttling/rateLimit" and the member it is in the stage.
struct Setting {
  std::string_view category;
  std::string_view name;
  std::string_view member;
};
constexpr std::array<Setting, 10> kSettings = {{
    {"metrics", "enabled", "metricsEnabled"},
    {"logging", "dataTrace", "dataTraceEnabled"},
    {"logging", "loglevel", "loggingLevel"},
    {"throttling", "burstLimit", "throttlingBurstLimit"},
    {"throttling", "rateLimit", "throttlingRateLimit"},
    {"caching", "ttlInSeconds", "cacheTtlInSeconds"},
    {"caching", "enabled", "cachingEnabled"},
    {"caching", "dataEncrypted", "cacheDataEncrypted"},
    {"caching", "requireAuthorizationForCacheControl", "requireAuthorizationForCacheControl"},
    {"caching", "unauthorizedCacheControlHeaderStrategy", "unauthorizedCacheControlHeaderStrategy"},
}};

// "/~1pets/GET/throttling/rateLimit" or "/*/*/...": the resource's slashes stay escaped in the
// names that stages show. Removing the first two segments takes all settings of the method.
Answer<void> PatchSetting(Context& context, const PatchOperation& patch, json::Object& body) {
  const auto& path = patch.path;
  constexpr std::size_t kWhole = 4;
  const std::string key = fmt::format("{}/{}", Replace(path[0], "/", "~1"), path[1]);
  if (path.size() == 2 && patch.op == "remove") {
    json::Object settings = body.GetObject("methodSettings");
    settings.Remove(key);
    body.Set("methodSettings", std::move(settings));
    return {};
  }
  if (path.size() != kWhole) return InvalidPath(patch, {});
  for (const Setting& setting : kSettings) {
    if (setting.category != path[2] || setting.name != path[3]) continue;
    PatchOperation inner = patch;
    inner.path = {"methodSettings", key, std::string(setting.member)};
    return ApplyPatch(context, "UpdateStage", inner, body);
  }
  return InvalidPath(patch, {});
}

Answer<void> PatchStage(Context& context, const PatchOperation& patch, json::Object& body) {
  constexpr std::array<std::string_view, 10> kMembers = {
      "accessLogSettings", "cacheClusterEnabled",  "cacheClusterSize",
      "canarySettings",    "clientCertificateId",  "deploymentId",
      "description",       "documentationVersion", "tracingEnabled",
      "variables"};
  if (std::ranges::find(kMembers, patch.path.front()) != kMembers.end())
    return ApplyPatch(context, "UpdateStage", patch, body);
  const bool setting = patch.path.front() == "*" || patch.path.front().starts_with('/');
  if (setting && patch.path.size() > 1) return PatchSetting(context, patch, body);
  return InvalidPath(patch, {"deploymentId", "description", "variables", "*/*/logging/loglevel"});
}

Answer<> UpdateStage(Context& context, const json::Object& input) {
  TL_TRY(const Record* stage, FindPart(context, kStage, input));
  const Record before = *stage;
  json::Object body = before.body;
  TL_TRY(const std::vector<PatchOperation> operations, ReadPatch(input));
  for (const PatchOperation& patch : operations) TL_DO(PatchStage(context, patch, body));
  TL_DO(CheckStage(context, before.parent, body));
  body.Set("lastUpdatedDate", Time(context.Now()));
  SavePart(context, kStage, before.parent, body, before.name);
  return body;
}

Answer<> GetStage(Context& context, const json::Object& input) {
  return GetPart(context, kStage, input);
}

// This listing has no pages, and calls its items "item".
Answer<> GetStages(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string_view deployment = input.GetString("deploymentId");
  json::Array stages;
  for (const Record* one : context.store.List(context.RegionScope(), kStage.kind, api->id)) {
    if (deployment.empty() || one->body.GetString("deploymentId") == deployment)
      stages.emplace_back(one->body);
  }
  return json::Object{{"item", std::move(stages)}};
}

Answer<> DeleteStage(Context& context, const json::Object& input) {
  return DeletePart(context, kStage, input);
}

Answer<> FlushStageAuthorizersCache(Context& context, const json::Object& input) {
  TL_DO(FindPart(context, kStage, input));
  execute_api::ForgetAuthorizations(context, input.GetString("restApiId"),
                                    input.GetString("stageName"));
  return json::Object();
}

// Nothing is cached: there are no cache clusters.
Answer<> FlushStageCache(Context& context, const json::Object& input) {
  TL_DO(FindPart(context, kStage, input));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateStage", .handle = CreateStage},
    {.name = "DeleteStage", .handle = DeleteStage},
    {.name = "FlushStageAuthorizersCache", .handle = FlushStageAuthorizersCache},
    {.name = "FlushStageCache", .handle = FlushStageCache},
    {.name = "GetStage", .handle = GetStage},
    {.name = "GetStages", .handle = GetStages},
    {.name = "UpdateStage", .handle = UpdateStage},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> PutStage(Context& context, const json::Object& input) {
  const std::string_view api_id = input.GetString("restApiId");
  const Record* stage = FindPart(context, kStage, api_id, input.GetString("stageName"));
  if (!stage) {
    TL_DO(AddStage(context, api_id, input));
    return {};
  }
  const Record before = *stage;
  json::Object body = before.body;
  for (const json::Member& member : WithoutKeys(input, {"restApiId"}))
    body.Set(member.key, member.value);
  TL_DO(CheckStage(context, api_id, body));
  body.Set("lastUpdatedDate", Time(context.Now()));
  SavePart(context, kStage, api_id, std::move(body), before.name);
  return {};
}

constinit const Family kStageOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
