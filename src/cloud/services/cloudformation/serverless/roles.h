// Execution roles of functions and state machines, and the policies that events add to them.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

// Properties Policies of the source: templates become policies, a single one a list.
Answer<void> ExpandPolicyTemplates(Source& source);

// What a role has beside the source's own Policies.
struct RoleParts {
  json::Object trust;  // AssumeRolePolicyDocument
  json::Array managed;
  json::Array policies;
  json::Array tags;
};
// "<id>Role" with RolePath, PermissionsBoundary and Policies of the source.
Answer<Resource> MakeExecutionRole(const Source& source, RoleParts parts);

json::Object TrustOf(std::string_view service);  // "lambda.amazonaws.com"
// {"PolicyName": ..., "PolicyDocument": {"Statement": [Allow action on resource]}}
json::Value InlinePolicy(std::string_view name, std::string_view action, json::Value resource);
// What a function's destination of that type (SQS, SNS, EventBridge, Lambda, S3Bucket, S3) needs;
// null for others.
json::Value DestinationPolicy(std::string_view type, std::string_view id,
                              const json::Value& destination);
// Adds what the role does not have yet.
void AddManagedPolicy(Resource& role, std::string_view name);
void AddInlinePolicy(Resource& role, json::Value policy);

}  // namespace trunkline::cloud::cloudformation::serverless
