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
            "+ new/added.json\n"
            "~ new/main.json\n"
            "    ~ 'hi' (Play prompt): text 'Good day' -> 'Hello'\n"
            "- old/gone.json\n");
}

TEST(FlowDiffCommand, FindsAFlowAgainThatHasAnotherNameNow) {
  TestWorld world({{"old/a.json", Saying("Hello")},
                   {"new/b.json", Saying("Hello")},
                   {"new/c.json", Saying("Good day")}});

  EXPECT_EQ(world.Run({"flow", "diff", "old", "new"}), 0);

  EXPECT_EQ(world.out(), "~ new/b.json (was old/a.json)\n+ new/c.json\n");
}

TEST(FlowDiffCommand, LeavesJsonOutThatIsNoFlow) {
  TestWorld world({{"old/a.json", Saying("Hello")},
                   {"new/a.json", Saying("Hello")},
                   {"new/package.json", R"({"name":"x"})"}});

  EXPECT_EQ(world.Run({"flow", "diff", "old", "new"}), 0);

  EXPECT_EQ(world.out(), "no difference\n");
}

TEST(FlowDiffCommand, TakesNoFileForAFlowThatIsNotThere) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "diff", "/dev/null", "new/main.json"}), 0);
  EXPECT_EQ(world.Run({"flow", "diff", "new/main.json", "/dev/null"}), 0);

  EXPECT_EQ(world.out(), "+ new/main.json\n- new/main.json\n");
}

TEST(FlowDiffCommand, WritesMarkdownInWhichTextsAreOnlyText) {
  TestWorld world({{"old.json", Saying("Hi")}, {"new.json", Saying("*Hi* <b>@all</b>")}});

  EXPECT_EQ(world.Run({"flow", "diff", "old.json", "new.json", "--format", "markdown"}), 0);

  EXPECT_EQ(world.out(),
            "### Flows: 1 changed\n\n**new.json**\n\n"
            "* 'hi' \\(Play prompt\\): text 'Hi' -\\> '\\*Hi\\* \\<b\\>&#64;all\\</b\\>'\n");
}

TEST(FlowDiffCommand, SaysHowItIsUsed) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "diff", "new"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("expected two files or folders to compare, or --git"));
  EXPECT_EQ(world.Run({"flow", "diff", "old", "new", "--format", "html"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("expected --format text, markdown or json but found html"));
  EXPECT_EQ(world.Run({"flow", "diff", "--git=--output=x"}), 1);
  EXPECT_THAT(world.err(), HasSubstr("expected revisions like main..HEAD but found '--output=x'"));
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

TEST(FlowOutlineCommand, ShowsWhatBlocksDoAndWhereTheirBranchesLead) {
  TestWorld world({{"main.json", Saying("Hello")}});

  EXPECT_EQ(world.Run({"flow", "outline", "main.json"}), 0);

  EXPECT_EQ(world.out(),
            "flow without a name\n\n"
            "'hi' (Play prompt)\n"
            "  text: \"Hello\"\n"
            "  then -> 'end' (Disconnect / hang up)\n"
            "  on error -> 'end' (Disconnect / hang up)\n\n"
            "'end' (Disconnect / hang up)\n");
}

TEST(FlowOutlineCommand, GivesGitWhatIsNoFlowAsItIs) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "outline", "broken.json"}), 1);
  EXPECT_THAT(world.err(), HasSubstr("broken.json:1:12: error:"));
  EXPECT_EQ(world.out(), "");
  EXPECT_EQ(world.Run({"flow", "outline", "--textconv", "broken.json"}), 0);
  EXPECT_EQ(world.out(), kFiles.at("broken.json"));
}

}  // namespace
}  // namespace trunkline::cli
