// Actions about queues, agents and numbers: where a contact goes, and what is known about the
// place.
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using enum ValueType;
using enum ValueKind;
using enum Need;
using Count = ParameterGroup::Count;

constexpr Parameter kQueueId = {
    .name = "QueueId", .value = kStaticOrPath, .reference = ResourceKind::kQueue};
constexpr Parameter kAgentId = {
    .name = "AgentId", .value = kStaticOrPath, .reference = ResourceKind::kUser};
constexpr Parameter kQueueOrAgent[] = {kQueueId, kAgentId};
constexpr std::string_view kQueueOrAgentNames[] = {"QueueId", "AgentId"};
constexpr ParameterGroup kOneOfThem[] = {
    {.names = kQueueOrAgentNames, .count = Count::kExactlyOne}};
constexpr ParameterGroup kAtMostOneOfThem[] = {
    {.names = kQueueOrAgentNames, .count = Count::kAtMostOne}};

constexpr ErrorRule kToQueueErrors[] = {{.type = kNoMatchingError}, {.type = "QueueAtCapacity"}};

constexpr std::string_view kMetrics[] = {"NumberOfAgentsAvailable", "NumberOfAgentsStaffed",
                                         "NumberOfAgentsOnline", "OldestContactInQueueAgeSeconds",
                                         "NumberOfContactsInQueue"};
constexpr Parameter kMetricData[] = {
    {.name = "MetricType", .type = kWord, .need = kRequired, .words = kMetrics},
    kQueueId,
    kAgentId};
bool AsksForAgents(const json::Object& parameters) {
  return parameters.GetString("MetricType").starts_with("NumberOfAgents");
}
constexpr std::string_view kGreater[] = {"NumberGreaterThan"};
constexpr std::string_view kZero[] = {"0"};
constexpr std::string_view kNumeric[] = {"Equals", "NumberGreaterThan", "NumberGreaterOrEqualTo",
                                         "NumberLessThan", "NumberLessOrEqualTo"};
constexpr ResultRule kMetricResults[] = {
    {.operators = kGreater,
     .words = kZero,
     .required = true,
     .when = {AsksForAgents, "'MetricType' is about agents"}},
    {.operators = kNumeric, .required = true},
};
constexpr ErrorRule kMetricErrors[] = {{.type = kNoMatchingError}, {.type = kNoMatchingCondition}};

constexpr Parameter kGetMetrics[] = {
    kQueueId,
    kAgentId,
    {.name = "QueueChannel", .value = kDynamic}};  // Voice or Chat; others are not known

constexpr std::string_view kTrueOrFalse[] = {"True", "False"};
constexpr Parameter kHours[] = {
    {.name = "HoursOfOperationId", .value = kStaticOrPath, .reference = ResourceKind::kHours}};
constexpr ResultRule kHoursResults[] = {
    {.operators = kEquals, .words = kTrueOrFalse, .all_words = true, .required = true}};

constexpr Parameter kHierarchy[] = {
    {.name = "AgentHierarchy", .need = kRequired},
    {.name = "ExpirationSeconds", .type = kInteger, .minimum = 0, .maximum = 600},
};
constexpr Parameter kProficiencies[] = {
    Object({.name = "AgentHierarchyProficiency", .need = kRequired}, kHierarchy)};
constexpr Parameter kRoutingBehavior[] = {
    {.name = "QueuePriority", .type = kInteger, .minimum = 1},
    {.name = "QueueTimeAdjustmentSeconds", .type = kInteger},
    Object({.name = "RoutingProficiencies", .evidence = Evidence::kObserved}, kProficiencies),
};
constexpr std::string_view kRoutingBehaviorNames[] = {"QueuePriority", "QueueTimeAdjustmentSeconds",
                                                      "RoutingProficiencies"};
constexpr ParameterGroup kRoutingBehaviorGroups[] = {
    {.names = kRoutingBehaviorNames, .count = Count::kExactlyOne}};
bool HasProficiencies(const json::Object& parameters) {
  return Has(parameters, "RoutingProficiencies");
}
constexpr ErrorRule kRoutingBehaviorErrors[] = {
    {.type = kNoMatchingError, .when = {HasProficiencies, "'RoutingProficiencies' is there"}}};

// Routing criteria: one reference to a whole object, or steps, each tried for its time. The
// action's page has one condition or several joined by AND; the others are the API's (Expression,
// AttributeCondition), and only references to whole objects were seen to have them.
constexpr std::string_view kLevelOperators[] = {"NumberGreaterOrEqualTo"};
constexpr Parameter Level(std::string_view name, Need need) {
  return {.name = name,
          .type = kNumber,
          .value = kStaticOrPath,
          .need = need,
          .minimum = 1,
          .maximum = 5};
}
constexpr Parameter kLevels[] = {Level("MinProficiencyLevel", kRequired),
                                 Level("MaxProficiencyLevel", kRequired)};
