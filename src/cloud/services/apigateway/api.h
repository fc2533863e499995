// What the families of REST APIs share.
#pragma once

#include <string_view>

#include "cloud/context.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {

// A new API with its root resource and models; its body.
Answer<> AddApi(Context& context, json::Object body);
// All that can be defined of an API, but its stages and deployments.
void DropParts(Context& context, std::string_view api_id);

// A new resource below `parent`: BadRequestException, ConflictException.
Answer<json::Object> AddResource(Context& context, std::string_view api_id, const Record& parent,
                                 std::string_view path_part);

// A deployment of the API as it is; its body without the snapshot.
Answer<json::Object> Deploy(Context& context, const Record& api, std::string_view description);

// All that clients meet, as it is now.
json::Object SnapshotOf(Context& context, const Record& api);

// The parts of a document's documentation extension; their ids.
json::Array AddDocumentation(Context& context, std::string_view api_id,
                             const json::Object& document);

// Checks of members, which imports need too.
Answer<void> CheckMethod(Context& context, std::string_view api_id, const json::Object& method);
Answer<void> CheckIntegration(const json::Object& integration);
Answer<void> CheckIntegrationResponse(const json::Object& response);
Answer<void> CheckAuthorizer(const json::Object& authorizer);
Answer<void> CheckModel(const json::Object& model);

}  // namespace trunkline::cloud::apigateway
