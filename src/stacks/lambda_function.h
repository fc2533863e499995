// One of Trunkline's own functions in a template: role, log group and function.
#pragma once

#include <string>
#include <string_view>

#include "stacks/template.h"

namespace trunkline::stacks {

struct FunctionSpec {
  std::string_view handler;  // its name in src/functions
  std::string name;          // the function's name
  std::string description;
  int timeout_seconds = 30;
  int memory_mb = 256;
  json::Object environment;  // variables; may be empty
  json::Array statements;    // of its role, beside its own log
  json::Value role_name;     // null: CloudFormation chooses
  json::Value boundary;      // of the role
};

// Adds <logical_id>, <logical_id>Role and <logical_id>Log. The code is where the template's
// parameters CodeBucket and CodeKey say.
void AddFunction(Template& stack, std::string_view logical_id, FunctionSpec spec);

// The parameters CodeBucket and CodeKey of a target account's stack.
void AddCodeParameters(Template& stack);

}  // namespace trunkline::stacks
