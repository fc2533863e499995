// How REST APIs map requests to integrations that are no proxies, and their answers back.
#pragma once

#include <optional>
#include <string>

#include "cloud/execute_api/rest_method.h"
#include "cloud/execute_api/template.h"

namespace trunkline::cloud::execute_api {

// What is sent to the integration, and what its template said in $context.requestOverride.
struct MappedRequest {
  std::string body;
  json::Object override;
};
// kNotFound: no template fits the content type and none may pass (415); else the template is
// wrong.
Result<MappedRequest> MapRequestBody(const ApiCall& call, const RestMethod& met);

// What requestParameters say: "integration.request.header.x" of "method.request.querystring.y" or
// "'text'". Also of the override.
struct MappedParameters {
  net::Headers headers;
  Pairs query;
  json::Object path;
};
// The error: a header that nobody may set. `aws`: the request is signed.
Result<MappedParameters> MapRequestParameters(const ApiCall& call, const json::Object& integration,
                                              const json::Object& override, bool aws);
// "?a=b&c=d", or nothing.
std::string QueryText(const Pairs& query);

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
