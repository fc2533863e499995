// Integrations that events write into the documents of APIs.
#pragma once

#include "cloud/services/cloudformation/serverless/events.h"

namespace trunkline::cloud::cloudformation::serverless {

// arn:<partition>:execute-api:<Region>:<account>:<api>/*<rest>, for every stage.
json::Value ExecuteApiArn(std::string_view partition, std::string_view rest,
                          const json::Value& api);
// The path as a permission has it: without a slash at its end, parameters are stars.
std::string PermittedPath(std::string_view path, bool greedy);
// The address by which API Gateway calls the function.
json::Value FunctionUri(std::string_view partition, const Target& target, bool stream);

struct IntegrationOrder {
  json::Object integration;
  json::Object responses;  // of the method, where it has none
  std::string condition;
};
Answer<void> AddIntegration(json::Object& body, const std::string& path, std::string_view method,
                            const IntegrationOrder& order);

// What an event says of its method.
Answer<void> SetTimeout(const Event& event, const std::string& path, std::string_view method,
                        json::Object& body);
Answer<void> SetRequestModel(const Event& event, const std::string& path, std::string_view method,
                             const json::Object& api, json::Object& body);
Answer<void> SetRequestParameters(const Event& event, const std::string& path,
                                  std::string_view method, json::Object& body);

}  // namespace trunkline::cloud::cloudformation::serverless
