#include "flow/lint_center.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"

namespace trunkline::flow {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

LintOptions Only(std::string_view rule, const CenterFacts& center) {
  LintOptions options;
  for (const LintRule& other : AllLintRules())
    options.levels[std::string(other.name)] =
        other.name == rule ? LintLevel::kWarning : LintLevel::kOff;
  options.center = &center;
  return options;
}

std::string LintBy(std::string_view rule, const std::string& actions, const CenterFacts& center) {
  const Parsed parsed = Parse(
      fmt::format(
          R"({{"Version":"2019-10-30","StartAction":"a","Metadata":{{"name":"Main","type":"contactFlow"}},
"Actions":[{},{{"Identifier":"z","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}})",
          actions),
      "main.json");
  EXPECT_EQ(ToText(parsed.findings), "");
  return ToText(Lint(*parsed.document, Only(rule, center)));
}

std::string Lambda(std::string_view id, std::string_view arn, std::string_view next) {
  return fmt::format(
      R"({{"Identifier":"{}","Type":"InvokeLambdaFunction","Parameters":{{"LambdaFunctionARN":"{}",
"InvocationTimeLimitSeconds":"5"}},"Transitions":{{"NextAction":"{}","Errors":[
{{"ErrorType":"NoMatchingError","NextAction":"z"}}]}}}})",
      id, arn, next);
}
std::string Speak(std::string_view id, std::string_view text, std::string_view next) {
  return fmt::format(
      R"({{"Identifier":"{}","Type":"MessageParticipant","Parameters":{{"Text":"{}"}},
"Transitions":{{"NextAction":"{}"}}}})",
      id, text, next);
}
std::string Queue(std::string_view name) {
  return fmt::format(
      R"({{"Identifier":"q","Type":"UpdateContactTargetQueue","Parameters":{{"QueueId":"${{queue:{}}}"}},
"Transitions":{{"NextAction":"z","Errors":[{{"ErrorType":"NoMatchingError","NextAction":"z"}}]}}}})",
      name);
}

constexpr std::string_view kArn = "arn:aws:lambda:us-east-1:111122223333:function:f";

TEST(RegionBound, NamesTheRegionsThatCallFromAfar) {
  const CenterFacts center{.regions = {"us-east-1", "eu-west-1", "ap-south-1"}};
  EXPECT_THAT(LintBy("region-bound", Lambda("a", kArn, "z"), center),
              HasSubstr("warning: action 'a' calls a lambda in Region us-east-1, also from "
                        "eu-west-1, ap-south-1 [TL-L307]"));
}

TEST(RegionBound, IsSilentWhereThereIsOneRegionOrTheArnHasNone) {
  EXPECT_EQ(LintBy("region-bound", Lambda("a", kArn, "z"), {.regions = {"us-east-1"}}), "");
  EXPECT_EQ(
      LintBy("region-bound", Lambda("a", "arn:aws:lambda:$.AwsRegion:111122223333:function:f", "z"),
             {.regions = {"us-east-1", "eu-west-1"}}),
      "");
}

TEST(AnswerUndeclared, JudgesByTheLastFunctionOfEachPath) {
  const CenterFacts center{.answers = {{"one", {"name"}}, {"two", {"tier"}}}};
  const std::string flow =
      Lambda("a", "${lambda:one}", "b") + "," + Speak("b", "Hi $.External.name", "c") + "," +
      Lambda("c", "${lambda:two}", "d") + "," + Speak("d", "$.External.tier $.External.name", "z");

  EXPECT_THAT(LintBy("answer-undeclared", flow, center),
              AllOf(HasSubstr("action 'd' reads '$.External.name', which function 'two' does not "
                              "answer with (action 'c') [TL-L245b]"),
                    HasSubstr("its function.json declares tier"), Not(HasSubstr("action 'b'"))));
}

TEST(AnswerUndeclared, IsSilentAboutFunctionsThatDeclareNothing) {
  EXPECT_EQ(LintBy("answer-undeclared",
                   Lambda("a", "${lambda:other}", "b") + "," + Speak("b", "$.External.x", "z"),
                   {.answers = {{"one", {"name"}}}}),
            "");
}

