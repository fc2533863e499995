// Parts of what is written into a REST API's document.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

bool IsValidBody(const json::Object& body);

Answer<void> AddCors(const Source& source, json::Object& body);
Answer<void> AddGatewayResponses(const Source& source, json::Object& body);

}  // namespace trunkline::cloud::cloudformation::serverless
