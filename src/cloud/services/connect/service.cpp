#include "cloud/services.h"
#include "cloud/services/connect/families.h"

namespace trunkline::cloud {
namespace connect {
namespace {

constexpr const Family* kFamilies[] = {
    &kAgentStatusOperations,
    &kBotOperations,
    &kFlowOperations,
    &kFlowUpdateOperations,
    &kFlowVersionOperations,
    &kHoursOperations,
    &kHoursOverrideOperations,
    &kInstanceAttributeOperations,
    &kInstanceOperations,
    &kIntegrationOperations,
    &kLambdaOperations,
    &kModuleAliasOperations,
    &kModuleOperations,
    &kModuleVersionOperations,
    &kOriginOperations,
    &kPhoneNumberFlowOperations,
    &kPhoneNumberOperations,
    &kPredefinedAttributeOperations,
    &kPromptOperations,
    &kQueueOperations,
    &kQueueUpdateOperations,
    &kQuickConnectOperations,
    &kRoutingProfileOperations,
    &kRoutingProfileQueueOperations,
    &kSecurityProfileOperations,
    &kStorageOperations,
    &kTagOperations,
    &kUserOperations,
    &kUserUpdateOperations,
};

}  // namespace
}  // namespace connect

constinit const Service kConnectService{.model = "connect", .families = connect::kFamilies};

}  // namespace trunkline::cloud
