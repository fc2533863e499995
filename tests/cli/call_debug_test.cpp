// trunkline call --debug: what it prints for a session, and what it says when it cannot.
#include <gmock/gmock.h>

#include "center/init.h"
#include "tests/cli/test_world.h"
#include "tests/support/shared_data.h"

namespace trunkline::cli {
namespace {

using ::testing::HasSubstr;
using tests::DiffGolden;
using tests::TestWorld;

// A session in an ACME center: each line typed, and what it prints; then the exit code.
std::string Session(const std::vector<std::string>& typed,
                    std::vector<std::string> words = {"--debug"}) {
  TestWorld world({}, {}, typed);
  EXPECT_TRUE(center::WriteTemplate(world.files(), ".").ok());
  for (const char* word : {"ACME_Main", "--flow", "call"}) words.insert(words.begin(), word);
  words.insert(words.end(), {"--mock", R"(lambda:customer-lookup={"greeting": "Hello, Ada."})"});
  const int exit = world.Run(words);
  return fmt::format("{}{}exit {}\n", world.out(), world.err(), exit);
}

TEST(DebuggedCalls, AreWalkedThroughAndBack) {
  EXPECT_EQ(
      "", DiffGolden("cli/call_debug.txt",
                     Session({"step", "next", "action", "next", "where", "show $.External",
                              "break ACME_Main/Get customer input (Amazon Lex)", "continue", "step",
                              "say sales", "show $.Lex.IntentName", "back 2", "step", "say finance",
                              "delete ACME_Main/Get customer input (Amazon Lex)", "continue",
                              "hangup", "show", "transcript"})));
}

TEST(DebuggedCalls, ListTheirCommands) {
  EXPECT_EQ("", DiffGolden("cli/call_debug_help.txt", Session({"help"})));
}

TEST(DebuggedCalls, RunToTheBreakpointOfTheCommandLine) {
  EXPECT_THAT(Session({"quit"}, {"--break", "InvokeLambdaFunction"}),
              HasSubstr("[4] breakpoint: ACME_Main > Look up the caller (AWS Lambda function)"));
}

TEST(DebuggedCalls, TakeTheScriptOfTheCallerEachTimeAnew) {
  const std::string session = Session({"continue", "back 1", "continue"},
                                      {"--break", "ACME_queue_transfer", "--say", "sales"});
  EXPECT_THAT(session, HasSubstr("breakpoint: ACME_queue_transfer"));
}

TEST(DebuggedCalls, LetTheAgentHoldAndTransfer) {
  const std::string session =
      Session({"continue", "agentHolds customer", "agentTransfers {\"queue\": \"ACME_Finance\"}"},
              {"--debug", "--say", "sales"});
  EXPECT_THAT(session, HasSubstr("the customer is on hold"));
  EXPECT_THAT(session, HasSubstr("queue ACME_Finance"));
}

TEST(DebuggedCalls, SayWhatIsWrongAndGoOn) {
  EXPECT_EQ("", DiffGolden("cli/call_debug_errors.txt",
                           Session({"stpe", "step 3", "break nowhere", "break", "delete menu",
                                    "back x", "press 1", "show tier", "show $.Attributes.tier",
                                    "continue", "press x", "advance soon", "say", "step", "silence",
                                    "quit", "step"})));
}

TEST(DebuggedCalls, RefuseJsonAndCallsOfACloud) {
  EXPECT_THAT(Session({}, {"--debug", "--json"}), HasSubstr("leave '--json' out"));
  TestWorld world;
  EXPECT_EQ(world.Run({"call", "+15552000000", "--debug"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("option '--debug' is for calls without a cloud"));
}

TEST(DebuggedCalls, RefuseABreakpointThatIsNowhere) {
  EXPECT_THAT(Session({}, {"--break", "nowhere"}), HasSubstr("named 'nowhere'"));
}

}  // namespace
}  // namespace trunkline::cli
