// Outcomes that a test or a mock wants of actions.
#include <gmock/gmock.h>

#include "base/json_write.h"
#include "base/text.h"
#include "flow/catalogue.h"
#include "sim/steered_outcome.h"
#include "sim/testing/check_outcomes.h"
#include "sim/testing/scenario.h"
#include "tests/sim/around.h"
#include "tests/sim/testing_fixture.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A chat that shows a form, looks the customer up twice, and says what it knows.
World GuideWorld() {
  World world = SmallWorld();
  const std::string say = Action(
      "hello", "MessageParticipant",
      R"({"Text":"Hello $.Customer.FirstName of $.Views.ViewResultData.city"})", {{"next", "end"}});
  const std::string profile = R"({"ProfileRequestData":{"IdentifierName":"_phone"}})";
  world.flows = {MakeFlow(
      "main", "CONTACT_FLOW",
      Action("form", "ShowView",
             R"({"ViewResource":{"Id":"arn:aws:view/form:1"},"InvocationTimeLimitSeconds":"60"})",
             {{"Equals Next", "find"}, {"Error:TimeLimitExceeded", "late"}}) +
          "," +
          Action("find", "GetCustomerProfile", profile,
                 {{"next", "hello"}, {"Error:NoneFoundError", "again"}}) +
          "," +
          Action("again", "GetCustomerProfile", profile,
                 {{"next", "hello"}, {"Error:NoneFoundError", "late"}}) +
          "," + say + "," +
          Action("late", "MessageParticipant", R"({"Text":"Nobody."})", {{"next", "end"}}) + "," +
          Action("end", "DisconnectParticipant", "{}"))};
  return world;
}

std::string List(const std::vector<std::string_view>& entries) {
  return fmt::format("{}", fmt::join(entries, ","));
}

std::string WithOutcomes(std::string_view outcomes, std::string_view hears = "Hello Ada of Paris") {
  const std::string test = WrittenTest(
      {Observe("start", Initiated(), "", "heard"), Observe("heard", Hears(hears))}, "CHAT");
  return trunkline::Replace(
      test, R"("Content":{)",
      R"("Content":{"Metadata":{"Rehearsal":{"Outcomes":[)" + std::string(outcomes) + "]}},");
}

TestOutcome PlayedWith(std::string_view outcomes, std::string_view hears = "Hello Ada of Paris") {
  return RunTestCase(ReadGood(WithOutcomes(outcomes, hears)),
                     std::make_shared<const World>(GuideWorld()), {}, {});
}

constexpr std::string_view kFormFilled =
    R"({"Type":"ShowView","Condition":"Next","Attributes":{"$.Views.ViewResultData.city":"Paris"}})";
constexpr std::string_view kAda =
    R"({"Type":"GetCustomerProfile","Attributes":{"$.Customer.FirstName":"Ada"}})";

TEST(Outcomes, SteerStandInsByTypeAndSetTheirAttributes) {
  const TestOutcome outcome = PlayedWith(List({kFormFilled, kAda}));

  EXPECT_EQ(outcome.difference, "");
  EXPECT_EQ(outcome.verdict, Verdict::kPassed);
}

TEST(Outcomes, AreUsedOnceTheOldestFirst) {
  const TestOutcome outcome = PlayedWith(
      List({kFormFilled, R"({"Type":"GetCustomerProfile","Error":"NoneFoundError"})", kAda}));

  EXPECT_EQ(outcome.difference, "");
}

TEST(Outcomes, CanBeOfOneActionOfOneFlow) {
  const TestOutcome outcome =
      PlayedWith(R"({"Flow":"${flow:main}","Action":"form","Error":"NoMatchingError"})", "Nobody");

  // The action has no such branch: the flow ends.
  EXPECT_THAT(outcome.difference, HasSubstr("the contact ended (the flow ended)"));
}

TEST(Outcomes, ThatNothingCameToTakeFailTheTest) {
  const TestOutcome outcome =
      PlayedWith(List({kFormFilled, kAda, R"({"Action":"again","Attributes":{}})"}));

  EXPECT_EQ(outcome.difference, "action 'again' was to succeed, but it never ran");
}

