// AWS::Serverless::Connector: permissions between two resources of the template.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

// Connectors that stand in the resource they begin at (its member Connectors) become resources.
void AddEmbeddedConnectors(Document& document);

}  // namespace trunkline::cloud::cloudformation::serverless
