// Function: one of Trunkline's own Lambda functions: from event to answer, chosen by
// `_HANDLER`. What can be decided without asking anybody is a plain function beside it.
//
// They are in the same binary as everything else: started as `bootstrap` of a provided.al2023
// function it runs functions/runtime.h's loop instead of the command line.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "aws/client.h"
#include "base/clock.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "functions/memory.h"
#include "net/async.h"
#include "net/timers.h"

namespace trunkline::functions {

// Outlives every invocation: one process answers many.
struct FunctionWorld {
  const Environment& environment;
  Files& files;
  Clock& clock;
  Random& random;
  Log& log;
  net::Timers& timers;
  aws::Client client;     // in the function's Region, with its role's credentials
  std::string task_root;  // where the zip was unpacked: LAMBDA_TASK_ROOT
  Memory& memory;         // of this process
};

struct Function {
  std::string_view name;  // the handler's name: "mapping"
  std::string_view summary;
  // An error becomes the invocation's error: FunctionError is set, and flows take their error
  // branch.
  net::aw<Result<json::Value>> (*answer)(const FunctionWorld& world, json::Value event);
};

std::span<const Function* const> AllFunctions();
const Function* FindFunction(std::string_view name);  // nullptr: none of that name

}  // namespace trunkline::functions
