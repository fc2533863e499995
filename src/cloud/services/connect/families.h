// The families of Amazon Connect's operations: one file each, with its table at the end.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::connect {

extern constinit const Family kAgentStatusOperations;
extern constinit const Family kBotOperations;
extern constinit const Family kContactOperations;
extern constinit const Family kContactStartOperations;
extern constinit const Family kFlowOperations;
extern constinit const Family kFlowUpdateOperations;
extern constinit const Family kFlowVersionOperations;
extern constinit const Family kHierarchyGroupOperations;
extern constinit const Family kHierarchyStructureOperations;
extern constinit const Family kHoursOperations;
extern constinit const Family kHoursOverrideOperations;
extern constinit const Family kInstanceOperations;
extern constinit const Family kInstanceAttributeOperations;
extern constinit const Family kIntegrationOperations;
extern constinit const Family kLambdaOperations;
extern constinit const Family kModuleOperations;
extern constinit const Family kModuleAliasOperations;
extern constinit const Family kModuleVersionOperations;
extern constinit const Family kOriginOperations;
extern constinit const Family kPhoneNumberOperations;
extern constinit const Family kPhoneNumberFlowOperations;
extern constinit const Family kPredefinedAttributeOperations;
extern constinit const Family kPromptOperations;
extern constinit const Family kQueueOperations;
extern constinit const Family kQueueUpdateOperations;
extern constinit const Family kQuickConnectOperations;
extern constinit const Family kReplicationOperations;
extern constinit const Family kRoutingProfileOperations;
extern constinit const Family kRoutingProfileQueueOperations;
extern constinit const Family kRuleOperations;
extern constinit const Family kSecurityProfileOperations;
extern constinit const Family kStorageOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kTaskTemplateOperations;
extern constinit const Family kTestCaseOperations;
extern constinit const Family kTestExecutionOperations;
extern constinit const Family kTrafficDistributionOperations;
extern constinit const Family kTrafficGroupOperations;
extern constinit const Family kUserOperations;
extern constinit const Family kUserProficiencyOperations;
extern constinit const Family kUserSearchOperations;
extern constinit const Family kUserUpdateOperations;
extern constinit const Family kViewOperations;
extern constinit const Family kViewListingOperations;
extern constinit const Family kViewVersionOperations;

}  // namespace trunkline::cloud::connect
