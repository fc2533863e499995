#include "cloud/services/connect/security_permissions.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::string_view kAdmin[] = {"AccessMetrics",
                                       "AgentGrouping.Create",
                                       "AgentGrouping.Edit",
                                       "AgentGrouping.EnableAndDisable",
                                       "AgentGrouping.View",
                                       "AgentStates.Create",
                                       "AgentStates.Edit",
                                       "AgentStates.EnableAndDisable",
                                       "AgentStates.View",
                                       "AuditTrail.View",
                                       "BasicAgentAccess",
                                       "ContactFlowModules.Create",
                                       "ContactFlowModules.Delete",
                                       "ContactFlowModules.Edit",
                                       "ContactFlowModules.Publish",
                                       "ContactFlowModules.View",
                                       "ContactFlows.Create",
                                       "ContactFlows.Delete",
                                       "ContactFlows.Edit",
                                       "ContactFlows.Publish",
                                       "ContactFlows.View",
                                       "ContactSearch.View",
                                       "HoursOfOperation.Create",
                                       "HoursOfOperation.Delete",
                                       "HoursOfOperation.Edit",
                                       "HoursOfOperation.View",
                                       "ListenCallRecordings",
                                       "OutboundCallAccess",
                                       "PhoneNumbers.Claim",
                                       "PhoneNumbers.Edit",
                                       "PhoneNumbers.Release",
                                       "PhoneNumbers.View",
                                       "Prompts.Create",
                                       "Prompts.Delete",
                                       "Prompts.Edit",
                                       "Prompts.View",
                                       "Queues.Create",
                                       "Queues.Delete",
                                       "Queues.Edit",
                                       "Queues.EnableAndDisable",
                                       "Queues.View",
                                       "RoutingPolicies.Create",
                                       "RoutingPolicies.Delete",
                                       "RoutingPolicies.Edit",
                                       "RoutingPolicies.View",
                                       "SecurityProfiles.Create",
                                       "SecurityProfiles.Delete",
                                       "SecurityProfiles.Edit",
                                       "SecurityProfiles.View",
                                       "TransferDestinations.Create",
                                       "TransferDestinations.Delete",
                                       "TransferDestinations.Edit",
                                       "TransferDestinations.View",
                                       "Users.Create",
                                       "Users.Delete",
                                       "Users.Edit",
                                       "Users.EditPermission",
                                       "Users.View"};

constexpr std::string_view kAgent[] = {"BasicAgentAccess", "OutboundCallAccess"};

constexpr std::string_view kManager[] = {"AccessMetrics",
                                         "AgentGrouping.View",
                                         "AgentStates.View",
                                         "BasicAgentAccess",
                                         "ContactFlows.View",
                                         "ContactSearch.View",
                                         "HoursOfOperation.Create",
                                         "HoursOfOperation.Edit",
                                         "HoursOfOperation.View",
                                         "ListenCallRecordings",
                                         "OutboundCallAccess",
                                         "Prompts.View",
                                         "Queues.Create",
                                         "Queues.Edit",
                                         "Queues.EnableAndDisable",
                                         "Queues.View",
                                         "RoutingPolicies.Create",
                                         "RoutingPolicies.Edit",
                                         "RoutingPolicies.View",
                                         "TransferDestinations.Create",
                                         "TransferDestinations.Edit",
                                         "TransferDestinations.View",
                                         "Users.Create",
                                         "Users.Edit",
                                         "Users.View"};

constexpr std::string_view kAnalyst[] = {"AccessMetrics", "ContactSearch.View",
                                         "ListenCallRecordings"};

constexpr DefaultSecurityProfile kProfiles[] = {
    {"Admin", "Everything an administrator may do", kAdmin},
    {"Agent", "Taking and making calls", kAgent},
    {"CallCenterManager", "Users, routing and metrics", kManager},
    {"QualityAnalyst", "Metrics and recordings", kAnalyst},
};

}  // namespace

std::span<const DefaultSecurityProfile> DefaultSecurityProfiles() {
  return kProfiles;
}

}  // namespace trunkline::cloud::connect
