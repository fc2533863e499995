#include "cloud/services.h"
#include "cloud/services/connect/families.h"

namespace trunkline::cloud {
namespace connect {
namespace {

constexpr const Family* kFamilies[] = {
    &kAgentStatusOperations,
    &kBotOperations,
    &kContactOperations,
    &kContactStartOperations,
    &kFlowOperations,
    &kFlowUpdateOperations,
    &kFlowVersionOperations,
    &kHierarchyGroupOperations,
    &kHierarchyStructureOperations,
    &kHoursOperations,
    &kHoursOverrideOperations,
    &kInstanceOperations,
    &kInstanceAttributeOperations,
    &kIntegrationOperations,
    &kLambdaOperations,
    &kModuleOperations,
    &kModuleAliasOperations,
    &kModuleVersionOperations,
    &kOriginOperations,
    &kPhoneNumberOperations,
    &kPhoneNumberFlowOperations,
    &kPredefinedAttributeOperations,
    &kPromptOperations,
    &kQueueOperations,
    &kQueueUpdateOperations,
    &kQuickConnectOperations,
    &kReplicationOperations,
    &kRoutingProfileOperations,
    &kRoutingProfileQueueOperations,
    &kRuleOperations,
    &kSecurityProfileOperations,
    &kStorageOperations,
    &kTagOperations,
    &kTaskTemplateOperations,
    &kTestCaseOperations,
    &kTestExecutionOperations,
    &kTrafficDistributionOperations,
    &kTrafficGroupOperations,
    &kUserOperations,
    &kUserProficiencyOperations,
    &kUserSearchOperations,
    &kUserUpdateOperations,
    &kViewOperations,
    &kViewListingOperations,
    &kViewVersionOperations,
};

}  // namespace
}  // namespace connect

constinit const Service kConnectService{.model = "connect", .families = connect::kFamilies};

}  // namespace trunkline::cloud
