// AutoPublishAlias and FunctionUrlConfig.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/function.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::size_t kHashLength = 10;

bool IsAliasName(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_';
  };
  const bool number =
      std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !number && std::all_of(name.begin(), name.end(), allowed);
}

Answer<std::string> AliasName(const Document& document, const Source& source) {
  const json::Value name = document.values.Resolve(source.properties.At("AutoPublishAlias"));
  if (!name.IsString()) {
    return InvalidResource(source.id,
                           "'AutoPublishAlias' must be a string or a Ref to a template parameter");
  }
  if (IsAliasName(name.AsString())) return name.AsString();
  return InvalidResource(
      source.id,
      fmt::format("AutoPublishAlias name ('{}') must contain only alphanumeric characters, "
                  "hyphens, or underscores matching (?!^[0-9]+$)([a-zA-Z0-9-_]+) pattern.",
                  name.AsString()));
}

// Layers that publish a new version of the function when they change.
void AddLayers(const Document& document, const json::Object& function, json::Object& data) {
  for (const json::Value& layer : function.GetArray("Layers")) {
    const std::string id = LogicalIdOf(layer);
    const json::Object& properties = document.resources.GetObject(id).GetObject("Properties");
    if (Given(properties, "PublishLambdaVersion")) data.Set(id, properties);
  }
}

// A change of what is hashed makes a new version.
json::Object VersionData(const Document& document, const Source& source,
                         const json::Object& function) {
  if (Given(source.properties, "AutoPublishAliasAllProperties")) {
    json::Object data = function;
    AddLayers(document, function, data);
    return data;
  }
  json::Object data = document.values.Resolve(function.At("Code")).AsObject();
  for (const json::Member& member : function.GetObject("Environment"))
    data.Set(member.key, member.value);
  if (const json::Value* memory = Given(function, "MemorySize")) data.Set("MemorySize", *memory);
  const std::string_view snap = function.GetObject("SnapStart").GetString("ApplyOn", "None");
  if (snap != "None") Copy(data, "SnapStart", function);
  return data;
}

// The description tells a new code where its location does not.
Answer<std::string> CodeHash(const Document& document, const Source& source, Resource& function) {
  const json::Value* given = Given(source.properties, "AutoPublishCodeSha256");
  if (!given) return std::string();
  const json::Value hash = document.values.Resolve(*given);
  if (!hash.IsString()) return InvalidResource(source.id, "AutoPublishCodeSha256 must be a string");
  const json::Value* own = Given(source.properties, "Description");
  const json::Value text = own ? document.values.Resolve(*own) : json::Value();
  if (!own) {
    function.properties.Set("Description", hash);
  } else if (text.IsString()) {
    function.properties.Set("Description", fmt::format("{} {}", text.AsString(), hash.AsString()));
  } else {
    json::Object join;
    join.Set("Fn::Join", json::Array{" ", json::Array{text, hash}});
    function.properties.Set("Description", std::move(join));
  }
  return hash.AsString();
}

Resource MakeVersion(const Document& document, const Source& source, const std::string& hash,
                     const Resource& function) {
  const std::string prefix = source.id + "Version";
  const std::string id =
      hash.empty()
          ? HashedId(prefix, json::Value(VersionData(document, source, function.properties)))
          : prefix + hash.substr(0, kHashLength);
  Resource version{
      .id = id, .type = "AWS::Lambda::Version", .members = source.Inherited(), .properties = {}};
  if (!version.members.Has("DeletionPolicy")) {
    const json::Value* policy = Present(source.properties, "VersionDeletionPolicy");
    const bool managed = Present(source.properties, "CapacityProviderConfig") != nullptr;
    version.members.Set("DeletionPolicy",
                        policy ? *policy : json::Value(managed ? "Delete" : "Retain"));
  }
  version.properties.Set("FunctionName", Ref(source.id));
  Copy(version.properties, "Description", source.properties, "VersionDescription");
  Copy(version.properties, "FunctionScalingConfig", source.properties);
  return version;
}

Resource MakePublic(const Source& source, std::string_view suffix, std::string_view action,
                    const FunctionParts& parts) {
  Resource permission{.id = source.id + std::string(suffix),
                      .type = "AWS::Lambda::Permission",
                      .members = source.Inherited(),
                      .properties = {}};
  permission.properties.Set("Action", action);
  permission.properties.Set("FunctionName", parts.Name());
  permission.properties.Set("Principal", "*");
  return permission;
}

