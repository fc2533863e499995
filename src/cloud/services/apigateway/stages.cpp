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

// As AWS words it, with its missing commas (seen).
ServiceError WrongSetting(const PatchOperation& patch) {
  return BadRequest(fmt::format(
      "Invalid method setting path: {}. Must be one of: [/deploymentId, /description, "
      "/cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, "
      "/accessLogSettings/destinationArn, /accessLogSettings/format, "
      "/{{resourcePath}}/{{httpMethod}}/metrics/enabled, "
      "/{{resourcePath}}/{{httpMethod}}/logging/dataTrace, "
      "/{{resourcePath}}/{{httpMethod}}/logging/loglevel, "
      "/{{resourcePath}}/{{httpMethod}}/throttling/burstLimit"
      "/{{resourcePath}}/{{httpMethod}}/throttling/rateLimit"
      "/{{resourcePath}}/{{httpMethod}}/caching/ttlInSeconds, "
      "/{{resourcePath}}/{{httpMethod}}/caching/enabled, "
      "/{{resourcePath}}/{{httpMethod}}/caching/dataEncrypted, "
      "/{{resourcePath}}/{{httpMethod}}/caching/requireAuthorizationForCacheControl, "
      "/{{resourcePath}}/{{httpMethod}}/caching/unauthorizedCacheControlHeaderStrategy, "
      "/*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, "
      "/*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, "
      "/*/*/caching/enabled, /*/*/caching/dataEncrypted, "
      "/*/*/caching/requireAuthorizationForCacheControl, "
      "/*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{{variable_name}}, "
      "/tracingEnabled]",
      patch.text));
}

// What a method has when one of its settings is set.
json::Object DefaultSettings() {
  constexpr int kBurst = 5000;
  constexpr int kRate = 10'000;
  constexpr int kLife = 300;
  return {{"metricsEnabled", false},
          {"dataTraceEnabled", false},
          {"throttlingBurstLimit", kBurst},
          {"throttlingRateLimit", kRate},
          {"cachingEnabled", false},
          {"cacheTtlInSeconds", kLife},
          {"cacheDataEncrypted", false},
          {"requireAuthorizationForCacheControl", true},
          {"unauthorizedCacheControlHeaderStrategy", "SUCCEED_WITH_RESPONSE_HEADER"}};
}

// "*/*", "~1pets~1{id}/GET", "pets/GET": stages show a method as the path of the patch had it.
std::string SettingKey(const std::vector<std::string>& path, std::size_t count) {
  std::string key;
  for (std::size_t i = 0; i < count; ++i) key += (i > 0 ? "/" : "") + Replace(path[i], "/", "~1");
  return key;
}

// "/~1pets/GET/throttling/rateLimit" or "/*/*/..."; removing without a setting takes all of the
// method's.
Answer<void> PatchSetting(Context& context, const PatchOperation& patch, json::Object& body) {
  const auto& path = patch.path;
  json::Object all = body.GetObject("methodSettings");
  if (patch.op == "remove") {
    const std::string whole = SettingKey(path, path.size());
    if (all.Remove(whole)) {
      body.Set("methodSettings", std::move(all));
      return {};
    }
    return BadRequest(
        fmt::format("Cannot remove method setting {} because there is no method setting for this "
                    "method ",
                    whole));
  }
  constexpr std::size_t kShortest = 4;
  if (path.size() < kShortest) return WrongSetting(patch);
  const std::size_t last = path.size() - 1;
  const std::string key = SettingKey(path, last - 1);
  for (const Setting& setting : kSettings) {
    if (setting.category != path[last - 1] || setting.name != path[last]) continue;
    if (!all.Has(key)) all.Set(key, DefaultSettings());
    body.Set("methodSettings", std::move(all));
    PatchOperation inner = patch;
    inner.path = {"methodSettings", key, std::string(setting.member)};
    return ApplyPatch(context, "UpdateStage", inner, body);
  }
  return WrongSetting(patch);
}

bool IsMethod(std::string_view text) {
  constexpr std::array<std::string_view, 8> kMethods = {"*",       "DELETE", "GET",  "HEAD",
                                                        "OPTIONS", "PATCH",  "POST", "PUT"};
  return std::ranges::find(kMethods, text) != kMethods.end();
}

// Whether a method stands behind a path of resources, at the end or before a setting.
bool IsSetting(const std::vector<std::string>& path) {
  constexpr std::size_t kWithSetting = 4;
  if (path.size() >= kWithSetting && IsMethod(path[path.size() - 3])) return true;
  return path.size() > 1 && IsMethod(path.back());
}

Answer<void> PatchStage(Context& context, const PatchOperation& patch, json::Object& body) {
  constexpr std::array<std::string_view, 10> kMembers = {
      "accessLogSettings", "cacheClusterEnabled",  "cacheClusterSize",
      "canarySettings",    "clientCertificateId",  "deploymentId",
      "description",       "documentationVersion", "tracingEnabled",
      "variables"};
  if (std::ranges::find(kMembers, patch.path.front()) != kMembers.end())
    return ApplyPatch(context, "UpdateStage", patch, body);
  return IsSetting(patch.path) ? PatchSetting(context, patch, body) : WrongSetting(patch);
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
