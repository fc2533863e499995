#include "center/lint_facts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/center/monorepo.h"

namespace trunkline::center {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Key;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr char kTwoEnvironments[] = R"({"accounts": [
  {"env": "dev", "branch": "develop", "enabled": true, "account": "111111111111",
   "region": ["us-east-1"], "app": "ACME"},
  {"env": "prod", "branch": "main", "enabled": true, "account": "222222222222",
   "region": ["us-east-1", "eu-west-1"], "app": "ACME"}]})";

TEST(LintFacts, HaveTheRegionsOfTheEnvironmentElseOfTheOneWithMost) {
  const Center center = Monorepo().With(kAccountVars, kTwoEnvironments).LoadGood();

  EXPECT_THAT(LintFactsOf(center, "dev").regions, ElementsAre("us-east-1"));
  EXPECT_THAT(LintFactsOf(center, "").regions, ElementsAre("us-east-1", "eu-west-1"));
  EXPECT_EQ(LintFactsOf(center, "").app, "ACME");
}

TEST(LintFacts, HaveWhatFunctionsDeclareAndTheirVariablesWithPlaces) {
  const std::string folder = std::string(kFunctions) + "crm/";
  const Center center =
      Monorepo()
          .With(folder + "function.json", R"({"runtime": "python3.12", "handler": "app.main",
"code": "src", "answers": ["name", "tier"],
"environment": {"TOKEN": "abc"}})")
          .With(folder + "src/app.py", "def main(event, context): return {}")
          .LoadGood();

  const flow::CenterFacts facts = LintFactsOf(center, "");

  EXPECT_THAT(facts.answers, ElementsAre(Pair("crm", ElementsAre("name", "tier"))));
  ASSERT_EQ(facts.variables.size(), 1U);
  EXPECT_EQ(facts.variables[0].place.line, 3U);
  EXPECT_EQ(facts.variables[0].source_line.text, R"("environment": {"TOKEN": "abc"}})");
}

TEST(LintFacts, HaveTheQueuesThatAreMarkedAsSensitive) {
  const Center center = Monorepo()
                            .With(std::string(kAdmin) + "queues/a.json",
                                  R"({"Name": "Accounts", "Tags": {"Sensitive": "yes"}})")
                            .With(std::string(kAdmin) + "queues/b.json",
                                  R"({"Name": "Sales", "Tags": {"sensitive": "false"}})")
                            .LoadGood();

  EXPECT_THAT(LintFactsOf(center, "").sensitive_queues, UnorderedElementsAre("Accounts"));
}

// A flow that goes on to another one.
std::string Going(const std::string& name, const std::string& to) {
  return fmt::format(
      R"({{"Name":"{}","ContactFlowType":"CONTACT_FLOW","Content":{{"Version":"2019-10-30","StartAction":"a",
"Actions":[{{"Identifier":"a","Type":"TransferToFlow","Parameters":{{"ContactFlowId":"${{flow:{}}}"}},
"Transitions":{{"NextAction":"z","Errors":[{{"ErrorType":"NoMatchingError","NextAction":"z"}}]}}}},
{{"Identifier":"z","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}}}})",
      name, to);
}

std::string TestOf(const std::string& flow) {
  return fmt::format(
      R"({{"Name":"greets","EntryPoint":{{"Type":"VOICE_CALL","VoiceCallEntryPointParameters":{{"FlowId":"{}"}}}},
"Content":{{"Version":"2019-10-30","Observations":[{{"Identifier":"s","Actions":[{{"Parameters":{{"Behavior":{{
"Properties":{{"ActionType":"CheckHoursOfOperation","Strategy":{{}}}}}}}}}}]}}]}}}})",
      flow);
}

flow::CenterFacts WithTest(const std::string& flow) {
  const Center center = Monorepo()
                            .With(std::string(kFlows) + "main.json", Going("Main", "Sales"))
                            .With(std::string(kFlows) + "sales.json", WrappedFlow("Sales"))
                            .With(std::string(kFlows) + "other.json", WrappedFlow("Other"))
                            .With("amzconnect-contact-flows/tests/a.json", TestOf(flow))
                            .LoadGood();
  return LintFactsOf(center, "");
}

TEST(LintFacts, HaveTheFlowsThatATestMayGetTo) {
  const flow::CenterFacts facts = WithTest("${flow:Main}");

  EXPECT_THAT(facts.flows, UnorderedElementsAre("Main", "Sales", "Other"));
  EXPECT_TRUE(facts.has_tests);
  EXPECT_TRUE(facts.knows_tests);
  EXPECT_THAT(facts.tests, UnorderedElementsAre(Key("Main"), Key("Sales")));
  EXPECT_THAT(facts.tests.at("Sales")[0].overrides, ElementsAre("CheckHoursOfOperation"));
}

TEST(LintFacts, SayWhenItIsNotKnownWhereATestStarts) {
  EXPECT_FALSE(WithTest("6500011f-5a75-42cb-a33c-6dfb20b786d9").knows_tests);
}

TEST(LintFacts, HaveTheIntentsOfEveryBot) {
  const Center center =
      Monorepo()
          .With(std::string(kBots) + "Helper/Locales.json", R"([{"localeId": "en_US",
"nluConfidenceThreshold": 0.8, "intents": [
  {"name": "Sales", "sampleUtterances": [{"utterance": "sales"}]},
  {"name": "FallbackIntent", "parentIntentSignature": "AMAZON.FallbackIntent"}]}])")
          .LoadGood();

  EXPECT_THAT(LintFactsOf(center, "").intents,
              ElementsAre(Pair("Helper", UnorderedElementsAre("FallbackIntent", "Sales"))));
}

}  // namespace
}  // namespace trunkline::center
