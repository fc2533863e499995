#include "cloud/execute_api/call.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::cloud::execute_api {

std::string DecodedPath(const ApiCall& call) {
  return PercentDecode(call.path);
}

Pairs QueryOf(const ApiCall& call) {
  return net::ParseQuery(call.query, true);
}

std::string MethodArn(const ApiCall& call, std::string_view method, std::string_view path) {
  return fmt::format("arn:aws:execute-api:{}:{}:{}/{}/{}{}", call.scope.region, call.scope.account,
                     call.api_id, call.stage, method, path);
}

std::string RouteArn(const ApiCall& call) {
  if (call.resource_path == "$default") return MethodArn(call, "$default", "");
  return MethodArn(call, call.method, call.resource_path);
}

std::string AuthorizerArn(const ApiCall& call, std::string_view authorizer_id) {
  return fmt::format("arn:aws:execute-api:{}:{}:{}/authorizers/{}", call.scope.region,
                     call.scope.account, call.api_id, authorizer_id);
}

std::string RequestTime(TimePoint time) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  // 2020-03-12T19:03:58Z
  const std::string iso = ToIso8601(std::chrono::floor<std::chrono::seconds>(time));
  const auto month = static_cast<std::size_t>(ToInt(iso.substr(5, 2)).value_or(1) - 1);
  return fmt::format("{}/{}/{}:{} +0000", iso.substr(8, 2), kMonths.at(month), iso.substr(0, 4),
                     iso.substr(11, 8));
}

std::string WithStageVariables(const ApiCall& call, std::string_view text) {
  std::string whole(text);
  if (whole.find("stageVariables.") == std::string::npos) return whole;
  for (const json::Member& variable : call.stage_variables) {
    if (!variable.value.IsString()) continue;
    whole = Replace(whole, "${stageVariables." + variable.key + "}", variable.value.AsString());
  }
  return whole;
}

}  // namespace trunkline::cloud::execute_api
