// OpenAPI documents (2.0 and 3.0, JSON or YAML) with API Gateway's extensions, as REST APIs are
// imported from and exported to.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {

Answer<json::Object> ReadDocument(std::string_view body);

// Defines what the document says in the API, on top of what is there. Warnings are what was not
// taken.
Answer<json::Array> DefineApi(Context& context, std::string_view api_id,
                              const json::Object& document, std::string_view base_path_mode);

// The members of the API itself that a document says ("name", "description", "policy", ...).
json::Object ApiMembers(const json::Object& document);

json::Object WriteDocument(const json::Object& snapshot, std::string_view stage, bool swagger,
                           bool integrations, bool authorizers);
// The API's, or when it was made.
std::string DocumentVersion(const json::Object& snapshot);

}  // namespace trunkline::cloud::apigateway
