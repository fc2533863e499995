// API keys.
#include <algorithm>

#include <fmt/format.h>

#include "base/random.h"
#include "base/text.h"
#include "cloud/execute_api/address.h"
#include "cloud/execute_api/tags.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr std::size_t kIdLength = 10;
constexpr std::size_t kValueLength = 40;
constexpr std::size_t kShortestValue = 20;
constexpr std::size_t kLongestValue = 128;

const Record* FindValue(Context& context, std::string_view value) {
  for (const Record* one : context.store.List(context.RegionScope(), kApiKey.kind)) {
    if (one->body.GetString("value") == value) return one;
  }
  return nullptr;
}

Answer<json::Object> MakeKey(Context& context, const json::Object& input) {
  std::string value(input.GetString("value"));
  if (value.empty()) value = NewToken(context.random, kValueLength, kAlphanumeric);
  if (value.size() < kShortestValue)
    return BadRequest("API Key value should be at least 20 characters");
  if (value.size() > kLongestValue)
    return BadRequest("API Key value exceeds maximum size of 128 characters");
  if (FindValue(context, value)) return Conflict("API Key already exists");
  json::Array stages;
  for (const json::Value& key : input.GetArray("stageKeys"))
    stages.emplace_back(fmt::format("{}/{}", key.AsObject().GetString("restApiId"),
                                    key.AsObject().GetString("stageName")));
  json::Object body{{"id", execute_api::NewId(context.random, kIdLength)},
                    {"value", value},
                    {"name", input.GetString("name")},
                    {"enabled", input.GetBool("enabled")},
                    {"createdDate", Time(context.Now())},
                    {"lastUpdatedDate", Time(context.Now())},
                    {"stageKeys", std::move(stages)},
                    {"tags", input.GetObject("tags")}};
  body.SetIfNotEmpty("customerId", input.GetString("customerId"));
  body.SetIfNotEmpty("description", input.GetString("description"));
  TL_DO(execute_api::CheckTags(body.GetObject("tags")));
  SavePart(context, kApiKey, {}, body, body.GetString("name"));
  return body;
}

Answer<> CreateApiKey(Context& context, const json::Object& input) {
  TL_TRY(json::Object made, MakeKey(context, input));
  return WithoutEmptyTags(std::move(made));
}

json::Object Show(Context& /*context*/, const json::Object& body, const json::Object& input) {
  const bool wanted = input.GetBool("includeValue") || input.GetBool("includeValues");
  return wanted ? body : WithoutKeys(body, {"value"});
}

Answer<> GetApiKey(Context& context, const json::Object& input) {
  TL_TRY(const Record* key, FindPart(context, kApiKey, input));
  return Show(context, key->body, input);
}

bool Keeps(const json::Object& body, const json::Object& input) {
  return body.GetString("name").starts_with(input.GetString("nameQuery")) &&
         (!input.Has("customerId") ||
          body.GetString("customerId") == input.GetString("customerId"));
}

Answer<> GetApiKeys(Context& context, const json::Object& input) {
  const Listing listing{.show = Show, .keep = Keeps};
  return ListRecords(context, kApiKey.kind, {}, input, listing);
}

Answer<> UpdateApiKey(Context& context, const json::Object& input) {
  TL_TRY(const Record* key, FindPart(context, kApiKey, input));
  const Record before = *key;
  json::Object body = before.body;
  TL_DO(Patch(context, "UpdateApiKey", input, {"customerId", "description", "enabled", "name"},
              body));
  body.Set("lastUpdatedDate", Time(context.Now()));
  SavePart(context, kApiKey, {}, body, body.GetString("name"));
  return WithoutKeys(body, {"value"});
}

Answer<> DeleteApiKey(Context& context, const json::Object& input) {
  TL_TRY(const Record* key, FindPart(context, kApiKey, input));
  const std::string id = key->id;
  std::vector<std::string> uses;
  for (const Record* one : context.store.List(context.RegionScope(), kUsagePlanKey.kind)) {
    if (one->body.GetString("id") == id) uses.push_back(one->id);
  }
  for (const std::string& one : uses)
    context.store.Delete(context.RegionScope(), kUsagePlanKey.kind, one);
  context.store.Delete(context.RegionScope(), kApiKey.kind, id);
  return json::Object();
}

// "name,key,description,enabled,usageplanIds" in a first line that says which column is which.
Answer<> ImportApiKeys(Context& context, const json::Object& input) {
  const std::vector<std::string_view> lines = Split(input.GetString("body"), '\n');
  std::vector<std::string> columns;
  for (const std::string_view column : Split(lines.front(), ','))
    columns.push_back(ToLower(Trim(column)));
  if (std::ranges::find(columns, "key") == columns.end())
    return BadRequest("Unable to import API keys: expected a column 'key'");
  json::Array ids;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (Trim(lines[i]).empty()) continue;
    const std::vector<std::string_view> values = Split(Trim(lines[i]), ',');
    json::Object row;
    for (std::size_t c = 0; c < std::min(columns.size(), values.size()); ++c)
      row.Set(columns[c], Trim(values[c]));
    json::Object key{{"name", row.GetString("name")},
                     {"value", row.GetString("key")},
                     {"description", row.GetString("description")},
                     {"enabled", !EqualsIgnoreCase(row.GetString("enabled", "true"), "false")}};
    TL_TRY(const json::Object made, MakeKey(context, key));
    ids.emplace_back(made.GetString("id"));
    if (row.GetString("usageplanids").empty()) continue;
    json::Object use{{"usagePlanId", row.GetString("usageplanids")},
                     {"keyId", made.GetString("id")},
                     {"keyType", "API_KEY"}};
    TL_DO(context.Call("apigateway", "CreateUsagePlanKey", use));
  }
  return json::Object{{"ids", std::move(ids)}, {"warnings", json::Array()}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateApiKey", .handle = CreateApiKey},
    {.name = "DeleteApiKey", .handle = DeleteApiKey},
    {.name = "GetApiKey", .handle = GetApiKey},
    {.name = "GetApiKeys", .handle = GetApiKeys},
    {.name = "ImportApiKeys", .handle = ImportApiKeys},
    {.name = "UpdateApiKey", .handle = UpdateApiKey},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kApiKeyOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
