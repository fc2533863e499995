// Functions: create, get, list, delete.
#include "base/text.h"
#include "cloud/jobs.h"
#include "cloud/objects.h"
#include "cloud/services/lambda/code.h"
#include "cloud/services/lambda/configuration.h"
#include "cloud/services/lambda/event_invoke.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/function_layers.h"
#include "cloud/services/lambda/function_url.h"
#include "cloud/services/lambda/layers.h"
#include "cloud/services/lambda/provisioned.h"
#include "cloud/services/lambda/records.h"
#include "cloud/services/lambda/settle.h"
#include "cloud/services/lambda/versions.h"

namespace trunkline::cloud::lambda {
namespace {

json::Object Defaults(const Context& context, const std::string& name) {
  return {{"FunctionName", name},
          {"FunctionArn", FunctionArn(context, name)},
          {"Description", ""},
          {"Timeout", 3},
          {"MemorySize", 128},
          {"Version", kLatest},
          {"PackageType", "Zip"},
          {"Architectures", json::Array{"x86_64"}},
          {"EphemeralStorage", json::Object{{"Size", 512}}},
          {"TracingConfig", json::Object{{"Mode", "PassThrough"}}},
          {"SnapStart", json::Object{{"ApplyOn", "None"}, {"OptimizationStatus", "Off"}}},
          {"State", "Pending"},
          {"StateReason", "The function is being created."},
          {"StateReasonCode", "Creating"}};
}

Answer<> CreateFunction(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  if (context.store.Find(context.RegionScope(), kFunction, name.function) != nullptr) {
    return ServiceError("ResourceConflictException",
                        fmt::format("Function already exist: {}", name.function));
  }
  if (!input.Has("Runtime") || !input.Has("Handler")) {
    return ServiceError("InvalidParameterValueException",
                        "Runtime and Handler are mandatory parameters for functions created with "
                        "deployment packages.");
  }
  json::Object configuration = Defaults(context, name.function);
  TL_DO(ApplyConfiguration(context, input, configuration));
  TL_TRY(const Code code, KeepCode(context, input.GetObject("Code")));
  TL_DO(CheckUnpackedSize(context, configuration, code.unpacked));
  Describe(code, configuration);
  Touch(context, configuration);
  json::Object logging{{"LogFormat", "Text"}, {"LogGroup", "/aws/lambda/" + name.function}};
  if (!configuration.Has("LoggingConfig")) configuration.Set("LoggingConfig", std::move(logging));
  json::Object body{
      {"Configuration", configuration},  {"CodeId", code.id},
      {"Unpacked", code.unpacked},       {"Build", configuration.GetString("RevisionId")},
      {"Tags", input.GetObject("Tags")}, {"NextVersion", 1}};
  context.store.Put(
      context.RegionScope(), kFunction,
      {.id = name.function, .parent = {}, .name = name.function, .body = std::move(body)});
  ScheduleSettling(context, name.function);
  if (!input.GetBool("Publish")) return configuration;
  TL_TRY(json::Object version, Publish(context, name.function, {}));
  // Seen: the version's number, and the function's ARN without it.
  version.Set("FunctionArn", FunctionArn(context, name.function));
  return version;
}

Answer<> GetFunction(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(Resolved resolved, Resolve(context, name));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  json::Object code{{"RepositoryType", "S3"},
                    {"Location", CodeLocation(context, resolved.code_id)}};
  json::Object answer{{"Configuration", WithQualifiedArn(context, resolved, name)},
                      {"Code", std::move(code)}};
  const json::Object& tags = function->body.GetObject("Tags");
  if (!tags.empty()) answer.Set("Tags", tags);
  const json::Value* reserved = function->body.Find("Reserved");
  if (reserved != nullptr)
    answer.Set("Concurrency", json::Object{{"ReservedConcurrentExecutions", *reserved}});
  return answer;
}

Answer<> GetFunctionConfiguration(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Resolved resolved, Resolve(context, name));
  return WithQualifiedArn(context, resolved, name);
}

Answer<> ListFunctions(Context& context, const json::Object& input) {
  const auto limit = static_cast<std::size_t>(input.GetInt("MaxItems", 50));
  Result<RecordPage> page =
      context.store.ListPage(context.RegionScope(), kFunction, {}, std::min<std::size_t>(limit, 50),
                             input.GetString("Marker"));
  if (!page)
    return ServiceError("InvalidParameterValueException",
                        "Marker is not one that this listing gave out");
  json::Array functions;
  for (const Record* record : page->records) {
    json::Object latest = Listed(record->body.GetObject("Configuration"));
    const bool all = input.GetString("FunctionVersion") == "ALL";
    if (all) latest.Set("FunctionArn", FunctionArn(context, record->id, kLatest));
    functions.emplace_back(std::move(latest));
    if (!all) continue;
    for (const Record* version : context.store.List(context.RegionScope(), kVersion, record->id))
      functions.emplace_back(Listed(version->body.GetObject("Configuration")));
  }
  json::Object answer{{"Functions", std::move(functions)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

// What hangs on a function, a version or an alias beside itself.
void DropAttached(Context& context, const Name& name) {
  DropPolicy(context, name);
  DropEventInvokes(context, name);
  DropProvisioned(context, name);
  DropFunctionUrls(context, name);
  DropUnusedLayers(context);
}

void DropCodeUnlessShared(Context& context, const std::string& function,
                          const std::string& code_id) {
  for (const Record* version : context.store.List(context.RegionScope(), kVersion, function)) {
    if (version->body.GetString("CodeId") == code_id) return;
  }
  const Record* latest = context.store.Find(context.RegionScope(), kFunction, function);
  if (latest != nullptr && latest->body.GetString("CodeId") == code_id) return;
  context.objects.Drop(code_id);
}

Answer<void> DeleteVersion(Context& context, const Name& name) {
  if (name.qualifier == kLatest) {
    return ServiceError("InvalidParameterValueException",
                        "$LATEST version cannot be deleted without deleting the function.");
  }
  if (!ToInt(name.qualifier)) {
    return ServiceError("InvalidParameterValueException",
                        "$LATEST and aliases cannot be deleted through Qualifier; leave it out, or "
                        "use DeleteAlias");
  }
  for (const Record* alias : context.store.List(context.RegionScope(), kAlias, name.function)) {
    if (alias->body.GetString("FunctionVersion") == name.qualifier) {
      return ServiceError("ResourceConflictException",
                          fmt::format("Version {} is in use by alias '{}'", name.qualifier,
                                      alias->body.GetString("Name")));
    }
  }
  const std::string id = name.function + ":" + name.qualifier;
  const Record* version = context.store.Find(context.RegionScope(), kVersion, id);
  if (version == nullptr) return {};  // deleting what is gone succeeds
  const std::string code(version->body.GetString("CodeId"));
  context.store.Delete(context.RegionScope(), kVersion, id);
  DropAttached(context, name);
  DropCodeUnlessShared(context, name.function, code);
  return {};
}

Answer<> DeleteFunction(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  if (!name.qualifier.empty()) {
    TL_DO(DeleteVersion(context, name));
    return json::Object();
  }
  std::set<std::string> codes{std::string(function->body.GetString("CodeId"))};
  std::vector<std::pair<Kind, std::string>> children;
  for (const Kind kind : {kVersion, kAlias}) {
    for (const Record* child : context.store.List(context.RegionScope(), kind, name.function)) {
      children.emplace_back(kind, child->id);
      if (child->body.Has("CodeId")) codes.emplace(child->body.GetString("CodeId"));
    }
  }
  for (const auto& [kind, id] : children) context.store.Delete(context.RegionScope(), kind, id);
  context.store.Delete(context.RegionScope(), kFunction, name.function);
  for (const std::string& code : codes) context.objects.Drop(code);
  DropAttached(context, name);
  return json::Object();
}

Answer<> GetAccountSettings(Context& context, const json::Object&) {
  std::int64_t size = 0;
  const std::vector<const Record*> functions = context.store.List(context.RegionScope(), kFunction);
  for (const Record* function : functions)
    size += function->body.GetObject("Configuration").GetInt("CodeSize");
  json::Object limit{{"TotalCodeSize", 80530636800},
                     {"CodeSizeUnzipped", 262144000},
                     {"CodeSizeZipped", 52428800},
                     {"ConcurrentExecutions", 1000},
                     {"UnreservedConcurrentExecutions", 1000}};
  json::Object usage{{"TotalCodeSize", size}, {"FunctionCount", functions.size()}};
  return json::Object{{"AccountLimit", std::move(limit)}, {"AccountUsage", std::move(usage)}};
}

Answer<> GetFunctionCodeSigningConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_DO(FindFunction(context, name.function));
  return json::Object{{"FunctionName", name.function}};
}

Answer<> GetRuntimeManagementConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Resolved resolved, Resolve(context, name));
  return json::Object{{"UpdateRuntimeOn", "Auto"},
                      {"FunctionArn", FunctionArn(context, name.function, resolved.version)}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateFunction", .handle = CreateFunction},
    {.name = "DeleteFunction", .handle = DeleteFunction},
    {.name = "GetAccountSettings", .handle = GetAccountSettings},
    {.name = "GetFunction", .handle = GetFunction},
    {.name = "GetFunctionCodeSigningConfig", .handle = GetFunctionCodeSigningConfig},
    {.name = "GetFunctionConfiguration", .handle = GetFunctionConfiguration},
    {.name = "GetRuntimeManagementConfig", .handle = GetRuntimeManagementConfig},
    {.name = "ListFunctions", .handle = ListFunctions},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kFunctionOperations = kOperations;

}  // namespace trunkline::cloud::lambda
