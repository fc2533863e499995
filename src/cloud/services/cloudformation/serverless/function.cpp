#include "cloud/services/cloudformation/serverless/function.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/events.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"
#include "cloud/services/cloudformation/serverless/locations.h"
#include "cloud/services/cloudformation/serverless/roles.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// Properties that the function has as they are.
constexpr std::string_view kPassed[] = {"Handler",
                                        "Runtime",
                                        "Description",
                                        "MemorySize",
                                        "Timeout",
                                        "VpcConfig",
                                        "Role",
                                        "Environment",
                                        "KmsKeyArn",
                                        "ReservedConcurrentExecutions",
                                        "Layers",
                                        "FileSystemConfigs",
                                        "ImageConfig",
                                        "PackageType",
                                        "Architectures",
                                        "SnapStart",
                                        "EphemeralStorage",
                                        "CodeSigningConfigArn",
                                        "RuntimeManagementConfig",
                                        "LoggingConfig",
                                        "TenancyConfig",
                                        "RecursiveLoop",
                                        "DurableConfig",
                                        "PublishToLatestPublished",
                                        "FunctionScalingConfig"};

bool IsImage(const json::Object& properties) {
  return properties.GetString("PackageType") == "Image";
}

Answer<json::Object> CodeOf(const Source& source) {
  const json::Object& properties = source.properties;
  const std::string_view package = properties.GetString("PackageType", "Zip");
  if (package != "Zip" && package != "Image")
    return InvalidResource(source.id, fmt::format("invalid 'PackageType' : {}", package));
  json::Object code;
  if (IsImage(properties)) {
    const json::Value* image = Present(properties, "ImageUri");
    if (!image) return InvalidResource(source.id, "'ImageUri' must be set.");
    code.Set("ImageUri", *image);
    return code;
  }
  const json::Value* text = Present(properties, "InlineCode");
  const json::Value* uri = Present(properties, "CodeUri");
  if (!text && !uri)
    return InvalidResource(source.id, "Only one of 'InlineCode' or 'CodeUri' can be set.");
  if (text) {
    code.Set("ZipFile", *text);
  } else {
    TL_TRY(code, S3Code(*uri, source.id, "CodeUri"));
  }
  if (const json::Value* key = Given(properties, "SourceKMSKeyArn"))
    code.Set("SourceKMSKeyArn", *key);
  return code;
}

Answer<json::Array> TagsOf(const Source& source) {
  const json::Object& own = source.properties.GetObject("Tags");
  for (const std::string_view reserved :
       {"lambda:createdBy", "serverlessrepo:applicationId", "serverlessrepo:semanticVersion"}) {
    if (!own.Has(reserved)) continue;
    return InvalidResource(
        source.id, fmt::format("{} is a reserved Tag key name and cannot be set on your resource. "
                               "Please change the tag key in the input.",
                               reserved));
  }
  json::Array tags = TagList({{"lambda:createdBy", "SAM"}});
  for (json::Value& tag : TagList(own)) tags.push_back(std::move(tag));
  return tags;
}

bool IsTraced(const Document& document, const Source& source) {
  const json::Value* tracing = Given(source.properties, "Tracing");
  return tracing && document.values.Resolve(*tracing) != json::Value("Disabled");
}

json::Object CapacityOf(const json::Object& given) {
  json::Object config;
  Copy(config, "CapacityProviderArn", given, "Arn");
  for (const std::string_view name :
       {"PerExecutionEnvironmentMaxConcurrency", "ExecutionEnvironmentMemoryGiBPerVCpu"})
    Copy(config, name, given);
  json::Object made;
  made.Set("LambdaManagedInstancesCapacityProviderConfig", std::move(config));
  return made;
}

