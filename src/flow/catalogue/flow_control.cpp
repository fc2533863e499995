// Actions that only decide where a flow goes on.
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using enum ValueType;
using enum ValueKind;
using enum Need;

constexpr std::string_view kComparing[] = {
    "Equals",         "TextStartsWith",      "TextEndsWith",
    "TextContains",   "NumberGreaterThan",   "NumberGreaterOrEqualTo",
    "NumberLessThan", "NumberLessOrEqualTo", "KeyExists"};
constexpr Parameter kCompare[] = {{.name = "ComparisonValue", .value = kPath, .need = kRequired}};
constexpr ResultRule kCompareResults[] = {{.operators = kComparing, .required = true}};
constexpr ErrorRule kOnlyNoMatchingCondition[] = {{.type = kNoMatchingCondition}};

constexpr std::string_view kBelow[] = {"NumberLessThan"};
constexpr ResultRule kShares[] = {{.operators = kBelow, .required = true, .ascending = true}};

// A loop over a list has at least its name and the list, in a form that nobody documents.
bool CountsLoops(const json::Object& parameters) {
  return Has(parameters, "LoopCount") || parameters.size() < 2;
}
constexpr Parameter kLoop[] = {{.name = "LoopCount",
                                .type = kInteger,
                                .value = kStaticOrPath,
                                .need = kRequired,
                                .minimum = 0,
                                .maximum = 100,
                                .when = {CountsLoops, "nothing else is looped over"}}};
constexpr std::string_view kLooping[] = {"ContinueLooping", "DoneLooping"};
constexpr ResultRule kLoopResults[] = {
    {.operators = kEquals, .words = kLooping, .all_words = true, .required = true}};

bool KeepsRunning(const json::Object& p) {
  return Says(p, "ContinueExecution", "true");
}
bool AwaitsBoth(const json::Object& p) {
  return Lists(p, "Events", "CustomerReturned") && Lists(p, "Events", "BotParticipantDisconnected");
}
bool AwaitsCustomer(const json::Object& p) {
  return Lists(p, "Events", "CustomerReturned");
}
bool AwaitsBot(const json::Object& p) {
  return Lists(p, "Events", "BotParticipantDisconnected");
}
constexpr std::string_view kEvents[] = {"CustomerReturned", "BotParticipantDisconnected"};
constexpr Parameter kWait[] = {
    {.name = "TimeLimitSeconds",
     .type = kInteger,
     .value = kStaticOrPath,
     .need = kRequired,
     .minimum = 1,
     .maximum = 604800,
     .evidence = Evidence::kObserved},
    {.name = "Events", .type = kTextList, .words = kEvents},
    {.name = "MinimumWaitTimeSeconds",
     .type = kInteger,
     .value = kStaticOrPath,
     .minimum = 1,
     .evidence = Evidence::kObserved},
    {.name = "ContinueExecution", .type = kBoolean, .evidence = Evidence::kObserved},
};
constexpr std::string_view kAfterRunning[] = {"Continue", "WaitCompleted"};
constexpr std::string_view kAfterBoth[] = {"CustomerReturned", "BotParticipantDisconnected",
                                           "WaitCompleted"};
constexpr std::string_view kAfterCustomer[] = {"CustomerReturned", "WaitCompleted"};
constexpr std::string_view kAfterBot[] = {"BotParticipantDisconnected", "WaitCompleted"};
constexpr std::string_view kAfterTime[] = {"WaitCompleted"};
constexpr ResultRule WaitRule(std::span<const std::string_view> words, When when) {
  return {.operators = kEquals, .words = words, .all_words = true, .required = true, .when = when};
}
constexpr ResultRule kWaitResults[] = {
    WaitRule(kAfterRunning, {KeepsRunning, "'ContinueExecution' is 'True'"}),
    WaitRule(kAfterBoth, {AwaitsBoth, "'Events' has both events"}),
    WaitRule(kAfterCustomer, {AwaitsCustomer, "'Events' has 'CustomerReturned'"}),
    WaitRule(kAfterBot, {AwaitsBot, "'Events' has 'BotParticipantDisconnected'"}),
    WaitRule(kAfterTime, {}),
};
constexpr ErrorRule kWaitErrors[] = {
    {.type = kNoMatchingError},
    {.type = "ParticipantNotFound",
     .when = {AwaitsBot, "'Events' has 'BotParticipantDisconnected'"}},
};

