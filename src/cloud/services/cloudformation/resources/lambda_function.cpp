// AWS::Lambda::Function.
#include "base/embedded.h"
#include "base/zip.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline {
std::span<const EmbeddedFile> InlineModules();  // cmake/embed.cmake
}

namespace trunkline::cloud::cloudformation {
namespace {

std::string InlineModule(std::string_view name) {
  for (const EmbeddedFile& file : InlineModules())
    if (file.name == name) return std::string(file.bytes);
  return {};
}

// Inline code becomes a zip with that file, named as its runtime finds it, and the module that
// answers CloudFormation, which on AWS too only inline code has.
Answer<std::string> ZipInline(const json::Object& properties, std::string_view code) {
  const std::string_view runtime = properties.GetString("Runtime");
  const bool node = runtime.starts_with("nodejs");
  if (!node && !runtime.starts_with("python")) {
    return ServiceError(
        "InvalidRequest",
        "ZipFile can only be used when Runtime is set to either of nodejs, python.");
  }
  const std::string text(code);
  TL_TRY(std::string zip,
         node ? WriteZip({{.name = "index.js", .bytes = text},
                          {.name = "node_modules/cfn-response/index.js",
                           .bytes = InlineModule("cfn_response.js")}})
              : WriteZip({{.name = "index.py", .bytes = text},
                          {.name = "cfnresponse.py", .bytes = InlineModule("cfnresponse.py")}}));
  return zip;
}

// The creation takes the code in a structure, the update beside the other members.
Answer<void> PrepareCode(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                         json::Object& properties) {
  json::Object code = properties.GetObject("Code");
  if (const json::Value* text = code.Find("ZipFile"); text && text->IsString()) {
    TL_TRY(std::string zip, ZipInline(properties, text->AsString()));
    code.Set("ZipFile", std::move(zip));
  }
  Overlay(properties, code);
  properties.Set("Code", std::move(code));
  return {};
}

constexpr auto kProperties = Properties<
    "Architectures Code*~ CodeSigningConfigArn~ DeadLetterConfig Description Environment "
    "EphemeralStorage FunctionName^ Handler KmsKeyArn Layers~ LoggingConfig MemorySize "
    "PackageType^ RecursiveLoop~ ReservedConcurrentExecutions Role* Runtime Tags Timeout "
    "TracingConfig VpcConfig FileSystemConfigs ImageConfig SnapStart~ "
    "PublishToLatestPublished~ TenancyConfig^ DurableConfig CapacityProviderConfig">();

constexpr auto kAttributes =
    Words<"Arn SnapStartResponse.ApplyOn SnapStartResponse.OptimizationStatus SnapStartResponse">();

constexpr Name kValues[] = {
    {"Arn", "FunctionArn"},
    {"SnapStartResponse", "SnapStart"},
    {"SnapStartResponse.ApplyOn", "SnapStart.ApplyOn"},
    {"SnapStartResponse.OptimizationStatus", "SnapStart.OptimizationStatus"},
};

constexpr Change kChanges[] = {
    {.operation = "UpdateFunctionConfiguration",
     .properties =
         "DeadLetterConfig Description Environment EphemeralStorage FileSystemConfigs Handler "
         "ImageConfig KmsKeyArn Layers LoggingConfig MemorySize Role Runtime SnapStart Timeout "
         "TracingConfig VpcConfig DurableConfig CapacityProviderConfig"},
    {.operation = "UpdateFunctionCode",
     .properties = "Code Architectures ZipFile S3Bucket S3Key S3ObjectVersion S3ObjectStorageMode "
                   "ImageUri SourceKMSKeyArn",
     .updates_only = true},
    {.operation = "PutFunctionConcurrency",
     .properties = "ReservedConcurrentExecutions",
     .removal = "DeleteFunctionConcurrency"},
    {"PutFunctionRecursionConfig", "RecursiveLoop"},
    {.operation = "PutFunctionCodeSigningConfig",
     .properties = "CodeSigningConfigArn",
     .removal = "DeleteFunctionCodeSigningConfig"},
};

constexpr Reading kReadings[] = {
    {"ReservedConcurrentExecutions", "GetFunctionConcurrency", "ReservedConcurrentExecutions"},
    {"Tags", "GetFunction", "Tags"},
};

constexpr Fallback kFallbacks[] = {
    {"Timeout", R"(3)"},
    {"MemorySize", R"(128)"},
    {"Environment", R"({"Variables": {}})"},
    {"TracingConfig", R"({"Mode": "PassThrough"})"},
    {"EphemeralStorage", R"({"Size": 512})"},
    {"VpcConfig", R"({"SubnetIds": [], "SecurityGroupIds": []})"},
    {"DeadLetterConfig", R"({"TargetArn": ""})"},
    {"LoggingConfig", R"({"LogFormat": "Text"})"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lambda::Function",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lambda",
    .create = "CreateFunction",
    .describe = "GetFunctionConfiguration",
    .remove = "DeleteFunction",
    .changes = kChanges,
    .readings = kReadings,
    .id = "FunctionName",
    .values = kValues,
    .fallbacks = kFallbacks,
    .naming = {.property = "FunctionName", .limit = 64},
    .ready = {.member = "State LastUpdateStatus",
              .pending = "Pending InProgress",
              .failed = "Failed",
              .reason = "StateReason LastUpdateStatusReason"},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "FunctionArn",
    .prepare = PrepareCode,
};

}  // namespace

constinit const ResourceType kLambdaFunctionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
