// AWS::Serverless::Function: a function, its role, what is published of it, and its events.
#pragma once

#include <optional>

#include "cloud/services/cloudformation/serverless/document.h"
#include "cloud/services/cloudformation/serverless/rules.h"

namespace trunkline::cloud::cloudformation::serverless {

// The function while its parts are made.
struct FunctionParts {
  Resource function;
  std::optional<Resource> version;
  std::optional<Resource> alias;
  json::Array policies;        // of its destinations, for the role
  std::vector<Resource> more;  // what is made beside them

  // As a permission or a URL names it: the alias where there is one.
  json::Value Name() const;
};

// Properties that need or exclude each other.
Answer<void> CheckFunction(const Source& source);
// AutoPublishAlias: a version with a hash in its logical id, and the alias.
Answer<void> AddAlias(Document& document, const Source& source, FunctionParts& parts);
// FunctionUrlConfig, with what lets everybody in where its AuthType is NONE.
Answer<void> AddUrl(const Source& source, FunctionParts& parts);
// EventInvokeConfig, with queues and topics for its destinations where they are not given.
Answer<void> AddInvokeConfig(Document& document, const Source& source, FunctionParts& parts);
// DeploymentPreference: noted in the document, and an update policy of the alias.
Answer<void> AddDeployment(Document& document, const Source& source, FunctionParts& parts);

}  // namespace trunkline::cloud::cloudformation::serverless
