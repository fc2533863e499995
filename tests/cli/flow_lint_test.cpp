#include <gmock/gmock.h>

#include "base/json_read.h"
#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;
using tests::TestWorld;

constexpr std::string_view kLeftover =
    R"({"Version":"2019-10-30","StartAction":"hi","Actions":[
{"Identifier":"hi","Type":"MessageParticipant","Parameters":{"Text":"TODO"},
 "Transitions":{"NextAction":"end","Errors":[{"NextAction":"end","ErrorType":"NoMatchingError"}]}},
{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}
)";

std::map<std::string, std::string> Center(std::string lint) {
  return {
      {"trunkline.json", "{\"lint\": " + std::move(lint) + "}"},
      {"amzconnect-devops-pipelines/env/accountvars.json",
       R"({"accounts": [{"env": "prod", "branch": "main", "enabled": true, "account": "111122223333", "region": ["eu-west-1"], "app": "ACME"}]})"},
      {"amzconnect-contact-flows/lib/callflows/main.json", std::string(kLeftover)}};
}

constexpr const char* kFlows = "amzconnect-contact-flows/lib/callflows";

TEST(FlowLintCommand, CountsAndEndsWellWithWarnings) {
  TestWorld world(Center("{}"));

  EXPECT_EQ(world.Run({"flow", "lint", kFlows}), 0);

  EXPECT_THAT(world.out(), HasSubstr("main.json:2:69: warning: 'Parameters.Text' of action 'hi'"));
  EXPECT_EQ(world.err(), "1 flow: 0 errors, 1 warning, 0 notes\n");
}

TEST(FlowLintCommand, TakesTheLevelsOfAnEnvironment) {
  TestWorld world(Center(R"({"environments": {"prod": {"leftover-text": "error"}}})"));

  EXPECT_EQ(world.Run({"flow", "lint", kFlows, "--env", "prod"}), 1);

  EXPECT_EQ(world.err(), "1 flow: 1 error, 0 warnings, 0 notes\n");
}

TEST(FlowLintCommand, NamesTheEnvironmentThatDoesNotExist) {
  TestWorld world(Center("{}"));

  EXPECT_EQ(world.Run({"flow", "lint", kFlows, "--env", "prdo"}), 1);

  EXPECT_THAT(world.err(), HasSubstr("prdo"));
}

TEST(FlowLintCommand, EndsSuppressionsByTheClock) {
  // The world's clock stands in September 2026.
  const std::string lint =
      R"({"suppressions": [{"rule": "leftover-text", "reason": "soon", "until": ")";
  TestWorld before(Center(lint + "2026-12-31\"}]}"));
  TestWorld after(Center(lint + "2026-01-31\"}]}"));

  EXPECT_EQ(before.Run({"flow", "lint", kFlows}), 0);
  EXPECT_EQ(after.Run({"flow", "lint", kFlows}), 0);

  EXPECT_EQ(before.err(), "1 flow: 0 errors, 0 warnings, 0 notes, 1 suppressed\n");
  EXPECT_EQ(after.err(), "1 flow: 0 errors, 2 warnings, 0 notes\n");
}

TEST(FlowLintCommand, WritesABaselineAndComparesWithIt) {
  TestWorld world(Center(R"({"levels": {"leftover-text": "error"}})"));

  EXPECT_EQ(world.Run({"flow", "lint", kFlows}), 1);
  EXPECT_EQ(world.Run({"flow", "lint", kFlows, "--write-baseline", "known.json"}), 0);
  EXPECT_EQ(world.Run({"flow", "lint", kFlows, "--baseline", "known.json"}), 0);

  EXPECT_TRUE(world.files().Exists("known.json"));
}

TEST(FlowLintCommand, WritesSarif) {
  TestWorld world(Center("{}"));

  EXPECT_EQ(world.Run({"flow", "lint", kFlows, "--format", "sarif"}), 0);

  const json::Value log = json::Parse(world.out()).value();
  EXPECT_EQ(log.AsObject().GetString("version"), "2.1.0");
  const json::Object& run = log.AsObject().GetArray("runs")[0].AsObject();
  EXPECT_EQ(run.GetArray("results")[0].AsObject().GetString("ruleId"), "TL-L117");
}

TEST(FlowLintCommand, GivesTheSameJsonByFormatAndByOption) {
  TestWorld by_format(Center("{}"));
  TestWorld by_option(Center("{}"));

  EXPECT_EQ(by_format.Run({"flow", "lint", kFlows, "--format", "json"}), 0);
  EXPECT_EQ(by_option.Run({"flow", "lint", kFlows, "--json"}), 0);

  EXPECT_EQ(by_format.out(), by_option.out());
  EXPECT_THAT(by_format.out(), HasSubstr(R"("pointer": "/Actions/0/Parameters/Text")"));
}

TEST(FlowLintCommand, FailsInJsonWhenJsonIsItsFormat) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "lint", "nowhere", "--format", "json"}), 1);

  const json::Value failed = json::Parse(world.out()).value();
  EXPECT_EQ(failed.AsObject().GetObject("error").GetString("kind"), "not found");
}

TEST(FlowLintCommand, RefusesWhatDoesNotGoTogether) {
  const auto refused = [](std::vector<std::string> words) {
    TestWorld world(Center("{}"));
    words.insert(words.begin(), {"flow", "lint", kFlows});
    EXPECT_EQ(world.Run(words), 2);
    return world.err();
  };

  EXPECT_THAT(refused({"--format", "xml"}),
              HasSubstr("expected '--format' to be text, json or sarif but got 'xml'"));
  EXPECT_THAT(refused({"--format", "sarif", "--json"}), HasSubstr("exclude each other"));
  EXPECT_THAT(refused({"--baseline", "a", "--write-baseline", "b"}),
              HasSubstr("exclude each other"));
}

}  // namespace
}  // namespace trunkline::cli
