// Modules about queues, agents and callbacks.
#include <algorithm>

#include <fmt/format.h>

#include "flow/legacy/builder.h"
#include "flow/legacy/rules.h"

namespace trunkline::flow {
namespace {

using enum LegacyBranchTo;

constexpr LegacyParameterRule kQueue = {
    .from = "Queue", .to = "QueueId", .resource = ResourceKind::kQueue};
constexpr LegacyParameterRule kAgent = {
    .from = "Agent", .to = "AgentId", .resource = ResourceKind::kUser};
constexpr LegacyParameterRule kQueueOrAgent[] = {kQueue, kAgent};

// Older exports name the queue in their layout only.
void ConvertTarget(LegacyBuilder& action) {
  const auto names = [](const LegacyParameter& one) {
    return (one.name == "Queue" || one.name == "Agent") &&
           !(one.value.empty() && one.resource.empty());
  };
  if (std::ranges::any_of(action.module().parameters, names)) return;
  action.SetResourceOfLayout("QueueId", ResourceKind::kQueue, "queue");
}

constexpr LegacyBranchRule kToQueueBranches[] = {
    {.condition = "Success"},
    {.condition = "AtCapacity", .to = kError, .name = "QueueAtCapacity"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};
// A contact that waits already is moved, to the queue of the layout; any other one goes to the
// queue that a module before has set.
void ConvertToQueue(LegacyBuilder& action) {
  if (action.flow_type() == "CUSTOMER_QUEUE") {
    action.SetType("DequeueContactAndTransferToQueue");
    return action.SetResourceOfLayout("QueueId", ResourceKind::kQueue, "queue");
  }
  const json::Object& queue = action.module().metadata.GetObject("queue");
  const std::string_view name = queue.GetString("text", queue.GetString("id"));
  if (name.empty()) return;
  action.Say(
      Severity::kWarning, "TL-F503",
      fmt::format("{}: the layout names queue '{}', which the action cannot", action.Name(), name),
      "set it as the working queue before", action.module().offset);
}

constexpr LegacyParameterRule kHours[] = {
    {.from = "Hours", .to = "HoursOfOperationId", .resource = ResourceKind::kHours}};
constexpr LegacyBranchRule kOpenOrClosed[] = {
    {.condition = "True", .to = kCondition, .name = "True"},
    {.condition = "False", .to = kCondition, .name = "False"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};

constexpr LegacyWord kAgentsThatAre[] = {{"Available", "NumberOfAgentsAvailable"},
                                         {"Online", "NumberOfAgentsOnline"},
                                         {"Staffed", "NumberOfAgentsStaffed"}};
constexpr LegacyParameterRule kStaffing[] = {
    {.from = "Status", .to = "MetricType", .words = kAgentsThatAre}, kQueue, kAgent};
constexpr LegacyBranchRule kStaffedOrNot[] = {
    {.condition = "True", .to = kCondition, .name = "0", .op = "NumberGreaterThan"},
    {.condition = "False", .to = kError, .name = "NoMatchingCondition"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};

constexpr LegacyBranchRule kQueueStatus[] = {
    {.condition = "CheckQueueTime", .to = kEvaluate},
    {.condition = "CheckQueueSize", .to = kEvaluate},
    {.condition = "NoMatch", .to = kError, .name = "NoMatchingCondition"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};
// The branches say which number of the queue is meant. One action reads one of them.
void ConvertQueueStatus(LegacyBuilder& action) {
  const auto has = [&](std::string_view condition) {
    return std::ranges::find(action.module().branches, condition, &LegacyBranch::condition) !=
           action.module().branches.end();
  };
  if (has("CheckQueueTime") && has("CheckQueueSize")) {
    action.Say(Severity::kError, "TL-F506",
               fmt::format("{}: it branches by waiting time and by number of contacts, and an "
                           "action can do one of them",
                           action.Name()),
               "make two modules of it in the export", action.module().offset);
  }
  action.Set("MetricType",
             has("CheckQueueSize") ? "NumberOfContactsInQueue" : "OldestContactInQueueAgeSeconds");
}

constexpr LegacyParameterRule kCallbackNumber[] = {
    {.from = "CallBackNumber", .to = "CallbackNumber"}};
constexpr LegacyBranchRule kNumberBranches[] = {
    {.condition = "Success"},
    {.condition = "InvalidPhoneNumber", .to = kError, .name = "InvalidCallbackNumber"},
    {.condition = "NonDialableNumber", .to = kError, .name = "CallbackNumberNotDialable"},
};

constexpr LegacyParameterRule kCallback[] = {
    {.from = "InitialDelaySeconds", .to = "InitialCallDelaySeconds"},
    {.from = "RetryDelaySeconds", .to = "RetryDelaySeconds"},
    {.from = "MaxRetryAttempts", .to = "MaximumConnectionAttempts"},
    kQueue,
    kAgent,
};
constexpr LegacyMember kCallbackDefaults[] = {{"InitialCallDelaySeconds", "99"},
                                              {"RetryDelaySeconds", "600"},
                                              {"MaximumConnectionAttempts", "1"}};

constexpr LegacyParameterRule kPriority[] = {{.from = "AbsolutePosition", .to = "QueuePriority"}};

constexpr LegacyModuleRule kModules[] = {
    {.type = "CheckHoursOfOperation",
     .action = "CheckHoursOfOperation",
     .parameters = kHours,
     .branches = kOpenOrClosed},
    {.type = "CheckQueueStatus",
     .action = "CheckMetricData",
     .parameters = kQueueOrAgent,
     .branches = kQueueStatus,
     .convert = ConvertQueueStatus},
    {.type = "CheckStaffing",
     .action = "CheckMetricData",
     .parameters = kStaffing,
     .branches = kStaffedOrNot},
    {.type = "CreateCallback",
     .action = "CreateCallbackContact",
     .parameters = kCallback,
     .branches = kLegacySuccessOrError,
     .needed = kCallbackDefaults},
    {.type = "CustomerInQueue",
     .action = "TransferContactToQueue",
     .branches = kToQueueBranches,
     .convert = ConvertToQueue},
    {.type = "GetMetricData",
     .action = "GetMetricData",
     .parameters = kQueueOrAgent,
     .branches = kLegacySuccessOrError},
    {.type = "SetCallBackNumber",
     .action = "UpdateContactCallbackNumber",
     .parameters = kCallbackNumber,
     .branches = kNumberBranches},
    {.type = "SetQueue",
     .action = "UpdateContactTargetQueue",
     .parameters = kQueueOrAgent,
     .branches = kLegacySuccessOrError,
     .convert = ConvertTarget},
    {.type = "Transfer",
     .target = "Queue",
     .action = "TransferContactToQueue",
     .branches = kToQueueBranches,
     .convert = ConvertToQueue},
    {.type = "UpdateRoutingPriority",
     .action = "UpdateContactRoutingBehavior",
     .parameters = kPriority,
     .branches = kLegacySuccess},
};

}  // namespace

constinit const std::span<const LegacyModuleRule> kLegacyRoutingModules = kModules;

}  // namespace trunkline::flow
