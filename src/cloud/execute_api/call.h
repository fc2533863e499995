// ApiCall: one request of an API's client, taken apart, on its way through the API.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "cloud/context.h"
#include "net/http.h"

namespace trunkline::cloud::execute_api {

inline constexpr std::size_t kLargestBody = 10U << 20U;  // documented, of both kinds of APIs

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct ApiCall {
  // whose API, and which
  Scope scope;
  std::string api_id;
  std::string stage;
  json::Object stage_variables;

  // what came
  std::string method;
  std::string path;       // behind the stage, as it stands on the wire; at least "/"
  std::string base_path;  // what stood before it: "/prod", or empty
  std::string query;      // as it stands on the wire
  net::Headers headers;
  std::string body;
  std::string peer;
  std::string domain_name;    // as the client called it, with a port if it gave one
  std::string domain_prefix;  // its first label, or the API's id

  // what we know of it
  std::string request_id;
  std::string extended_id;  // the short one of the answer's header
  std::string trace_id;
  TimePoint time;
  std::string route_key;      // "GET /pets/{id}"; of a REST API's method the same
  std::string resource_path;  // "/pets/{id}", "/" or "$default"
  std::string resource_id;
  json::Object path_parameters;
  json::Object authorizer;      // what the authorizer said, as format 1.0 has it
  json::Object authorizer_v2;   // the same for format 2.0: {"lambda": ...}, {"jwt": ...}
  std::optional<Caller> iam;    // who signed it, of routes with AWS_IAM
  std::string signature_fault;  // why the signature of the request is not one
  std::string api_key_id;       // of REST APIs' methods that need one
  std::string api_key;          // the same
  std::string operation_name;   // of the route or method
  json::Object errors;          // "message", "responseType", ... for access logs, templates
  // What happens to it, as TestInvokeMethod tells; nobody else asks (cloud/execute_api/trace.h).
  bool traced = false;
  std::vector<std::string> trace;
  std::string deployment_id;  // of REST APIs
};

// The path as functions see it: decoded, behind the stage.
std::string DecodedPath(const ApiCall& call);
Pairs QueryOf(const ApiCall& call);
// "arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method><path>", the path with its slash.
std::string MethodArn(const ApiCall& call, std::string_view method, std::string_view path);
// What policies' conditions see of the function's caller: the route, not the path of the request.
std::string RouteArn(const ApiCall& call);
std::string AuthorizerArn(const ApiCall& call, std::string_view authorizer_id);

// "12/Mar/2020:19:03:58 +0000"
std::string RequestTime(TimePoint time);
// Whether the value of "${stageVariables.x}" or "$stageVariables.x" stands in it, it is put there.
std::string WithStageVariables(const ApiCall& call, std::string_view text);

}  // namespace trunkline::cloud::execute_api
