#include "cloud/execute_api/service_action.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/execute_api/function.h"
#include "cloud/within.h"

namespace trunkline::cloud::execute_api {
namespace {

// Of services that speak JSON: their input is what the wire has.
struct Reached {
  std::string_view name;
  std::string_view model;
};
constexpr Reached kReached[] = {{"states", "stepfunctions"}};

ActionAnswer Judge(const std::optional<Answer<>>& answer) {
  constexpr int kOk = 200;
  constexpr int kBadRequest = 400;
  if (!answer) return {.status = 0, .timed_out = true, .body = "it took too long"};
  if (*answer)
    return {.status = kOk, .timed_out = false, .body = json::Write(json::Value(**answer))};
  const ServiceError& error = answer->error();
  const json::Object told{{"__type", error.code}, {"message", error.message}};
  return {.status = error.status != 0 ? error.status : kBadRequest,
          .timed_out = false,
          .body = json::Write(json::Value(told))};
}

}  // namespace

std::optional<ServiceAction> ReadActionUri(std::string_view uri) {
  // arn:aws:apigateway:<region>:<service>:action/<action>
  const std::vector<std::string_view> parts = Split(uri, ':');
  constexpr std::string_view kAction = "action/";
  if (parts.size() != 6 || parts[2] != "apigateway" || !parts[5].starts_with(kAction))
    return std::nullopt;
  const auto row = std::find_if(std::begin(kReached), std::end(kReached),
                                [&](const Reached& one) { return one.name == parts[4]; });
  if (row == std::end(kReached)) return std::nullopt;
  return ServiceAction{.region = std::string(parts[3]),
                       .service = std::string(row->model),
                       .action = std::string(parts[5].substr(kAction.size()))};
}

net::aw<ActionAnswer> CallAction(WaitContext context, ActionCall call) {
  ActionAnswer refused;
  Result<json::Value> input = json::Parse(call.input);
  if (!input || !input->IsObject()) {
    refused.body = "expected the request's template to give a JSON object";
    co_return refused;
  }
  Answer<Caller> caller = CallerOfRole(context, call.credentials, call.source_arn);
  if (!caller) {
    refused.body = caller.error().message;
    co_return refused;
  }
  WaitContext there = context.As(std::move(*caller), call.action.region);
  auto answer = co_await CallWithin(std::move(there), call.action.service, call.action.action,
                                    std::move(input->AsObject()), call.limit);
  co_return Judge(answer);
}

}  // namespace trunkline::cloud::execute_api
