#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;
using tests::TestWorld;

std::string Saying(std::string_view text) {
  return fmt::format(
      R"({{"Version":"2019-10-30","StartAction":"hi","Actions":[{{"Identifier":"hi","Type":"MessageParticipant",)"
      R"("Parameters":{{"Text":"{}"}},"Transitions":{{"NextAction":"end","Errors":[{{"NextAction":"end",)"
      R"("ErrorType":"NoMatchingError"}}]}}}},{{"Identifier":"end","Type":"DisconnectParticipant",)"
      R"("Parameters":{{}},"Transitions":{{}}}}]}})",
      text);
}

const std::map<std::string, std::string> kFiles = {
    {"old/main.json", Saying("Good day")}, {"old/same.json", Saying("Same")},
    {"old/gone.json", Saying("Gone")},     {"new/main.json", Saying("Hello")},
    {"new/same.json", Saying("Same")},     {"new/added.json", Saying("Added")},
    {"broken.json", R"({"Actions":)"}};

TEST(FlowDiffCommand, ComparesTwoFiles) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "diff", "old/main.json", "new/main.json"}), 0);

  EXPECT_EQ(world.out(),
            "~ new/main.json\n"
            "    ~ 'hi' (Play prompt): text 'Good day' -> 'Hello'\n");
}

TEST(FlowDiffCommand, ComparesTheFlowsOfTwoFolders) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "diff", "old", "new/"}), 0);

  EXPECT_EQ(world.out(),
            "- old/gone.json\n"
            "~ new/main.json\n"
            "    ~ 'hi' (Play prompt): text 'Good day' -> 'Hello'\n"
            "+ new/added.json\n");
}

TEST(FlowDiffCommand, SaysThatNothingDiffers) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "diff", "old/same.json", "new/same.json"}), 0);

  EXPECT_EQ(world.out(), "no difference\n");
}

TEST(FlowDiffCommand, GivesTheChangesToMachines) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "diff", "old/main.json", "new/main.json", "--json"}), 0);

  EXPECT_THAT(world.out(), HasSubstr(R"("path": "Parameters.Text")"));
  EXPECT_THAT(world.out(), HasSubstr(R"("before": "hi")"));
}

TEST(FlowDiffCommand, RefusesWhatCannotBeCompared) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "diff", "old", "new/main.json"}), 1);
  EXPECT_THAT(world.err(), HasSubstr("expected two flow files or two folders but 'old' is a folder "
                                     "and 'new/main.json' is a file"));
}

TEST(FlowDiffCommand, SaysWhichFileIsBroken) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "diff", "broken.json", "new/main.json"}), 1);

  EXPECT_THAT(world.err(), HasSubstr("broken.json:1:12: error:"));
}

}  // namespace
}  // namespace trunkline::cli