constexpr Parameter kCondition[] = {
    {.name = "Name", .value = kDynamic, .need = kRequired, .minimum = 1, .maximum = 64},
    {.name = "Value", .value = kDynamic, .need = kRequiredStrict, .minimum = 1, .maximum = 64},
    Level("ProficiencyLevel", kRequiredStrict),
    {.name = "ComparisonOperator",
     .type = kWord,
     .need = kRequiredStrict,
     .words = kLevelOperators,
     .strict_form = true},
    Object({.name = "Range", .evidence = Evidence::kUnverified}, kLevels),
    {.name = "MatchCriteria", .type = kJson, .value = kDynamic, .evidence = Evidence::kUnverified},
};
constexpr Parameter kAttributeCondition = Object({.name = "AttributeCondition"}, kCondition);
constexpr Parameter kNotCondition =
    Object({.name = "NotAttributeCondition", .evidence = Evidence::kUnverified}, kCondition);
constexpr std::string_view kConditionNames[] = {"AttributeCondition", "NotAttributeCondition"};
constexpr ParameterGroup kOneCondition[] = {
    {.names = kConditionNames, .count = Count::kExactlyOne}};
constexpr Parameter kJoined[] = {kAttributeCondition, kNotCondition};
constexpr Parameter kAnd = Object(
    {.name = "AndExpression", .type = kObjectList, .maximum = 8, .groups = kOneCondition}, kJoined);
constexpr std::string_view kAlternativeNames[] = {"AttributeCondition", "AndExpression",
                                                  "NotAttributeCondition"};
constexpr ParameterGroup kOneAlternative[] = {
    {.names = kAlternativeNames, .count = Count::kExactlyOne}};
constexpr Parameter kAlternative[] = {kAttributeCondition, kAnd, kNotCondition};
constexpr std::string_view kExpressionNames[] = {"AttributeCondition", "AndExpression",
                                                 "OrExpression", "NotAttributeCondition"};
constexpr ParameterGroup kOneExpression[] = {
    {.names = kExpressionNames, .count = Count::kExactlyOne}};
constexpr Parameter kExpression[] = {kAttributeCondition, kAnd,
                                     Object({.name = "OrExpression",
                                             .type = kObjectList,
                                             .maximum = 3,
                                             .groups = kOneAlternative,
                                             .evidence = Evidence::kUnverified},
                                            kAlternative),
                                     kNotCondition};
constexpr Parameter kExpiry[] = {
    {.name = "DurationInSeconds", .type = kInteger, .need = kRequiredStrict, .minimum = 0}};
constexpr Parameter kStep[] = {
    Object({.name = "Expression", .need = kRequired, .groups = kOneExpression}, kExpression),
    Object({.name = "Expiry"}, kExpiry),
};
constexpr Parameter kSteps[] = {Object(
    {.name = "Steps", .type = kObjectList, .value = kStaticOrPath, .need = kRequired}, kStep)};
constexpr Parameter kCriteria[] = {
    Object({.name = "RoutingCriteria", .value = kStaticOrPath, .need = kRequired}, kSteps)};

constexpr Parameter kCallback[] = {
    kQueueId,
    kAgentId,
    {.name = "InitialCallDelaySeconds",
     .type = kInteger,
     .need = kRequired,
     .minimum = 1,
     .maximum = 259200},
    {.name = "RetryDelaySeconds",
     .type = kInteger,
     .need = kRequired,
     .minimum = 1,
     .maximum = 259200},
    // Documented from 1 on; a console export has 0.
    {.name = "MaximumConnectionAttempts", .type = kInteger, .need = kRequired, .minimum = 0},
    {.name = "ContactFlowId", .value = kStaticOrPath, .reference = ResourceKind::kFlow},
    {.name = "CallerId",
     .value = kStaticOrPath,
     .reference = ResourceKind::kNumber,
     .form = ReferenceForm::kNumber},
};
constexpr Parameter kCallbackNumber[] = {
    {.name = "CallbackNumber", .value = kPath, .need = kRequired}};
constexpr ErrorRule kCallbackNumberErrors[] = {{.type = "InvalidCallbackNumber"},
                                               {.type = "CallbackNumberNotDialable"}};

constexpr std::string_view kStates[] = {"AgentOnHold", "CustomerOnHold", "OffHold"};
constexpr Parameter kHoldState[] = {{.name = "PreviousContactParticipantState",
                                     .type = kWord,
                                     .need = kRequired,
                                     .words = kStates}};

constexpr FlowTypes kBeforeQueue = kContactFlow | kTransfers;