TEST(Outcomes, AreCheckedByTypeWhenTheTestIsRead) {
  const auto wrong = [](std::string_view entry) {
    return trunkline::Join(Wrong(WithOutcomes(entry)), "|");
  };

  EXPECT_EQ(wrong(R"({"Type":"GetCase","Error":"NoneFoundError"})"),
            "TL-T004: GetCase has no error 'NoneFoundError': there is NoMatchingError, "
            "MultipleFound, NoneFound, ContactNotLinked");
  EXPECT_EQ(
      wrong(R"({"Type":"CheckVoiceId","Condition":"Known"})"),
      "TL-T004: CheckVoiceId has no result 'Known': there is Enrolled, NotEnrolled, OptedOut, "
      "HighRisk, LowRisk, Inconclusive, Authenticated, NotAuthenticated");
  EXPECT_EQ(wrong(R"({"Type":"CreateCase","Condition":"Done"})"),
            "TL-T004: CreateCase has no conditions");
  EXPECT_EQ(wrong(R"({"Type":"GetCase","Attributes":{"$.Customer.x":"1"}})"),
            "TL-T004: GetCase sets $.Case, not '$.Customer.x'");
  EXPECT_EQ(wrong(R"({"Type":"GetCase","Attributes":{"title":"1"}})"),
            "TL-T004: expected a reference such as $.Customer.FirstName but got 'title'");
  EXPECT_EQ(wrong(R"({"Type":"Compare","Attributes":{"$.Case.x":"1"}})"),
            "TL-T004: Compare runs here by itself: only stand-ins can be told what they set");
  EXPECT_EQ(wrong(R"({"Type":"DisconnectParticipant"})"),
            "TL-T004: DisconnectParticipant ends the flow: how it goes cannot be chosen");
  EXPECT_EQ(wrong(R"({"Type":"ShowView"})"),
            "TL-T004: expected 'Condition' or 'Error': ShowView goes by its result");
  EXPECT_EQ(wrong(R"({"Type":"GetCases"})"), "TL-T004: there is no action type 'GetCases'");
  EXPECT_EQ(wrong(R"({"Error":"NoMatchingError"})"),
            "TL-T003: an entry of 'Outcomes' names no 'Action' and no 'Type'");
  EXPECT_EQ(wrong(R"("form")"),
            "TL-T001: expected an entry of 'Outcomes' to be an object but got a string");
}

std::string Checked(std::string_view entry) {
  const Findings findings = CheckOutcomes(ReadGood(WithOutcomes(entry)), GuideWorld());
  std::string said;
  for (const Finding& one : findings)
    said += fmt::format("{}:{} {} {}", one.place.file, one.place.line, one.message, one.hint);
  return said;
}

TEST(Outcomes, OfAnActionAreCheckedInItsFlow) {
  EXPECT_EQ(Checked(R"({"Action":"fomr","Error":"NoMatchingError"})"),
            "tests/a.json:1 no flow has an action 'fomr' did you mean 'form'?");
  EXPECT_EQ(Checked(R"({"Flow":"Main","Action":"form","Error":"NoMatchingError"})"),
            "tests/a.json:1 there is no flow or module 'Main' did you mean 'main'?");
  EXPECT_EQ(Checked(R"({"Action":"form","Error":"NoneFound"})"),
            "tests/a.json:1 action 'form' of flow 'main': ShowView has no error 'NoneFound': there "
            "is NoMatchingError, NoMatchingCondition, TimeLimitExceeded ");
  EXPECT_EQ(Checked(R"({"Action":"form","Type":"GetCase","Error":"NoneFound"})"),
            "tests/a.json:1 action 'form' of flow 'main' is of type ShowView, not GetCase ");
  EXPECT_EQ(Checked(R"({"Action":"form","Condition":"Back"})"), "");
}

