// The two ends of a connector.
#pragma once

#include <string>

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

struct ConnectorEnd {
  std::string id;    // of the template; empty: described by its properties
  std::string type;  // CloudFormation's
  json::Value arn;
  json::Value role;  // its name
  json::Value url;
  json::Value resource_id;
  json::Value name;
  json::Value qualifier;
};

// `end` is Source or Destination of the connector `id`, `other` the other of them.
Answer<ConnectorEnd> ReadEnd(const Document& document, const std::string& id,
                             const json::Object& end, const json::Object& other);

}  // namespace trunkline::cloud::cloudformation::serverless
