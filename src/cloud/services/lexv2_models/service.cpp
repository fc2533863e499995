#include "cloud/services.h"
#include "cloud/services/lexv2_models/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &lexv2_models::kAliasOperations,   &lexv2_models::kBotOperations,
    &lexv2_models::kBuiltInOperations, &lexv2_models::kIntentOperations,
    &lexv2_models::kLocaleOperations,  &lexv2_models::kPolicyOperations,
    &lexv2_models::kSlotOperations,    &lexv2_models::kSlotTypeOperations,
    &lexv2_models::kTagOperations,     &lexv2_models::kVersionOperations,
};

}  // namespace

constinit const Service kLexv2ModelsService{.model = "lexv2-models", .families = kFamilies};

}  // namespace trunkline::cloud