struct CorsProperty {
  std::string_view name;
  std::string_view kind;
};
constexpr CorsProperty kCorsProperties[] = {{"AllowOrigins", "list"},     {"AllowMethods", "list"},
                                            {"AllowCredentials", "bool"}, {"AllowHeaders", "list"},
                                            {"ExposeHeaders", "list"},    {"MaxAge", "int"}};

bool IsOfKind(const json::Value& value, std::string_view kind) {
  if (IsIntrinsic(value)) return true;
  if (kind == "list") return value.IsArray();
  return kind == "bool" ? value.IsBool() : value.IsNumber();
}

Answer<void> CheckCors(const Source& source, const json::Object& config) {
  const json::Value* cors = Given(config, "Cors");
  if (!cors || IsIntrinsic(*cors)) return {};
  if (!cors->IsObject()) {
    return InvalidResource(source.id, "Property 'FunctionUrlConfig.Cors' should be a map.");
  }
  for (const json::Member& member : cors->AsObject()) {
    const auto found =
        std::find_if(std::begin(kCorsProperties), std::end(kCorsProperties),
                     [&](const CorsProperty& row) { return row.name == member.key; });
    if (found == std::end(kCorsProperties)) {
      return InvalidResource(
          source.id, fmt::format("{} is not a valid property for configuring Cors.", member.key));
    }
    if (IsOfKind(member.value, found->kind)) continue;
    return InvalidResource(source.id,
                           fmt::format("{} must be of type {}.", member.key, found->kind));
  }
  return {};
}

Answer<void> CheckUrl(const Source& source, const json::Object& config) {
  const json::Value* auth = Given(config, "AuthType");
  const bool known = auth && (IsIntrinsic(*auth) || *auth == json::Value("NONE") ||
                              *auth == json::Value("AWS_IAM"));
  if (!known) {
    return InvalidResource(
        source.id,
        "AuthType is required to configure function property `FunctionUrlConfig`. Please provide "
        "either AWS_IAM or NONE.");
  }
  return CheckCors(source, config);
}

}  // namespace

Answer<void> AddAlias(Document& document, const Source& source, FunctionParts& parts) {
  if (!Given(source.properties, "AutoPublishAlias")) return {};
  TL_TRY(const std::string name, AliasName(document, source));
  TL_TRY(const std::string hash, CodeHash(document, source, parts.function));
  parts.version = MakeVersion(document, source, hash, parts.function);
  const std::string word = Replace(Replace(name, "-", "D"), "_", "U");
  Resource alias{.id = fmt::format("{}Alias{}", source.id, word),
                 .type = "AWS::Lambda::Alias",
                 .members = source.Inherited(),
                 .properties = {}};
  alias.properties.Set("Name", name);
  alias.properties.Set("FunctionName", Ref(source.id));
  alias.properties.Set("FunctionVersion", GetAtt(parts.version->id, "Version"));
  if (const json::Value* config = Given(source.properties, "ProvisionedConcurrencyConfig"))
    alias.properties.Set("ProvisionedConcurrencyConfig", *config);
  parts.alias = std::move(alias);
  return {};
}

Answer<void> AddUrl(const Source& source, FunctionParts& parts) {
  const json::Value* given = Given(source.properties, "FunctionUrlConfig");
  if (!given) return {};
  const json::Object& config = given->AsObject();
  if (!IsIntrinsic(*given)) TL_DO(CheckUrl(source, config));
  Resource url{.id = source.id + "Url",
               .type = "AWS::Lambda::Url",
               .members = source.Inherited(),
               .properties = {}};
  url.properties.Set("TargetFunctionArn", parts.Name());
  Copy(url.properties, "AuthType", config);
  if (const json::Value* cors = Given(config, "Cors")) url.properties.Set("Cors", *cors);
  Copy(url.properties, "InvokeMode", config);
  parts.more.push_back(std::move(url));
  if (config.GetString("AuthType") != "NONE") return {};
  Resource called = MakePublic(source, "UrlPublicPermissions", "lambda:InvokeFunctionUrl", parts);
  called.properties.Set("FunctionUrlAuthType", "NONE");
  parts.more.push_back(std::move(called));
  Resource invoked =
      MakePublic(source, "URLInvokeAllowPublicAccess", "lambda:InvokeFunction", parts);
  invoked.properties.Set("InvokedViaFunctionUrl", true);
  parts.more.push_back(std::move(invoked));
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
