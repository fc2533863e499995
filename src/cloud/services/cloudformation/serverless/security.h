// Who may call the methods of a REST API's document: authorizers, API keys, resource policies.
#pragma once

#include "cloud/services/cloudformation/serverless/events.h"

namespace trunkline::cloud::cloudformation::serverless {

// A method of an API.
struct MethodPlace {
  std::string event;  // whose it is, for errors
  std::string api;
  std::string path;
  std::string method;
  json::Value stage;  // its name
};

// What the Auth of an event says of its method. `api` are the API's properties, `body` its
// document.
Answer<void> SecureMethod(const Document& document, const MethodPlace& place,
                          const json::Object& auth, const json::Object& api, json::Object& body);

// What the Auth of the API says of all methods.
Answer<void> SetDefaultAuthorizer(json::Object& body, std::string_view name,
                                  const json::Object& authorizers, bool preflight);
Answer<void> SetDefaultApiKey(json::Object& body, bool preflight);
void AddApiKeyScheme(json::Object& body);

// AwsAccountWhitelist and its kin, for these paths; and statements of one's own.
Answer<void> AddResourcePolicy(const json::Object& policy, const std::vector<std::string>& paths,
                               const json::Value& stage, json::Object& body);
void AddCustomStatements(const json::Object& policy, json::Object& body);

// The authorizer as documents describe it (securityDefinitions).
Answer<json::Object> AuthorizerScheme(const std::string& api, const std::string& name,
                                      const json::Object& authorizer);
json::Object IamScheme();
// API Gateway may call the function of the API's authorizer.
Resource AuthorizerPermission(const Source& source, const std::string& authorizer,
                              const json::Value& function, std::string_view partition);

}  // namespace trunkline::cloud::cloudformation::serverless
