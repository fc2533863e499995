// The loop of Lambda's custom runtimes: asks for the next invocation, answers it, for ever.
//
// Source: AWS Lambda Runtime API 2018-06-01 (aws-platform facts, section 6).
#pragma once

#include "base/clock.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/log.h"
#include "base/random.h"

namespace trunkline::functions {

// True in a Lambda environment: AWS_LAMBDA_RUNTIME_API is set.
bool IsLambda(const Environment& environment);

// Runs until the runtime API goes away; the exit code. An unknown _HANDLER is reported as an
// initialisation error that lists the known ones.
int RunRuntime(const Environment& environment, Files& files, Clock& clock, Random& random,
               Log& log);

}  // namespace trunkline::functions
