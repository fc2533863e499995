#include "cloud/services/lambda/configuration.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"

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

constexpr std::size_t kEnvironmentLimit = 4096;  // bytes of all keys and values

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
  std::size_t size = 0;
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
    size += variable.key.size() + variable.value.AsString().size();
  }
  if (size > kEnvironmentLimit) {
    return Invalid(
        "Lambda was unable to configure your environment variables because the environment "
        "variables you have provided exceeded "
        "the 4KB limit.");
  }
  return {};
}

// Members that are kept and given back, and whose effect this cloud does not have, would pretend:
// they are refused.
Answer<void> RefuseOthers(const json::Object& input) {
  for (const std::string_view member :
       {"VpcConfig", "FileSystemConfigs", "ImageConfig", "SnapStart", "Layers", "DeadLetterConfig",
        "CapacityProviderConfig", "DurableConfig", "TenancyConfig"}) {
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
  return {};
}

void Touch(Context& context, json::Object& configuration) {
  configuration.Set("RevisionId", NewUuid(context.random));
  // Lambda's own form of a time: milliseconds and a numeric zone.
  std::string time = ToIso8601(context.Now());
  time.pop_back();
  if (time.find('.') == std::string::npos) time += ".000";
  configuration.Set("LastModified", time + "+0000");
}

}  // namespace trunkline::cloud::lambda
