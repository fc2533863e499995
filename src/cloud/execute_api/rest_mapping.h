// How REST APIs map requests to integrations that are no proxies, and their answers back.
#pragma once

#include <optional>
#include <string>

#include "cloud/execute_api/rest_method.h"
#include "cloud/execute_api/template.h"

namespace trunkline::cloud::execute_api {

// What is sent to the integration. kNotFound: no template fits the content type and none may pass
// (415); else the template is wrong.
Result<std::string> MapRequestBody(const ApiCall& call, const json::Object& integration);

// requestParameters: "integration.request.header.x" of "method.request.querystring.y", "'text'".
void MapRequestParameters(const ApiCall& call, const json::Object& integration,
                          net::Request& request, json::Object& path);

// What an integration answered, before it is mapped.
struct IntegrationAnswer {
  std::string selector;  // what selectionPattern matches: the status, or a function's error
  std::string body;
  net::Headers headers;
};
// Nothing: no integration response fits.
Result<std::optional<net::Response>> MapAnswer(const ApiCall& call, const RestMethod& met,
                                               const IntegrationAnswer& answer);

}  // namespace trunkline::cloud::execute_api
