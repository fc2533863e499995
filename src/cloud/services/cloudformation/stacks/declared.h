// What a template says of a resource, evaluated when what it needs is there.
#pragma once

#include "cloud/services/cloudformation/stacks/run.h"

namespace trunkline::cloud::cloudformation {

struct Declared {
  json::Object properties;
  json::Object shown;    // with "****" for NoEcho
  json::Object members;  // policies, metadata, dependencies: what the stack itself keeps
};

Answer<Declared> EvaluateDeclared(const Run& run, const TemplateResource& resource);
// Puts the members into a resource's record.
void SetDeclared(json::Object& body, const json::Object& members);

}  // namespace trunkline::cloud::cloudformation
