// Parameter mappings of HTTP APIs: "append:header.x", "overwrite:path", "remove:querystring.y" of
// requests to HTTP servers, "overwrite:statuscode" and "append:header.z" of answers.
#pragma once

#include "cloud/execute_api/call.h"

namespace trunkline::cloud::execute_api {

// `target` is the request's path and query at the integration.
void MapRequest(const ApiCall& call, const json::Object& parameters, net::Headers& headers,
                std::string& target);

// By the status of the answer: {"200": {"overwrite:header.x": "$response.body.name"}}.
void MapResponse(const ApiCall& call, const json::Object& parameters, net::Response& response);

}  // namespace trunkline::cloud::execute_api
