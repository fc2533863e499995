// HTTP APIs and their parts as they stand in the store, and what all families do with them.
//
// Records in the scope of an account and Region, service "apigatewayv2"; bodies are the members of
// the API as it shows them:
//   api          id: ApiId, name: Name; body also "SelectionExpression"s
//   route, integration, authorizer   id: their id, parent: the ApiId
//   stage        id: "<ApiId>/<StageName>", parent: the ApiId, name: StageName
//   deployment   id: DeploymentId, parent: the ApiId; body also "Snapshot": what clients meet while
//                a stage names this deployment ({"Routes", "Integrations", "Authorizers"}: by id)
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::apigatewayv2 {

inline constexpr Kind kApi{"apigatewayv2", "api"};

// A kind of thing that belongs to an API.
struct Part {
  Kind kind;
  std::string_view id;    // the member that identifies it: "RouteId"
  std::string_view word;  // in messages
  std::size_t length;     // of its generated ids; 0: the user names it
};
inline constexpr Part kRoute{{"apigatewayv2", "route"}, "RouteId", "Route", 7};
inline constexpr Part kIntegration{
    {"apigatewayv2", "integration"}, "IntegrationId", "Integration", 7};
inline constexpr Part kAuthorizer{{"apigatewayv2", "authorizer"}, "AuthorizerId", "Authorizer", 6};
inline constexpr Part kDeployment{{"apigatewayv2", "deployment"}, "DeploymentId", "Deployment", 6};
inline constexpr Part kStage{{"apigatewayv2", "stage"}, "StageName", "Stage", 0};

ServiceError BadRequest(std::string_view text);
ServiceError NotFound(std::string_view text);

// NotFoundException: there is none in the caller's account and Region.
Answer<const Record*> FindApi(Context& context, std::string_view api_id);
// The part that the input's ApiId and id name; with it the API is known to be there.
Answer<const Record*> FindPart(Context& context, const Part& part, const json::Object& input);
// The same by id.
const Record* FindPart(Context& context, const Part& part, std::string_view api_id,
                       std::string_view id);

// Puts a new part into the store under a new id and answers its body.
json::Object AddPart(Context& context, const Part& part, std::string_view api_id, json::Object body,
                     std::string_view name);
void SavePart(Context& context, const Part& part, const Record& record, json::Object body,
              std::string_view name);

Answer<> GetPart(Context& context, const Part& part, const json::Object& input);
Answer<> ListParts(Context& context, const Part& part, const json::Object& input);
void DeleteParts(Context& context, const Part& part, std::string_view api_id);

// A page of the records below `parent`, as {"Items", "NextToken"}; `show` makes an item of a body.
Answer<> ListRecords(Context& context, Kind kind, std::string_view parent,
                     const json::Object& input,
                     json::Object (*show)(const Context& context, const json::Object& body));

// The members of an input that become the body, without the ones that say where it belongs.
json::Object WithoutKeys(const json::Object& input, std::initializer_list<std::string_view> keys);
// What an update gives replaces what was there; maps named in `merged` are merged key by key, where
// an empty text takes a key away.
void Merge(json::Object& body, const json::Object& changes,
           std::initializer_list<std::string_view> merged);

Answer<void> CheckLength(const json::Object& input, std::string_view member, std::size_t longest);

}  // namespace trunkline::cloud::apigatewayv2
