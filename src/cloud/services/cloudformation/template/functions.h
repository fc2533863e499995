// The functions that Evaluate knows, by family. For evaluate.cpp.
#pragma once

#include <span>

#include "cloud/services/cloudformation/template/evaluate.h"

namespace trunkline::cloud::cloudformation {

struct Function {
  std::string_view name;
  Answer<Maybe> (*run)(const Scope& scope, const json::Value& argument);
};

extern constinit const std::span<const Function> kListFunctions;       // Join, Select, Cidr, ...
extern constinit const std::span<const Function> kReferenceFunctions;  // Ref, GetAtt, Sub, ...

// "Template error: every Fn::X ..."
ServiceError TemplateError(std::string_view what);

}  // namespace trunkline::cloud::cloudformation
