#include "cloud/services/cloudformation/serverless/integration.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// ${F.Arn} or ${FAliaslive}.
std::string ShortForm(const json::Value& function) {
  const json::Object& call = function.AsObject();
  if (call.Has("Ref")) return fmt::format("${{{}}}", call.GetString("Ref"));
  const json::Array& path = call.GetArray("Fn::GetAtt");
  return fmt::format("${{{}.{}}}", path[0].AsString(), path[1].AsString());
}

}  // namespace

json::Value ExecuteApiArn(std::string_view partition, std::string_view rest,
                          const json::Value& api) {
  json::Object variables;
  variables.Set("__ApiId__", api);
  variables.Set("__Stage__", "*");
  return Sub(fmt::format("arn:{}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:"
                         "${{__ApiId__}}/${{__Stage__}}{}",
                         partition, rest),
             std::move(variables));
}

std::string PermittedPath(std::string_view path, bool greedy) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return StarredPath(path, greedy);
}

json::Value FunctionUri(std::string_view partition, const Target& target, bool stream) {
  return Sub(fmt::format("arn:{}:apigateway:${{AWS::Region}}:lambda:path/{}/functions/{}/{}",
                         partition, stream ? "2021-11-15" : "2015-03-31", ShortForm(target.arn),
                         stream ? "response-streaming-invocations" : "invocations"));
}

Answer<void> AddIntegration(json::Object& body, const std::string& path, std::string_view method,
                            const IntegrationOrder& order) {
  TL_DO(AddPath(body, path, method));
  TL_TRY(const std::vector<json::Object*> items, PathItems(body, path));
  json::Object integration = order.integration;
  if (!order.condition.empty()) integration.Set("uri", If(order.condition, integration.At("uri")));
  for (json::Object* item : items) {
    json::Value& value = (*item)[MethodKey(method)];
    if (!value.IsObject()) {
      return InvalidStructure(
          fmt::format("Definition of method '{}' for path '{}' should be a map.", method, path));
    }
    json::Object& definition = value.AsObject();
    definition.Set(kIntegration, integration);
    if (path == kDefaultPath && MethodKey(method) == kAnyMethod)
      definition.Set("isDefaultRoute", true);
    if (!definition.Has("responses")) definition.Set("responses", order.responses);
    if (!order.condition.empty()) value = If(order.condition, value);
  }
  return {};
}

Answer<void> SetTimeout(const Event& event, const std::string& path, std::string_view method,
                        json::Object& body) {
  const json::Value* timeout = Given(event.properties, "TimeoutInMillis");
  if (!timeout) return {};
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(body, path, method));
  for (json::Object* definition : methods)
    ObjectAt(*definition, kIntegration).Set("timeoutInMillis", *timeout);
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