Answer<Resource> MakeFunction(const Document& document, const Source& source) {
  Resource function{
      .id = source.id, .type = "AWS::Lambda::Function", .members = source.Own(), .properties = {}};
  TL_TRY(json::Object code, CodeOf(source));
  function.properties.Set("Code", std::move(code));
  if (const json::Value* name = Given(source.properties, "FunctionName"))
    function.properties.Set("FunctionName", *name);
  for (const std::string_view name : kPassed) Copy(function.properties, name, source.properties);
  TL_TRY(json::Array tags, TagsOf(source));
  function.properties.Set("Tags", std::move(tags));
  if (IsTraced(document, source)) {
    json::Object tracing;
    Copy(tracing, "Mode", source.properties, "Tracing");
    function.properties.Set("TracingConfig", std::move(tracing));
  }
  if (const json::Value* queue = Given(source.properties, "DeadLetterQueue")) {
    json::Object config;
    Copy(config, "TargetArn", queue->AsObject());
    function.properties.Set("DeadLetterConfig", std::move(config));
  }
  if (const json::Value* capacity = Given(source.properties, "CapacityProviderConfig"))
    function.properties.Set("CapacityProviderConfig", CapacityOf(capacity->AsObject()));
  return function;
}

json::Value DeadLetterPolicy(const json::Object& queue) {
  const bool topic = queue.GetString("Type") == "SNS";
  json::Value policy = InlinePolicy(
      "DeadLetterQueuePolicy", topic ? "sns:Publish" : "sqs:SendMessage", queue.At("TargetArn"));
  policy.AsObject().Find("PolicyDocument")->AsObject().Set("Version", "2012-10-17");
  return policy;
}

Answer<Resource> MakeRole(const Document& document, const Source& source,
                          const FunctionParts& parts) {
  const json::Object& own = source.properties;
  RoleParts role;
  const json::Value* trust = Present(own, "AssumeRolePolicyDocument");
  role.trust = trust && trust->IsObject() ? trust->AsObject() : TrustOf("lambda.amazonaws.com");
  role.managed.emplace_back(ManagedPolicyArn(
      Given(own, "DurableConfig") ? "service-role/AWSLambdaBasicDurableExecutionRolePolicy"
                                  : "service-role/AWSLambdaBasicExecutionRole"));
  if (IsTraced(document, source))
    role.managed.emplace_back(ManagedPolicyArn("AWSXrayWriteOnlyAccess"));
  if (Given(own, "VpcConfig"))
    role.managed.emplace_back(ManagedPolicyArn("service-role/AWSLambdaVPCAccessExecutionRole"));
  if (const json::Value* queue = Given(own, "DeadLetterQueue"))
    role.policies.push_back(DeadLetterPolicy(queue->AsObject()));
  role.policies.insert(role.policies.end(), parts.policies.begin(), parts.policies.end());
  TL_TRY(role.tags, TagsOf(source));
  return MakeExecutionRole(source, std::move(role));
}

// A role is made where none is given; with an Fn::If, where its branch gives none.
bool UsesRole(Document& document, Resource& function, Resource& role) {
  const json::Value* given = Present(function.properties, "Role");
  const json::Value own = GetAtt(role.id, "Arn");
  if (!given) {
    function.properties.Set("Role", own);
    return true;
  }
  const json::Value resolved = document.values.Resolve(*given);
  const json::Array* branches = IfArguments(resolved);
  if (!branches || (!IsNoValue((*branches)[1]) && !IsNoValue((*branches)[2]))) return false;
  const json::Value condition = (*branches)[0];
  const bool then = IsNoValue((*branches)[1]);
  const bool otherwise = IsNoValue((*branches)[2]);
  if (then && otherwise) {
    function.properties.Set("Role", own);
    return true;
  }
  std::string when = TextOf(condition);
  json::Value role_value =
      then ? If(condition, own, (*branches)[2]) : If(condition, (*branches)[1], own);
  if (!then) {
    document.AddCondition("NOT" + when, Not(when));
    when.insert(0, "NOT");
  }
  role.members.Set("Condition", when);
  function.properties.Set("Role", std::move(role_value));
  return true;
}

Target TargetOf(const Source& source, const FunctionParts& parts, Resource& role) {
  const bool alias = parts.alias.has_value();
  return {.id = source.id,
          .name = parts.Name(),
          .arn = alias ? Ref(parts.alias->id) : GetAtt(source.id, "Arn"),
          .inherited = source.Inherited(),
          .condition = std::string(source.condition()),
          .role = &role,
          .permissions_boundary = nullptr};
}