constexpr ActionKind kKinds[] = {
    {.name = "CheckHoursOfOperation",
     .summary = "Branches by whether the hours (or the target queue's hours) are open now.",
     .block = "Check hours of operation",
     .category = Category::kFlowControl,
     .parameters = kHours,
     .errors = kOnlyNoMatchingError,
     .results = kHoursResults,
     .flow_types = kBeforeQueue | kCustomerQueue},
    {.name = "CheckMetricData",
     .summary = "Branches by a number of the queue: agents there, contacts waiting, age of the "
                "oldest (milliseconds).",
     .block = "Check staffing, Check queue status",
     .category = Category::kFlowControl,
     .parameters = kMetricData,
     .groups = kAtMostOneOfThem,
     .errors = kMetricErrors,
     .results = kMetricResults,
     .flow_types = kBeforeQueue | kCustomerQueue},
    {.name = "CreateCallbackContact",
     .summary = "Puts a callback to the customer into a queue.",
     .block = "Transfer to queue (callback)",
     .category = Category::kInteraction,
     .parameters = kCallback,
     .groups = kAtMostOneOfThem,
     .errors = kOnlyNoMatchingError,
     .flow_types = kBeforeQueue | kCustomerQueue,
     .channels = kVoice},
    {.name = "DequeueContactAndTransferToQueue",
     .summary = "Moves a waiting contact to another queue.",
     .block = "Transfer to queue",
     .parameters = kQueueOrAgent,
     .groups = kAtMostOneOfThem,
     .errors = kToQueueErrors,
     .flow_types = kCustomerQueue,
     .channels = kVoice | kChat | kTask},
    {.name = "GetMetricData",
     .summary = "Reads numbers of a queue into $.Metrics.",
     .block = "Get metrics",
     .category = Category::kFlowControl,
     .parameters = kGetMetrics,
     .groups = kAtMostOneOfThem,
     .errors = kOnlyNoMatchingError},
    {.name = "ResumeContact",
     .summary = "Resumes a paused task.",
     .block = "Resume contact",
     .errors = kOnlyNoMatchingError,
     .channels = kTask},
    {.name = "RouteContactToAgent",
     .summary = "Offers the contact to one agent.",
     .block = "Route to agent",
     .errors = kOptionalNoMatchingError,
     .flow_types = kCustomerQueue,
     .channels = kVoice,
     .open = true,
     .evidence = Evidence::kUnverified},
    {.name = "TransferContactToAgent",
     .summary = "Hands the caller to the agent of the quick connect.",
     .block = "Transfer to agent",
     .next = Next::kTerminal,
     .flow_types = kTransfers,
     .channels = kVoice},
    {.name = "TransferContactToQueue",
     .summary = "Ends this flow and puts the contact into the target queue, which an action before "
                "must have set.",
     .block = "Transfer to queue",
     .errors = kToQueueErrors,
     .flow_types = kBeforeQueue},
    {.name = "UpdateContactCallbackNumber",
     .summary = "Sets the number a callback will dial.",
     .block = "Set callback number",
     .parameters = kCallbackNumber,
     .errors = kCallbackNumberErrors,
     .flow_types = kBeforeQueue | kCustomerQueue,
     .channels = kVoice},
    {.name = "UpdateContactRoutingBehavior",
     .summary = "Moves the contact forward or back in its queue.",
     .block = "Change routing priority / age",
     .parameters = kRoutingBehavior,
     .groups = kRoutingBehaviorGroups,
     .errors = kRoutingBehaviorErrors,
     .flow_types = kContactFlow,
     .more_flow_types = kCustomerQueue | kOutboundWhisper | kTransfers},
    {.name = "UpdateContactRoutingCriteria",
     .summary = "Says which proficiencies an agent needs for the contact.",
     .block = "Set routing criteria",
     .category = Category::kFlowControl,
     .parameters = kCriteria,
     .errors = kOnlyNoMatchingError,
     .flow_types = kBeforeQueue | kCustomerQueue},
    {.name = "UpdateContactTargetQueue",
     .summary = "Chooses the queue (or the agent's own queue) that later actions use.",
     .block = "Set working queue",
     .parameters = kQueueOrAgent,
     .groups = kOneOfThem,
     .errors = kOnlyNoMatchingError,
     .flow_types = kBeforeQueue},
    {.name = "UpdatePreviousContactParticipantState",
     .summary = "Puts the customer or the agent of the contact before on hold, or joins all.",
     .block = "Hold customer or agent",
     .parameters = kHoldState,
     .errors = kOnlyNoMatchingError,
     .flow_types = kBeforeQueue,
     .more_flow_types = kOutboundWhisper,
     .channels = kVoice},
};

}  // namespace

constinit const std::span<const ActionKind> kRoutingKinds = kKinds;

}  // namespace trunkline::flow
