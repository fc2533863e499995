// Every error of an action that runs here is taken when its cause happens. The catalogue is asked:
// an error without a cause below fails the test.
#include <chrono>
#include <map>

#include <gmock/gmock.h>

#include "flow/catalogue.h"
#include "sim/actions/list.h"
#include "sim/stand_in.h"
#include "tests/sim/around.h"

namespace trunkline::sim::tests {
namespace {

enum class Where { kCall, kChat, kTask, kQueueFlow };

// What makes action "x" take its error.
struct Cause {
  std::string_view type, error;
  std::string_view parameters = "{}";
  Where where = Where::kCall;
  std::string_view queue = {};                // the working queue before it; empty: none
  void (*changes)(World& world) = nullptr;    // what is wrong with the world
  void (*happens)(TestCall& call) = nullptr;  // what the world does then
  std::string_view condition = {};            // a branch beside the error's
};

constexpr std::string_view kNoMatch = "NoMatchingError";
constexpr std::string_view kNoMatchingCondition = "NoMatchingCondition";
constexpr std::string_view kBot = R"({"Text":"What?","LexV2Bot":{"AliasArn":"arn:aws:lex:bot"}})";
constexpr std::string_view kIdleBot =
    R"({"Text":"What?","LexV2Bot":{"AliasArn":"arn:aws:lex:bot"},"LexTimeoutSeconds":{"Text":"60"}})";
constexpr std::string_view kFunction =
    R"({"LambdaFunctionARN":"arn:f","InvocationTimeLimitSeconds":"3"})";
constexpr std::string_view kMenu =
    R"({"Text":"Press","StoreInput":"False","InputTimeLimitSeconds":"5"})";
constexpr std::string_view kPhone =
    R"({"StoreInput":"True","InputTimeLimitSeconds":"5","InputValidation":)"
    R"({"PhoneNumberValidation":{"NumberFormat":"E164"}}})";
constexpr std::string_view kThirdParty =
    R"({"ThirdPartyPhoneNumber":"+15550142","ThirdPartyConnectionTimeLimitSeconds":"30",)"
    R"("ContinueFlowExecution":"True"})";

void FillQueue(World& world) {
  for (Queue& queue : world.queues) {
    queue.max_contacts = 1;
    queue.metrics.contacts = 1;
  }
}
void StaffNobody(World& world) {
  for (Queue& queue : world.queues) queue.metrics.agents_staffed = 0;
}
void AddModule(World& world) {
  world.modules.push_back(
      {.latest = MakeFlow("m", "MODULE",
                          Action("back", "EndFlowModuleExecution", R"({"Result":"other"})"))});
}
void Understand(TestCall& call, BotAnswered answer) {
  call.Step(CallerSaid{"hello"});
  answer.request = call.Last<AskBot>()->request;
  call.Step(answer);
}
void Answer(TestCall& call, ThirdPartyAnswered::Outcome outcome) {
  call.Step(
      ThirdPartyAnswered{.request = call.Last<DialThirdParty>()->request, .outcome = outcome});
}

constexpr Cause kCauses[] = {
    {"CheckHoursOfOperation", kNoMatch, R"({"HoursOfOperationId":"nope"})"},
    {"CheckMetricData", kNoMatch, R"({"MetricType":"NumberOfAgentsStaffed"})"},
    {.type = "CheckMetricData",
     .error = kNoMatchingCondition,
     .parameters = R"({"MetricType":"NumberOfAgentsStaffed"})",
     .queue = "q-sales",
     .changes = StaffNobody,
     .condition = "NumberGreaterThan 0"},
    {.type = "Compare",
     .error = kNoMatchingCondition,
     .parameters = R"({"ComparisonValue":"$.Attributes.tier"})",
     .condition = "Equals gold"},
    {.type = "ConnectParticipantWithLexBot",
     .error = kNoMatch,
     .parameters = kBot,
     .happens = [](TestCall& call) { Understand(call, {.error = "no locale"}); }},
    {.type = "ConnectParticipantWithLexBot",
     .error = kNoMatchingCondition,
     .parameters = kBot,
     .happens =
         [](TestCall& call) { Understand(call, {.intent = "Finance", .dialog_action = "Close"}); },
     .condition = "Equals Sales"},
    {.type = "ConnectParticipantWithLexBot",
     .error = "InputTimeLimitExceeded",
     .parameters = kIdleBot,
     .where = Where::kChat,
     .happens = [](TestCall& call) { call.Step(TimeAdvanced{std::chrono::seconds(61)}); }},
    {"CreateCallbackContact", kNoMatch, "{}"},
    {"CreateContact", kNoMatch, R"({"ContactFlowId":"nope"})"},
    {"CreateTask", kNoMatch, R"({"Name":"n","ContactFlowId":"nope"})"},
    {.type = "DequeueContactAndTransferToQueue",
     .error = kNoMatch,
     .parameters = R"({"QueueId":"nope"})",
     .where = Where::kQueueFlow},
    {.type = "DequeueContactAndTransferToQueue",
     .error = "QueueAtCapacity",
     .parameters = R"({"QueueId":"q-finance"})",
     .where = Where::kQueueFlow,
     .changes = [](World& world) { world.queues[1].max_contacts = 0; }},
    {.type = "DistributeByPercentage",
     .error = kNoMatchingCondition,
     .condition = "NumberLessThan 1"},
    {"GetMetricData", kNoMatch},
    {"GetParticipantInput", kNoMatch, kMenu, Where::kChat},
    {.type = "GetParticipantInput",
     .error = kNoMatchingCondition,
     .parameters = kMenu,
     .happens = [](TestCall& call) { call.Step(CallerPressed{"7"}); },
     .condition = "Equals 1"},
    {.type = "GetParticipantInput",
     .error = "InputTimeLimitExceeded",
     .parameters = kMenu,
     .happens = [](TestCall& call) { call.Step(TimeAdvanced{std::chrono::seconds(6)}); },
     .condition = "Equals 1"},
    {.type = "GetParticipantInput",
     .error = "InvalidPhoneNumber",
     .parameters = kPhone,
     .happens = [](TestCall& call) { call.Step(CallerPressed{"12#"}); }},
    {"InvokeFlowModule", kNoMatch, R"({"FlowModuleId":"nope"})"},
    {.type = "InvokeFlowModule",
     .error = kNoMatchingCondition,
     .parameters = R"({"FlowModuleId":"m"})",
     .changes = AddModule,
     .condition = "Equals known"},
    {.type = "InvokeLambdaFunction",
     .error = kNoMatch,
     .parameters = kFunction,
     .happens =
         [](TestCall& call) {
           call.Step(LambdaAnswered{.request = call.Last<InvokeLambda>()->request,
                                    .outcome = LambdaAnswered::Outcome::kError});
         }},
    {"Loop", kNoMatch, R"({"LoopCount":"$.Attributes.none"})"},
    {"MessageParticipant", kNoMatch, R"({"PromptId":"nope"})"},
    {.type = "MessageParticipantIteratively",
     .error = kNoMatch,
     .parameters = R"({"Messages":[{"PromptId":"nope"}]})",
     .where = Where::kQueueFlow},
    {"ResumeContact", kNoMatch, "{}", Where::kTask},
    {"RouteContactToAgent", kNoMatch, R"({"AgentId":"nobody"})", Where::kQueueFlow},
    {"StartOutboundChatContact", kNoMatch, R"({"ContactFlowArn":"nope"})"},
    {"TagContact", kNoMatch, R"({"Tags":{"aws:x":"v"}})"},
    {"TransferContactToQueue", kNoMatch},
    {.type = "TransferContactToQueue",
     .error = "QueueAtCapacity",
     .queue = "q-sales",
     .changes = FillQueue},
    {"TransferParticipantToThirdParty", kNoMatch, kThirdParty, Where::kChat},
    {.type = "TransferParticipantToThirdParty",
     .error = "CallFailed",
     .parameters = kThirdParty,
     .happens = [](TestCall& call) { Answer(call, ThirdPartyAnswered::Outcome::kCallFailed); }},
    {.type = "TransferParticipantToThirdParty",
     .error = "ConnectionTimeLimitExceeded",
     .parameters = kThirdParty,
     .happens = [](TestCall& call) { call.Step(TimeAdvanced{std::chrono::seconds(31)}); }},
    {"TransferToFlow", kNoMatch, R"({"ContactFlowId":"nope"})"},
    {"UntagContact", kNoMatch},
    {"UpdateContactAttributes", kNoMatch, R"({"Attributes":{"a.b":"1"}})"},
    {"UpdateContactCallbackNumber", "InvalidCallbackNumber", R"({"CallbackNumber":"$.Channel"})"},
    {"UpdateContactData", kNoMatch, R"({"LanguageCode":"$.Attributes.none"})"},
    {"UpdateContactEventHooks", kNoMatch, R"({"EventHooks":{"CustomerQueue":"nope"}})"},
    {"UpdateContactMediaProcessing", kNoMatch, R"({"ChatProcessor":{"ProcessingEnabled":"True"}})",
     Where::kChat},
    {"UpdateContactMediaProcessing", "ChannelMismatch",
     R"({"ChatProcessor":{"ProcessingEnabled":"False"}})"},
    {"UpdateContactMediaStreamingBehavior", kNoMatch, R"({"MediaStreamingState":"Disabled"})"},
    {"UpdateContactRecordingAndAnalyticsBehavior", "ChannelMismatch", R"({"ChatBehavior":{}})"},
    {"UpdateContactRoutingBehavior", kNoMatch,
     R"({"RoutingProficiencies":{"AgentHierarchyProficiency":{}}})"},
    {"UpdateContactRoutingCriteria", kNoMatch, R"({"RoutingCriteria":"$.External.none"})"},
    {"UpdateContactTargetQueue", kNoMatch, R"({"QueueId":"nope"})"},
    {"UpdateContactTextToSpeechVoice", kNoMatch, R"({"TextToSpeechVoice":"$.External.none"})"},
    {"UpdateFlowAttributes", kNoMatch, R"({"FlowAttributes":{"k":"flat"}})"},
    {"UpdatePreviousContactParticipantState", kNoMatch,
     R"({"PreviousContactParticipantState":"Gone"})"},
    {"Wait", kNoMatch, R"({"TimeLimitSeconds":"0"})", Where::kChat},
    {"Wait", "ParticipantNotFound",
     R"({"TimeLimitSeconds":"9","Events":["BotParticipantDisconnected"]})", Where::kChat},
};

// Errors without a cause here: only a test brings them about.
constexpr std::pair<std::string_view, std::string_view> kTold[] = {
    // Which countries an instance may dial is not in a center.
    {"UpdateContactCallbackNumber", "CallbackNumberNotDialable"},
    // Nothing is recorded or redacted here.
    {"UpdateContactRecordingAndAnalyticsBehavior", "NoMatchingError"},
    {"UpdateContactRecordingAndAnalyticsBehavior", "InFlightRedactionConfigurationFailed"},
};

World WorldOf(const Cause& cause) {
  Branches branches{{"next", "end"}, {"Error:" + std::string(cause.error), "caught"}};
  if (!cause.condition.empty()) branches.emplace_back(cause.condition, "end");
  const std::string x = Action("x", cause.type, cause.parameters, branches);
  const std::string rest = "," + Action("caught", "Wait", R"({"TimeLimitSeconds":"1"})") + "," +
                           Action("end", "Wait", R"({"TimeLimitSeconds":"1"})");
  const bool queued = cause.where == Where::kQueueFlow;
  World world = SmallWorld();
  world.answering.mode = Answering::Mode::kNobody;
  if (queued) world.flows.push_back(MakeFlow("queue", "CUSTOMER_QUEUE", x + rest));
  if (queued) world.defaults.customer_queue_flow = "queue";
  const std::string queue(queued ? "q-sales" : cause.queue);
  const std::string first =
      queue.empty() ? ""
                    : Action("queue", "UpdateContactTargetQueue",
                             R"({"QueueId":")" + queue + R"("})", {{"next", queued ? "go" : "x"}}) +
                          ",";
  world.flows.push_back(
      MakeFlow("main", "CONTACT_FLOW",
               first + (queued ? Action("go", "TransferContactToQueue", "{}") : x + rest)));
  if (cause.changes != nullptr) cause.changes(world);
  return world;
}

Channel ChannelOf(Where where) {
  if (where == Where::kTask) return Channel::kTask;
  return where == Where::kChat ? Channel::kChat : Channel::kVoice;
}

class NaturalError : public ::testing::TestWithParam<Cause> {};

TEST_P(NaturalError, TakesItsBranch) {
  const Cause& cause = GetParam();
  TestCall call(WorldOf(cause), {.channel = ChannelOf(cause.where)});
  call.Start();
  if (cause.happens != nullptr) cause.happens(call);

  std::string taken = "not run";
  for (const Effect& effect : call.effects()) {
    const auto* ran = std::get_if<Ran>(&effect.what);
    if (ran != nullptr && effect.action == "x" && ran->outcome != "entered")
      taken = ran->outcome + " -> " + std::string(ran->next);
  }
  EXPECT_EQ(taken, std::string(cause.error) + " -> caught");
}

INSTANTIATE_TEST_SUITE_P(Causes, NaturalError, ::testing::ValuesIn(kCauses), [](const auto& row) {
  return std::string(row.param.type) + std::string(row.param.error);
});

TEST(NaturalErrors, HaveACauseForEveryErrorOfEveryTypeThatRuns) {
  for (const flow::ActionKind* kind : flow::AllActionKinds()) {
    if (FindStandIn(kind->name) != nullptr) continue;
    for (const flow::ErrorRule& rule : kind->errors) {
      const bool caused = std::ranges::any_of(kCauses, [&](const Cause& cause) {
        return cause.type == kind->name && cause.error == rule.type;
      });
      const bool told = std::ranges::any_of(kTold, [&](const auto& one) {
        return one.first == kind->name && one.second == rule.type;
      });
      EXPECT_NE(caused, told) << kind->name << " " << rule.type;
    }
  }
}

}  // namespace
}  // namespace trunkline::sim::tests