TEST(Outcomes, ConditionsDependOnTheParametersOfTheAction) {
  const flow::ActionKind& kind = *flow::FindActionKind("CheckVoiceId");
  const json::Object fraud{{"CheckVoiceIdOption", "fraudDetection"}};

  EXPECT_FALSE(FaultOf(kind, {.condition = "LowRisk"}, &fraud));
  EXPECT_EQ(FaultOf(kind, {.condition = "Enrolled"}, &fraud)->message,
            "CheckVoiceId has no result 'Enrolled': there is HighRisk, LowRisk, Inconclusive");
  EXPECT_EQ(
      FaultOf(*flow::FindActionKind("DistributeByPercentage"), {.condition = "many"})->message,
      "DistributeByPercentage gives a number, not 'many'");
}

std::string Compiled(std::string_view line) {
  const ScenarioFile file = ReadScenarios("test t\nflow main\n" + std::string(line) + "\nend\n",
                                          "a.scenario", TestMode::kObserved);
  if (!file.findings.empty()) return file.findings.front().message;
  const TestCase test = ReadGood(json::Write(file.tests.front()));
  if (test.rehearsal.outcomes.size() != 1) return "no outcome";
  const WantedOutcome& one = test.rehearsal.outcomes.front();
  return fmt::format("{}|{}|{}|{}|{}", one.type, one.action, one.outcome.condition,
                     one.outcome.error, json::Write(one.outcome.attributes));
}

TEST(Outcomes, CanBeWrittenInScenarios) {
  EXPECT_EQ(Compiled(R"(action ShowView gives Next {"$.Views.ViewResultData.a": "b"})"),
            R"(ShowView||Next||{"$.Views.ViewResultData.a":"b"})");
  EXPECT_EQ(Compiled(R"(action "Show form" gives "Go on")"), "|Show form|Go on||{}");
  EXPECT_EQ(Compiled("action GetCase fails NoneFound"), "GetCase|||NoneFound|{}");
  EXPECT_EQ(Compiled("action GetCase fails"), "GetCase|||NoMatchingError|{}");
  EXPECT_EQ(Compiled("action CreateCase succeeds"), "CreateCase||||{}");
  EXPECT_EQ(Compiled("action GetCase fails Lost"),
            "GetCase has no error 'Lost': there is NoMatchingError, MultipleFound, NoneFound, "
            "ContactNotLinked");
  EXPECT_THAT(Compiled("action GetCase breaks"), HasSubstr("expected 'gives', 'succeeds'"));
}

// ---- Mocks of a call ----

std::vector<std::string> SaidWith(std::map<std::string, std::vector<SteeredOutcome>> actions) {
  StandIns stand_ins;
  stand_ins.actions = std::move(actions);
  Rehearsal rehearsal(std::make_shared<const World>(GuideWorld()),
                      {.flow = "main", .channel = Channel::kChat}, std::move(stand_ins));
  rehearsal.Give(Started{});
  std::vector<std::string> said;
  for (const TranscriptLine& line : rehearsal.transcript().lines)
    if (line.speaker == Speaker::kSystem) said.push_back(line.text);
  return said;
}

TEST(MockedActions, GoByIdentifierBeforeType) {
  const SteeredOutcome ada{.attributes = {{"$.Customer.FirstName", "Ada"}}};
  const SteeredOutcome eve{.attributes = {{"$.Customer.FirstName", "Eve"}}};
  const SteeredOutcome next{.condition = "Next",
                            .attributes = {{"$.Views.ViewResultData.city", "Rome"}}};

  EXPECT_THAT(SaidWith({{"form", {next}}, {"GetCustomerProfile", {ada}}, {"find", {eve}}}),
              ElementsAre("Hello Eve of Rome"));
  EXPECT_THAT(
      SaidWith({{"ShowView", {next}}, {"GetCustomerProfile", {{.error = "NoneFoundError"}, ada}}}),
      ElementsAre("Hello Ada of Rome"));
  EXPECT_THAT(SaidWith({{"GetCustomerProfile", {ada}}}), ElementsAre("Nobody."));
}

}  // namespace
}  // namespace trunkline::sim::tests
