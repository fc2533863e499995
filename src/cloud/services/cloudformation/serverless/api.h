// AWS::Serverless::Api: a REST API, its deployment, its stage, and what belongs to them.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

// Writes what the API's properties say (Cors, Auth, GatewayResponses, Models, BinaryMediaTypes,
// DisableExecuteApiEndpoint, OpenApiVersion) into its document. Auth stands in the properties with
// its parameters resolved.
Answer<void> CompleteBody(const Source& source, json::Object& body);
// Auth.UsagePlan: a plan, a key, and the one to the other.
Answer<std::vector<Resource>> MakeUsagePlan(Document& document, const Source& source,
                                            const std::string& stage);

// A definition body's version of OpenAPI; before events are written into it.
void ApplyOpenApiVersions(Document& document);

}  // namespace trunkline::cloud::cloudformation::serverless
