#include "stacks/lambda_function.h"

#include <fmt/format.h>

#include "stacks/policy.h"

namespace trunkline::stacks {
namespace {

constexpr int kDaysOfLogs = 90;

void AddLog(Template& stack, std::string_view logical_id, std::string_view function) {
  json::Object properties{{"LogGroupName", fmt::format("/aws/lambda/{}", function)},
                          {"RetentionInDays", kDaysOfLogs}};
  stack.Add(fmt::format("{}Log", logical_id),
            {.type = "AWS::Logs::LogGroup", .properties = std::move(properties)});
}

void AddRole(Template& stack, std::string_view logical_id, FunctionSpec& spec) {
  json::Array statements = List({AllowLogs(fmt::format("/aws/lambda/{}", spec.name))});
  Append(statements, std::move(spec.statements));
  Resource role = Role({.name = std::move(spec.role_name),
                        .description = fmt::format("The role of the function {}.", spec.name),
                        .trust = TrustService("lambda"),
                        .statements = std::move(statements),
                        .boundary = std::move(spec.boundary)});
  stack.Add(fmt::format("{}Role", logical_id), std::move(role));
}

}  // namespace

void AddFunction(Template& stack, std::string_view logical_id, FunctionSpec spec) {
  AddLog(stack, logical_id, spec.name);
  AddRole(stack, logical_id, spec);
  json::Object properties{
      {"FunctionName", spec.name},      {"Description", spec.description},
      {"Runtime", "provided.al2023"},   {"Architectures", json::Array{"x86_64"}},
      {"Handler", spec.handler},        {"MemorySize", spec.memory_mb},
      {"Timeout", spec.timeout_seconds}};
  json::Object code{{"S3Bucket", Ref("CodeBucket")}, {"S3Key", Ref("CodeKey")}};
  properties.Set("Code", std::move(code));
  properties.Set("Role", GetAtt(fmt::format("{}Role", logical_id), "Arn"));
  if (!spec.environment.empty())
    properties.Set("Environment", json::Object{{"Variables", std::move(spec.environment)}});
  stack.Add(logical_id, {.type = "AWS::Lambda::Function",
                         .properties = std::move(properties),
                         .depends_on = {fmt::format("{}Log", logical_id)}});
}

void AddCodeParameters(Template& stack) {
  stack.Add({.name = "CodeBucket",
             .description = "A bucket of this Region with the program; the pipeline's artifact."});
  stack.Add({.name = "CodeKey", .description = "The key of the zip there that holds 'bootstrap'."});
}

}  // namespace trunkline::stacks
