// Flows that were legacy exports behave as the export says.
#include "tests/sim/legacy_calls.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Transcript(FlowResource flow, StandIns stand_ins, const std::vector<Event>& script) {
  World world = SmallWorld();
  world.flows = {std::move(flow)};
  Rehearsal rehearsal(std::make_shared<const World>(std::move(world)),
                      {.contact_id = "c", .flow = "main", .customer = {"+15550100"}},
                      std::move(stand_ins));
  PlayScript(rehearsal, script);
  return ToText(rehearsal.transcript());
}

// Asks for a key, compares it, and loops back on '*'.
TEST(LegacyFlow, AsksComparesAndCallsFunctions) {
  TL_NEEDS_SHARED();
  StandIns stand_ins;
  stand_ins.functions = {
      {"CdkAppStack-getCustomerDetailsFE81CDB2-1RA2FRWY9G4HJ",
       {FunctionAnswer(R"({"ClientName":"Ada","Menu":"Press a key"})")}},
      {"CdkAppStack-selectionFulfilment1E5ECA74-19ZTCQA898YAS",
       {FunctionAnswer(R"({"menuOptionText":"That is done"})")}},
  };

  const std::string said = Transcript(Converted(ReadLegacy("005")), std::move(stand_ins),
                                      {CallerPressed{"*"}, CallerPressed{"2"}});

  EXPECT_THAT(said, AllOf(HasSubstr("Hello Ada"), HasSubstr("Press a key"),
                          HasSubstr("That is done"), Not(HasSubstr("Error"))));
}

TEST(LegacyFlow, GoesToTheErrorBranchOfAFunctionThatFails) {
  TL_NEEDS_SHARED();

  const std::string said = Transcript(Converted(ReadLegacy("005")), {}, {});

  EXPECT_THAT(said, AllOf(HasSubstr("Hello"), Not(HasSubstr("Hello Ada"))));
}

constexpr std::string_view kOldMenu =
    R"({"modules":[
 {"id":"ask","type":"GetUserInput","target":"Digits","branches":[
   {"condition":"Evaluate","conditionType":"Equals","conditionValue":"1","transition":"sales"},
   {"condition":"Timeout","transition":"again"},{"condition":"NoMatch","transition":"again"},{"condition":"Error","transition":"bye"}],
  "parameters":[{"name":"Text","value":"Press 1 for sales"},{"name":"TextToSpeechType","value":"text"},{"name":"Timeout","value":"5"},{"name":"MaxDigits","value":"1"}]},
 {"id":"again","type":"Loop","branches":[{"condition":"Looping","transition":"ask"},{"condition":"Complete","transition":"bye"}],
  "parameters":[{"name":"LoopCount","value":1}]},
 {"id":"sales","type":"SetQueue","branches":[{"condition":"Success","transition":"queue"},{"condition":"Error","transition":"bye"}],
  "parameters":[{"name":"Queue","value":"arn:queue/sales","resourceName":"Sales"}]},
 {"id":"queue","type":"Transfer","target":"Queue","branches":[{"condition":"AtCapacity","transition":"bye"},{"condition":"Error","transition":"bye"}],"parameters":[]},
 {"id":"bye","type":"PlayPrompt","branches":[{"condition":"Success","transition":"end"}],"parameters":[{"name":"Text","value":"Good bye"},{"name":"TextToSpeechType","value":"text"}]},
 {"id":"end","type":"Disconnect","branches":[],"parameters":[]}],
 "version":"1","type":"contactFlow","start":"ask","metadata":{"name":"Old menu"}})";

TEST(LegacyFlow, PutsCallersIntoTheQueueOfTheirKey) {
  const std::string said =
      Transcript(Converted(std::string(kOldMenu)), {}, {CallerPressed{"7"}, CallerPressed{"1"}});

  EXPECT_THAT(said, AllOf(HasSubstr("queue Sales"), Not(HasSubstr("Good bye"))));
}

TEST(LegacyFlow, GivesUpAfterSoManyRounds) {
  const std::string said = Transcript(Converted(std::string(kOldMenu)), {},
                                      {CallerPressed{"7"}, CallerPressed{"7"}, CallerPressed{"7"}});

  EXPECT_THAT(said, HasSubstr("Good bye"));
}

}  // namespace
}  // namespace trunkline::sim::tests
