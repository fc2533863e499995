// The operation tables of the Lex V2 runtime.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::lexv2_runtime {

extern constinit const Family kRecognizeOperations;
extern constinit const Family kSessionOperations;

}  // namespace trunkline::cloud::lexv2_runtime