constexpr Rule kRules[] = {{"FunctionName", "sm"},
                           {"Handler", "*"},
                           {"Runtime", "*"},
                           {"CodeUri", "*"},
                           {"ImageUri", "*"},
                           {"PackageType", "*"},
                           {"InlineCode", "*"},
                           {"DeadLetterQueue", "m"},
                           {"Description", "*"},
                           {"MemorySize", "*"},
                           {"Timeout", "*"},
                           {"VpcConfig", "*"},
                           {"Role", "s"},
                           {"AssumeRolePolicyDocument", "m"},
                           {"Policies", "sma"},
                           {"RolePath", "*"},
                           {"PermissionsBoundary", "s"},
                           {"Environment", "x"},
                           {"Events", "x"},
                           {"Tags", "m"},
                           {"PropagateTags", "b"},
                           {"Tracing", "ms"},
                           {"KmsKeyArn", "*"},
                           {"DeploymentPreference", "m"},
                           {"ReservedConcurrentExecutions", "*"},
                           {"Layers", "a"},
                           {"EventInvokeConfig", "m"},
                           {"EphemeralStorage", "*"},
                           {"AutoPublishAlias", "s"},
                           {"AutoPublishCodeSha256", "s"},
                           {"AutoPublishAliasAllProperties", "Fb"},
                           {"VersionDescription", "*"},
                           {"ProvisionedConcurrencyConfig", "*"},
                           {"FileSystemConfigs", "*"},
                           {"ImageConfig", "*"},
                           {"CodeSigningConfigArn", "*"},
                           {"Architectures", "*"},
                           {"SnapStart", "m"},
                           {"FunctionUrlConfig", "m"},
                           {"RuntimeManagementConfig", "*"},
                           {"LoggingConfig", "*"},
                           {"RecursiveLoop", "*"},
                           {"SourceKMSKeyArn", "*"},
                           {"CapacityProviderConfig", "m"},
                           {"FunctionScalingConfig", "m"},
                           {"VersionDeletionPolicy", "s"},
                           {"PublishToLatestPublished", "*"},
                           {"TenancyConfig", "*"},
                           {"DurableConfig", "m"}};
constexpr Referable kReferable[] = {{"Alias", "AWS::Lambda::Alias"},
                                    {"Version", "AWS::Lambda::Version"},
                                    {"DestinationTopic", "AWS::SNS::Topic"},
                                    {"DestinationQueue", "AWS::SQS::Queue"}};

}  // namespace

json::Value FunctionParts::Name() const {
  return Ref(alias ? alias->id : function.id);
}

namespace {

Answer<std::vector<Resource>> TranslateFunction(Document& document, Source& source) {
  TL_DO(ExpandPolicyTemplates(source));
  FunctionParts parts;
  TL_TRY(parts.function, MakeFunction(document, source));
  TL_DO(CheckFunction(source));
  TL_DO(AddAlias(document, source, parts));
  TL_DO(AddUrl(source, parts));
  TL_DO(AddDeployment(document, source, parts));
  TL_DO(AddInvokeConfig(document, source, parts));
  TL_TRY(Resource role, MakeRole(document, source, parts));
  const bool uses_role = UsesRole(document, parts.function, role);
  TL_TRY(Resources all, TranslateEvents(document, source, TargetOf(source, parts, role)));
  all.insert(all.end(), parts.more.begin(), parts.more.end());
  all.push_back(std::move(parts.function));
  if (parts.version) all.push_back(std::move(*parts.version));
  if (parts.alias) all.push_back(std::move(*parts.alias));
  if (uses_role) all.push_back(std::move(role));
  TL_DO(PropagateTags(all, source));
  return all;
}

}  // namespace

constinit const Kind kFunctionKind{
    .type = kFunction, .rules = kRules, .referable = kReferable, .translate = TranslateFunction};

}  // namespace trunkline::cloud::cloudformation::serverless
