// Function: one of Trunkline's own Lambda functions: a plain function from event to answer, chosen
// by `_HANDLER`.
//
// They are in the same binary as everything else: started as `bootstrap` of a provided.al2023
// function it runs functions/runtime.h's loop instead of the command line.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/environment.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/result.h"

namespace trunkline::functions {

struct FunctionWorld {
  const Environment& environment;
  const Files& files;
  Log& log;
  std::string task_root;  // where the zip was unpacked: LAMBDA_TASK_ROOT
};

struct Function {
  std::string_view name;  // the handler's name: "mapping"
  std::string_view summary;
  // An error becomes the invocation's error: FunctionError is set, and flows take their error
  // branch.
  Result<json::Value> (*answer)(const FunctionWorld& world, const json::Value& event);
};

std::span<const Function* const> AllFunctions();
const Function* FindFunction(std::string_view name);  // nullptr: none of that name

}  // namespace trunkline::functions