constexpr Parameter kToFlow[] = {{.name = "ContactFlowId",
                                  .value = kStaticOrPath,
                                  .need = kRequired,
                                  .reference = ResourceKind::kFlow}};

constexpr Parameter kModule[] = {
    {.name = "FlowModuleId",
     .value = kStaticOrPath,
     .need = kRequired,
     .reference = ResourceKind::kModule},
    {.name = "Input", .type = kJson, .value = kDynamic},
};
constexpr ResultRule kModuleResults[] = {{.operators = kEquals}};
// Newer consoles write both branches; older exports have the first only.
constexpr ErrorRule kModuleErrors[] = {{.type = kNoMatchingError},
                                       {.type = kNoMatchingCondition, .need = kOptional}};
constexpr Parameter kReturn[] = {
    {.name = "Result"},
    {.name = "ResultData", .type = kJson, .value = kDynamic},
};

constexpr ActionKind kKinds[] = {
    {.name = "Compare",
     .summary = "Branches by a value: an attribute, a function's answer, a key that was stored.",
     .block = "Check contact attributes",
     .category = Category::kFlowControl,
     .parameters = kCompare,
     .errors = kOnlyNoMatchingCondition,
     .results = kCompareResults},
    {.name = "DistributeByPercentage",
     .summary = "Branches at random: a draw of 1 to 100 against rising thresholds.",
     .block = "Distribute by percentage",
     .category = Category::kFlowControl,
     .errors = kOnlyNoMatchingCondition,
     .results = kShares,
     .flow_types = kInteractive,
     .more_flow_types = kOutboundWhisper},
    {.name = "EndFlowExecution",
     .summary = "Ends the flow without hanging up: a whisper joins the parties, a queue flow keeps "
                "the contact waiting.",
     .block = "End flow / Resume",
     .category = Category::kFlowControl,
     .next = Next::kTerminal,
     .flow_types = kWhispers | kCustomerQueue | kCampaign,
     .refused_flow_types = kContactFlow | kTransfers | kHolds},
    {.name = "EndFlowModuleExecution",
     .summary = "Returns from a module to the flow that invoked it.",
     .block = "Return (from module)",
     .parameters = kReturn,
     .next = Next::kTerminal,
     .flow_types = kModuleType,
     .refused_flow_types = kEveryFlow & ~kModuleType},
    {.name = "InvokeFlowModule",
     .summary = "Runs a module and branches by what it returns.",
     .block = "Invoke module",
     .parameters = kModule,
     .errors = kModuleErrors,
     .results = kModuleResults,
     .flow_types = kContactFlow,
     .more_flow_types = kEveryFlow},
    {.name = "Loop",
     .summary = "Counts: so many times on the looping branch, then once on the other.",
     .block = "Loop",
     .category = Category::kFlowControl,
     .parameters = kLoop,
     .errors = kOptionalNoMatchingError,
     .results = kLoopResults,
     .undocumented = "a loop's name, and a list to loop over"},
    {.name = "TransferToFlow",
     .summary = "Ends this flow and starts another one.",
     .block = "Transfer to flow",
     .category = Category::kFlowControl,
     .parameters = kToFlow,
     .errors = kOnlyNoMatchingError,
     .flow_types = kContactFlow | kTransfers},
    {.name = "Wait",
     .summary = "Waits for a time or for an event.",
     .block = "Wait",
     .category = Category::kFlowControl,
     .parameters = kWait,
     .errors = kWaitErrors,
     .results = kWaitResults,
     .channels = kChat | kTask | kEmail,
     .undocumented = "a function's end, a case's change or a tool's answer to wait for",
     .waits_for_input = true},
};

}  // namespace

constinit const std::span<const ActionKind> kFlowControlKinds = kKinds;

}  // namespace trunkline::flow
