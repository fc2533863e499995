#include "cloud/services/lambda/configuration.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/services/lambda/function_layers.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
bool MayAssumeRole(Context& context, std::string_view role_arn) {
  const auto arn = ParseArn(role_arn);
  const access::Deputy deputy{.service = "lambda.amazonaws.com",
                              .source_arn = {},
                              .source_account = context.caller.account};
  return arn && arn->account == context.caller.account &&
         access::MayActAs(context, deputy, role_arn);
}

namespace {

constexpr std::size_t kEnvironmentLimit = 4096;  // bytes, as JSON

// Reserved names that a function may not set (Lambda developer guide).
constexpr std::string_view kReserved[] = {"AWS_ACCESS_KEY",
                                          "AWS_ACCESS_KEY_ID",
                                          "AWS_DEFAULT_REGION",
                                          "AWS_EXECUTION_ENV",
                                          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                                          "AWS_LAMBDA_FUNCTION_NAME",
                                          "AWS_LAMBDA_FUNCTION_VERSION",
                                          "AWS_LAMBDA_INITIALIZATION_TYPE",
                                          "AWS_LAMBDA_LOG_GROUP_NAME",
                                          "AWS_LAMBDA_LOG_STREAM_NAME",
                                          "AWS_LAMBDA_RUNTIME_API",
                                          "AWS_REGION",
                                          "AWS_SECRET_ACCESS_KEY",
                                          "AWS_SESSION_TOKEN",
                                          "LAMBDA_RUNTIME_DIR",
                                          "LAMBDA_TASK_ROOT",
                                          "_HANDLER"};

ServiceError Invalid(std::string_view message) {
  return {"InvalidParameterValueException", message};
}

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

Answer<void> CheckRuntime(std::string_view runtime) {
  for (const std::string_view family : {"nodejs", "python", "provided"}) {
    if (StartsWith(runtime, family)) return {};
  }
  return Invalid(fmt::format(
      "runtime '{}' is not implemented by this cloud; it runs nodejs, python and provided",
      runtime));
}

Answer<void> CheckRole(Context& context, std::string_view arn) {
  const std::size_t slash = arn.rfind('/');
  if (!StartsWith(arn, "arn:") || slash == std::string_view::npos) {
    return Invalid(fmt::format("expected the ARN of a role but got '{}'", arn));
  }
  if (MayAssumeRole(context, arn)) return {};
  return Invalid("The role defined for the function cannot be assumed by Lambda.");
}

Answer<void> CheckEnvironment(const json::Object& variables) {
  for (const json::Member& variable : variables) {
    if (std::find(std::begin(kReserved), std::end(kReserved), variable.key) !=
        std::end(kReserved)) {
      return Invalid(
          fmt::format("Lambda was unable to configure your environment variables because the "
                      "environment variables you have provided "
                      "contains reserved keys that are currently not supported for modification. "
                      "Reserved keys used in this request: {}",
                      variable.key));
    }
  }
  const std::string measured = json::Write(variables);
  if (measured.size() <= kEnvironmentLimit) return {};
  return Invalid(
      fmt::format("Lambda was unable to configure your environment variables because the "
                  "environment variables you have provided exceeded the 4KB limit. String "
                  "measured: {}",
                  measured));
}

// Members that are kept and given back, and whose effect this cloud does not have, would pretend:
// they are refused.
Answer<void> RefuseOthers(const json::Object& input) {
  for (const std::string_view member :
       {"VpcConfig", "FileSystemConfigs", "ImageConfig", "SnapStart", "CapacityProviderConfig",
        "DurableConfig", "TenancyConfig"}) {
    const json::Value* value = input.Find(member);
    const bool empty = value == nullptr || (value->IsArray() && value->AsArray().empty()) ||
                       (value->IsObject() && value->AsObject().empty());
    const bool off =
        member == "SnapStart" && input.GetObject(member).GetString("ApplyOn") == "None";
    const bool no_vpc =
        member == "VpcConfig" && input.GetObject(member).GetArray("SubnetIds").empty();
    if (!empty && !off && !no_vpc)
      return Invalid(fmt::format("'{}' is not implemented by this cloud", member));
  }
  return {};
}

// Runtimes here have one version each.
json::Object RuntimeVersion(const Context& context, std::string_view runtime) {
  return {{"RuntimeVersionArn",
           fmt::format("arn:aws:lambda:{}::runtime:{}", context.region, ToHex(Sha256(runtime)))}};
}

// Queues and topics only; an empty ARN takes it away.
Answer<void> ApplyDeadLetters(const json::Object& input, json::Object& configuration) {
  if (!input.Has("DeadLetterConfig")) return {};
  const json::Object& given = input.GetObject("DeadLetterConfig");
  const std::string_view target = given.GetString("TargetArn");
  if (target.empty()) {
    configuration.Remove("DeadLetterConfig");
    return {};
  }
  const auto arn = ParseArn(target);
  const bool known =
      arn && (arn->service == "sqs" || arn->service == "sns") && !arn->resource.ends_with(".fifo");
  if (!known)
    return Invalid(
        fmt::format("expected the ARN of a standard queue or topic but got '{}'", target));
  configuration.Set("DeadLetterConfig", given);
  return {};
}

}  // namespace

Answer<void> ApplyConfiguration(Context& context, const json::Object& input,
                                json::Object& configuration) {
  TL_DO(RefuseOthers(input));
  if (input.Has("Runtime")) TL_DO(CheckRuntime(input.GetString("Runtime")));
  if (input.Has("Role")) TL_DO(CheckRole(context, input.GetString("Role")));
  TL_DO(CheckEnvironment(input.GetObject("Environment").GetObject("Variables")));
  for (const std::string_view member :
       {"Runtime", "Role", "Handler", "Description", "Timeout", "MemorySize", "Environment",
        "TracingConfig", "KMSKeyArn", "EphemeralStorage", "Architectures", "LoggingConfig",
        "PackageType"}) {
    const json::Value* value = input.Find(member);
    if (value != nullptr) configuration.Set(member, *value);
  }
  if (input.Has("Runtime"))
    configuration.Set("RuntimeVersionConfig", RuntimeVersion(context, input.GetString("Runtime")));
  TL_DO(ApplyDeadLetters(input, configuration));
  if (input.Has("Layers")) return ApplyLayers(context, input.GetArray("Layers"), configuration);
  return {};
}

void Touch(Context& context, json::Object& configuration) {
  configuration.Set("RevisionId", NewUuid(context.random));
  configuration.Set("LastModified", WireTime(context.Now()));
}

}  // namespace trunkline::cloud::lambda
