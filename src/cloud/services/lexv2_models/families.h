// The operation tables of the Lex V2 model building API, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::lexv2_models {

extern constinit const Family kAliasOperations;
extern constinit const Family kBotOperations;
extern constinit const Family kBuiltInOperations;
extern constinit const Family kIntentOperations;
extern constinit const Family kLocaleOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kSlotOperations;
extern constinit const Family kSlotTypeOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kVersionOperations;

}  // namespace trunkline::cloud::lexv2_models
