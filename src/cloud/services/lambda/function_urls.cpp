// Function URLs: made, shown, changed, deleted. execute_api serves them.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/execute_api/address.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/function_url.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::size_t kIdLength = 32;
constexpr std::int64_t kMostItems = 50;
constexpr std::string_view kSettings[] = {"AuthType", "Cors", "InvokeMode"};

ServiceError NotFound(std::string_view message) {
  return {"ResourceNotFoundException", message};
}

std::string QualifierOf(const Name& name) {
  return name.qualifier.empty() ? std::string(kLatest) : name.qualifier;
}

const Record* Find(Context& context, const Name& name) {
  return context.store.FindByName(context.RegionScope(), kFunctionUrl, name.function,
                                  QualifierOf(name));
}

Answer<Record> FindOne(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  const Record* found = Find(context, name);
  if (found) return *found;
  return NotFound("The resource you requested does not exist.");
}

json::Object Shown(const Context& context, const Record& url) {
  json::Object shown = url.body;
  shown.Set("FunctionUrl", execute_api::FunctionUrl(context.endpoint, url.id));
  return shown;
}

// An answer that shows what holds, where others show what was given.
json::Object ShownWhole(const Context& context, const Record& url) {
  json::Object shown = Shown(context, url);
  if (!shown.Has("InvokeMode")) shown.Set("InvokeMode", "BUFFERED");
  return shown;
}

Answer<void> CheckTarget(Context& context, const Name& name) {
  const std::string alias = fmt::format("{}:{}", name.function, name.qualifier);
  const bool there =
      FindFunction(context, name.function) &&
      (name.qualifier.empty() || context.store.Find(context.RegionScope(), kAlias, alias));
  if (there) return {};
  return NotFound("Function does not exist");
}

Answer<> CreateFunctionUrlConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_DO(CheckTarget(context, name));
  const std::string arn = FunctionArn(context, name.function, name.qualifier);
  if (Find(context, name)) {
    return ServiceError("ResourceConflictException",
                        fmt::format("Failed to create function url config for [functionArn = {}]. "
                                    "Error message:  FunctionUrlConfig exists for this Lambda "
                                    "function",
                                    arn));
  }
  const std::string now = ToIso8601(context.Now());
  Record url{.id = execute_api::NewId(context.random, kIdLength),
             .parent = name.function,
             .name = QualifierOf(name),
             .body = {{"FunctionArn", arn}, {"CreationTime", now}, {"LastModifiedTime", now}}};
  for (const std::string_view member : kSettings)
    if (const json::Value* value = input.Find(member)) url.body.Set(member, *value);
  json::Object answer = Shown(context, url);
  execute_api::KeepAddress(context, url.id, execute_api::kFunctionProtocol);
  context.store.Put(context.RegionScope(), kFunctionUrl, std::move(url));
  return answer;
}

Answer<> GetFunctionUrlConfig(Context& context, const json::Object& input) {
  TL_TRY(const Record url, FindOne(context, input));
  return ShownWhole(context, url);
}

Answer<> UpdateFunctionUrlConfig(Context& context, const json::Object& input) {
  TL_TRY(Record url, FindOne(context, input));
  for (const std::string_view member : kSettings)
    if (const json::Value* value = input.Find(member)) url.body.Set(member, *value);
  url.body.Set("LastModifiedTime", ToIso8601(context.Now()));
  json::Object answer = Shown(context, url);
  context.store.Put(context.RegionScope(), kFunctionUrl, std::move(url));
  return answer;
}

void Drop(Context& context, const std::string& id) {
  execute_api::ForgetAddress(context, id);
  context.store.Delete(context.RegionScope(), kFunctionUrl, id);
}

Answer<> DeleteFunctionUrlConfig(Context& context, const json::Object& input) {
  TL_TRY(const Record url, FindOne(context, input));
  Drop(context, url.id);
  return json::Object();
}

Answer<> ListFunctionUrlConfigs(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  if (!FindFunction(context, name.function)) return NotFound("Function does not exist");
  const auto limit =
      static_cast<std::size_t>(std::min(input.GetInt("MaxItems", kMostItems), kMostItems));
  const Result<RecordPage> page = context.store.ListPage(
      context.RegionScope(), kFunctionUrl, name.function, limit, input.GetString("Marker"));
  if (!page) {
    return ServiceError("InvalidParameterValueException",
                        "Marker is not one that this listing gave out");
  }
  json::Array urls;
  for (const Record* url : page->records) urls.emplace_back(ShownWhole(context, *url));
  json::Object answer{{"FunctionUrlConfigs", std::move(urls)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateFunctionUrlConfig", .handle = CreateFunctionUrlConfig},
    {.name = "DeleteFunctionUrlConfig", .handle = DeleteFunctionUrlConfig},
    {.name = "GetFunctionUrlConfig", .handle = GetFunctionUrlConfig},
    {.name = "ListFunctionUrlConfigs", .handle = ListFunctionUrlConfigs},
    {.name = "UpdateFunctionUrlConfig", .handle = UpdateFunctionUrlConfig},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kFunctionUrlOperations = kOperations;

void DropFunctionUrls(Context& context, const Name& name) {
  std::vector<std::string> ids;
  for (const Record* url : context.store.List(context.RegionScope(), kFunctionUrl, name.function))
    if (name.qualifier.empty() || name.qualifier == url->name) ids.push_back(url->id);
  for (const std::string& id : ids) Drop(context, id);
}

}  // namespace trunkline::cloud::lambda
