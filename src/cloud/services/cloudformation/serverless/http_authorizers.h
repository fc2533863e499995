// Auth of an HTTP API: its authorizers, and the one of routes that name none.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

Answer<void> AddHttpAuth(const Source& source, json::Object& body);
// For functions of authorizers with EnableFunctionDefaultPermissions.
std::vector<Resource> HttpAuthorizerPermissions(const Source& source);

}  // namespace trunkline::cloud::cloudformation::serverless