TEST(UnknownIntent, NamesTheNearest) {
  const std::string bot =
      R"({"Identifier":"a","Type":"ConnectParticipantWithLexBot","Parameters":{"Text":"Hi",
"LexV2Bot":{"AliasArn":"${bot:Helper}"}},"Transitions":{"NextAction":"z","Conditions":[
{"NextAction":"z","Condition":{"Operator":"Equals","Operands":["Slaes"]}},
{"NextAction":"z","Condition":{"Operator":"Equals","Operands":["FallbackIntent"]}}]}})";
  const CenterFacts center{.intents = {{"Helper", {"Sales", "FallbackIntent"}}}};

  EXPECT_THAT(LintBy("unknown-intent", bot, center),
              AllOf(HasSubstr("action 'a' waits for the intent 'Slaes', which bot 'Helper' does "
                              "not have [TL-L266b]"),
                    HasSubstr("did you mean 'Sales'?"), Not(HasSubstr("'FallbackIntent', which"))));
}

TEST(FlowWithoutTest, IsSilentWhereItIsNotKnownWhereTestsStart) {
  CenterFacts center{.flows = {"Main"}, .has_tests = true, .tests = {{"Sales", {}}}};
  EXPECT_THAT(LintBy("flow-without-test", Speak("a", "Hi", "z"), center),
              HasSubstr("no test case of the center gets to flow 'Main' [TL-L515]"));

  center.knows_tests = false;
  EXPECT_EQ(LintBy("flow-without-test", Speak("a", "Hi", "z"), center), "");
  EXPECT_EQ(LintBy("flow-without-test", Speak("a", "Hi", "z"), {}), "");
}

TEST(FlowWithoutTest, IsSilentAboutFilesThatAreNoFlowsOfTheCenter) {
  EXPECT_EQ(LintBy("flow-without-test", Speak("a", "Hi", "z"),
                   {.flows = {"Sales"}, .has_tests = true, .tests = {{"Sales", {}}}}),
            "");
}

TEST(SensitiveQueueOpen, TellsThePathWithoutACheck) {
  const CenterFacts center{.sensitive_queues = {"Accounts"}};
  const std::string checked = Lambda("a", "${lambda:verify-caller}", "q") + "," + Queue("Accounts");

  EXPECT_EQ(LintBy("sensitive-queue-open", checked, center), "");
  EXPECT_EQ(LintBy("sensitive-queue-open", Speak("a", "Hi", "q") + "," + Queue("Sales"), center),
            "");
  EXPECT_THAT(
      LintBy("sensitive-queue-open", Speak("a", "Hi", "q") + "," + Queue("Accounts"), center),
      HasSubstr("action 'q' leads to the sensitive queue 'Accounts' without a check of the "
                "caller's identity in this flow: the straight way [TL-L408]"));
}

std::string SaidOf(const std::string& name, const std::string& value) {
  const CenterFacts center{.variables = {{.function = "crm",
                                          .name = name,
                                          .value = value,
                                          .place = {.file = "function.json", .line = 3},
                                          .source_line = {}}}};
  return ToText(LintCenter(center, Only("initial-secret", center)));
}

TEST(InitialSecret, GoesByTheLastWordOfTheName) {
  EXPECT_THAT(SaidOf("DB_PASSWORD", "hunter2"),
              HasSubstr("function.json:3: warning: the environment variable 'DB_PASSWORD' of "
                        "function 'crm' is written out, for every reader of the repository "
                        "[TL-L413]"));
  EXPECT_THAT(SaidOf("crmApiKey", "abc"), HasSubstr("'crmApiKey'"));
  EXPECT_EQ(SaidOf("DB_PASSWORD_ARN", "anything"), "");
  EXPECT_EQ(SaidOf("TOKEN_SECONDS", "300"), "");
}

TEST(InitialSecret, GoesByAValueThatWaitsToBeReplaced) {
  EXPECT_THAT(SaidOf("WEBHOOK", "CHANGEME"), HasSubstr("'WEBHOOK'"));
  EXPECT_EQ(SaidOf("DB_PASSWORD", "{{resolve:secretsmanager:crm}}"), "");
  EXPECT_EQ(SaidOf("DB_PASSWORD", ""), "");
}

}  // namespace
}  // namespace trunkline::flow
