// REST APIs and their parts as they stand in the store, and what all families do with them.
//
// Records in the scope of an account and Region, service "apigateway"; bodies are the members of
// the API as it shows them:
//   api                 id: its id, name: its name
//   resource            id: its id, parent: the API's, name: its path; its methods with their
//                       integrations and responses are in "resourceMethods"
//   authorizer, request-validator     id: its id, parent: the API's
//   model               id: "<api>/<name>", parent: the API's
//   gateway-response    id: "<api>/<type>", parent: the API's; only those that were put
//   stage               id: "<api>/<name>", parent: the API's
//   deployment          id: its id, parent: the API's; body also "snapshot": what clients meet
//   while
//                       a stage names it ({"resources": [...], "authorizers", "validators",
//                       "models", "gatewayResponses": by id, type or name; "api"})
//   documentation-part  id: its id, parent: the API's, name: what it describes
//   documentation-version   id: "<api>/<version>", parent: the API's
//   api-key, usage-plan id: its id
//   usage-plan-key      id: "<plan>/<key>", parent: the plan's
//   account             id: "account"
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::apigateway {

inline constexpr Kind kApi{"apigateway", "api"};

// A kind of thing that belongs to an API (or, with no owner, to the account).
struct Part {
  Kind kind;
  std::string_view key;    // the input's member that names one: "resourceId"
  std::string_view shown;  // the body's: "id"
  std::string_view word;   // in messages
  std::string_view owner;  // the input's member that names what it belongs to, or empty
  bool composed = false;   // its record's id is "<owner>/<name>"
};
inline constexpr Part kResource{
    {"apigateway", "resource"}, "resourceId", "id", "Resource", "restApiId"};
inline constexpr Part kAuthorizer{
    {"apigateway", "authorizer"}, "authorizerId", "id", "Authorizer", "restApiId"};
inline constexpr Part kValidator{{"apigateway", "request-validator"},
                                 "requestValidatorId",
                                 "id",
                                 "Request Validator",
                                 "restApiId"};
inline constexpr Part kDeployment{
    {"apigateway", "deployment"}, "deploymentId", "id", "Deployment", "restApiId"};
inline constexpr Part kModel{
    {"apigateway", "model"}, "modelName", "name", "model name", "restApiId", true};
inline constexpr Part kStage{
    {"apigateway", "stage"}, "stageName", "stageName", "stage", "restApiId", true};
inline constexpr Part kGatewayResponse{{"apigateway", "gateway-response"},
                                       "responseType",
                                       "responseType",
                                       "gateway response type",
                                       "restApiId",
                                       true};
inline constexpr Part kDocumentation{{"apigateway", "documentation-part"},
                                     "documentationPartId",
                                     "id",
                                     "Documentation part",
                                     "restApiId"};
inline constexpr Part kApiKey{{"apigateway", "api-key"}, "apiKey", "id", "API Key", ""};
inline constexpr Part kUsagePlan{
    {"apigateway", "usage-plan"}, "usagePlanId", "id", "Usage Plan", ""};
inline constexpr Part kUsagePlanKey{
    {"apigateway", "usage-plan-key"}, "keyId", "id", "Usage Plan Key", "usagePlanId", true};

ServiceError BadRequest(std::string_view text);
ServiceError NotFound(std::string_view text);
ServiceError Conflict(std::string_view text);

// NotFoundException, as all of these: there is none in the caller's account and Region.
Answer<const Record*> FindApi(Context& context, const json::Object& input);
Answer<const Record*> FindPart(Context& context, const Part& part, const json::Object& input);
// By names; null: there is none.
const Record* FindPart(Context& context, const Part& part, std::string_view owner,
                       std::string_view name);

std::string NewPartId(Context& context);  // 6 characters
void SavePart(Context& context, const Part& part, std::string_view owner, json::Object body,
              std::string_view name);

Answer<> GetPart(Context& context, const Part& part, const json::Object& input);
Answer<> ListParts(Context& context, const Part& part, const json::Object& input);
Answer<> DeletePart(Context& context, const Part& part, const json::Object& input);
void DeleteParts(Context& context, const Part& part, std::string_view owner);

// What an item of a listing shows of a body, and whether it is in the listing at all.
struct Listing {
  json::Object (*show)(Context& context, const json::Object& body, const json::Object& input);
  bool (*keep)(const json::Object& body, const json::Object& input) = nullptr;
};
// A page of the records below `parent`: {"items", "position"}.
Answer<> ListRecords(Context& context, Kind kind, std::string_view parent,
                     const json::Object& input, const Listing& listing);

// The input's members but for those named.
json::Object WithoutKeys(const json::Object& input, std::initializer_list<std::string_view> keys);
// As creations and listings show what has no tags; who asks for one thing sees that there are none.
json::Object WithoutEmptyTags(json::Object body);
json::Number Time(TimePoint time);

}  // namespace trunkline::cloud::apigateway
