#include <gmock/gmock.h>

#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::TestWorld;

const std::map<std::string, std::string> kFiles = {{"push.json", "Hello, World!"},
                                                   {"secret", "It's a Secret to Everybody\n"}};

TEST(WebhookCommands, SignPrintsTheHeadersAndNeverTheSecret) {
  TestWorld world(kFiles);

  EXPECT_EQ(
      world.Run({"webhook", "sign", "push.json", "--secret-file", "secret", "--delivery", "d-1"}),
      0);

  EXPECT_EQ(world.out(),
            "Content-Type: application/json\n"
            "X-GitHub-Event: push\n"
            "X-GitHub-Delivery: d-1\n"
            "X-Hub-Signature-256: "
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17\n");
}

TEST(WebhookCommands, SignGivesACurlLineForAnAddress) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"webhook", "sign", "push.json", "--secret-file", "secret", "--url",
                       "http://127.0.0.1:1/github"}),
            0);

  EXPECT_THAT(world.out(), HasSubstr("--data-binary '@push.json' 'http://127.0.0.1:1/github'\n"));
  EXPECT_THAT(world.out(), Not(HasSubstr("Everybody")));
}

TEST(WebhookCommands, SignNamesAFileThatIsNotThere) {
  TestWorld world;

  EXPECT_EQ(world.Run({"webhook", "sign", "nothing.json", "--secret-file", "secret"}), 1);

  EXPECT_THAT(world.err(), HasSubstr("'nothing.json'"));
}

TEST(WebhookCommands, ReplayTakesAFileOrARecordedDelivery) {
  TestWorld none;
  TestWorld both(kFiles);
  TestWorld changed;

  EXPECT_EQ(none.Run({"webhook", "replay"}), 2);
  EXPECT_EQ(both.Run({"webhook", "replay", "push.json", "--recorded", "1"}), 2);
  EXPECT_EQ(changed.Run({"webhook", "replay", "--recorded", "1", "--now"}), 2);

  EXPECT_EQ(none.err(),
            "error: expected a file with a payload, or --recorded with a delivery that GitHub "
            "keeps\n");
  EXPECT_EQ(both.err(), none.err());
  EXPECT_EQ(changed.err(),
            "error: option '--now' is for files: GitHub sends a recorded delivery as it was\n");
}

TEST(WebhookCommands, ReplayWithASecretsFileNeedsAnAddress) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"webhook", "replay", "push.json", "--secret-file", "secret"}), 2);

  EXPECT_EQ(world.err(),
            "error: with --secret-file no AWS is asked: say with --url where to send it\n");
}

}  // namespace
}  // namespace trunkline::cli
