// First-class integrations of HTTP APIs: an action of another service, named by IntegrationSubtype
// ("SQS-SendMessage"), whose parameters are mapped from the request
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cloud/execute_api/call.h"
#include "cloud/execute_api/service_call.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

struct Subtype {
  std::string_view name;     // "SQS-SendMessage"
  std::string_view service;  // as signatures name it
  std::string_view operation;
  std::string_view model;     // what its parameters are read by
  std::string_view required;  // "QueueUrl MessageBody"
  std::string_view optional;
  std::string_view list = {};  // parameters are one entry of this list: "Entries"
};
const Subtype* FindSubtype(std::string_view name);

// What is wrong with an integration's parameters; nothing: they fit.
std::optional<std::string> FindParameterFault(const Subtype& subtype,
                                              const json::Object& parameters);

// `call` and `integration` must outlive it.
net::aw<ServiceAnswer> CallSubtype(WaitContext context, const ApiCall& call,
                                   const json::Object& integration, Milliseconds limit);

}  // namespace trunkline::cloud::execute_api
