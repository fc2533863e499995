// What differs between revisions of a git repository, with the real git.
#include "app/flow_sets.h"

#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/flow_diff_text.h"
#include "app/git_checkout.h"
#include "tests/support/shared_data.h"

namespace trunkline::app {
namespace {

using ::testing::HasSubstr;

std::string Saying(std::string_view text) {
  return fmt::format(
      R"({{"Version":"2019-10-30","StartAction":"hi","Actions":[{{"Identifier":"hi","Type":"MessageParticipant",)"
      R"("Parameters":{{"Text":"{}"}},"Transitions":{{"NextAction":"end","Errors":[]}}}},)"
      R"({{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}})",
      text);
}

// A repository in which main.json was changed, gone.json removed and new.json added since the tag
// "before", all of it committed; main.json was then changed once more.
class FlowSetsOfGit : public ::testing::Test {
 protected:
  void SetUp() override {
    Write("flows/main.json", Saying("One"));
    Write("flows/same.json", Saying("Same"));
    Write("flows/gone.json", Saying("Gone"));
    Write("package.json", R"({"version":1})");
    const Result<GitCheckout> checkout = GitCheckout::Init(world_, folder_, "main");
    ASSERT_TRUE(checkout) << checkout.error().message();
    before_ = checkout->Commit("before").value();
    Write("flows/main.json", Saying("Two"));
    Write("flows/new file.json", Saying("New"));
    Write("package.json", R"({"version":2})");
    std::filesystem::remove(folder_ + "/flows/gone.json");
    after_ = checkout->Commit("after").value();
    Write("flows/main.json", Saying("Three"));
  }

  void Write(const std::string& path, const std::string& bytes) {
    ASSERT_TRUE(files_.Write(folder_ + "/" + path, bytes));
  }

  std::string Diff(const std::string& revisions) {
    RevisionFiles holder;
    const Result<FlowSets> sets = FlowSetsOfRevisions(world_, revisions, {}, holder);
    return sets ? ToText(DiffFlowSets(*sets)) : sets.error().message();
  }

  tests::TemporaryFolder temporary_;
  const std::string folder_ = temporary_.path();
  DiskFiles files_;
  MapEnvironment environment_{
      {{"PATH", "/usr/bin:/bin"}, {"GIT_DIR", folder_ + "/.git"}, {"GIT_WORK_TREE", folder_}}};
  ManualClock clock_{TimePoint(Milliseconds(0))};
  SeededRandom random_{1};
  MemoryLog log_;
  AppWorld world_{.files = files_,
                  .environment = environment_,
                  .clock = clock_,
                  .random = random_,
                  .log = log_,
                  .self = "trunkline"};
  std::string before_;
  std::string after_;
};

TEST_F(FlowSetsOfGit, AreThoseThatDifferBetweenTwoRevisions) {
  EXPECT_EQ(Diff(before_ + ".." + after_),
            "- flows/gone.json\n"
            "~ flows/main.json\n"
            "    ~ 'hi' (Play prompt): text 'One' -> 'Two'\n"
            "+ flows/new file.json\n");
}

TEST_F(FlowSetsOfGit, CompareARevisionWithTheFilesAsTheyAreNow) {
  EXPECT_EQ(Diff(after_),
            "~ flows/main.json\n"
            "    ~ 'hi' (Play prompt): text 'Two' -> 'Three'\n");
}

TEST_F(FlowSetsOfGit, SayWhatGitSaysOfAnUnknownRevision) {
  EXPECT_THAT(Diff("nowhere..main"), HasSubstr("git cannot tell what changed: fatal: bad revision "
                                               "'nowhere..main'"));
}

}  // namespace
}  // namespace trunkline::app
