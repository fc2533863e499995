#include "functions/router_decision.h"

#include <gmock/gmock.h>

#include "tests/functions/router_test.h"

namespace trunkline::functions::router {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::CommitOf;
using tests::kZero;

Settings Center() {
  Settings settings;
  settings.repository = "acme/center";
  settings.branches = {{.branch = "develop", .environment = "dev"},
                       {.branch = "release/1", .environment = "prod"}};
  settings.projects = {"devops-pipelines", "instance", "supporting-infra", "lambdas",
                       "contact-flows"};
  settings.tooling_branch = "main";
  return settings;
}

Decision After(std::string_view branch, Tops tops) {
  Changes changes;
  changes.tops = std::move(tops);
  return Decide(Center(), branch, changes);
}

std::vector<std::string> Texts(const std::vector<Left>& left) {
  std::vector<std::string> texts;
  for (const Left& one : left) texts.push_back(one.what + ": " + one.why);
  return texts;
}

Push PushOf(std::string ref) {
  Push push;
  push.repository = "acme/center";
  push.ref = std::move(ref);
  push.before = CommitOf('a');
  push.after = CommitOf('b');
  return push;
}

TEST(RouterDecision, StartsThePipelinesOfTheFoldersInDeliveryOrder) {
  const Decision decision = After("develop", {"amzconnect-contact-flows/", "amzconnect-instance/"});

  EXPECT_THAT(decision.pipelines,
              ElementsAre("amzconnect-instance-develop", "amzconnect-contact-flows-develop"));
  EXPECT_THAT(Texts(decision.skipped),
              ElementsAre("amzconnect-supporting-infra-develop: nothing in "
                          "amzconnect-supporting-infra changed",
                          "amzconnect-lambdas-develop: nothing in amzconnect-lambdas changed"));
}

TEST(RouterDecision, WritesASlashOfABranchAsADash) {
  EXPECT_THAT(After("release/1", {"amzconnect-instance/"}).pipelines,
              ElementsAre("amzconnect-instance-release-1"));
}

TEST(RouterDecision, IgnoresFoldersThatNoPipelineDelivers) {
  const Decision decision = After("develop", {"docs/", "amzconnect-instance", "amzconnect-x/"});

  EXPECT_THAT(decision.pipelines, IsEmpty());
  EXPECT_THAT(Texts(decision.ignored), ElementsAre("amzconnect-instance: no pipeline delivers it",
                                                   "amzconnect-x/: no pipeline delivers it",
                                                   "docs/: no pipeline delivers it"));
}

TEST(RouterDecision, CountsWhatItIgnoresBeyondTwentyFolders) {
  Tops tops;
  for (int i = 0; i < 23; ++i) tops.insert(fmt::format("folder{}/", i));

  const Decision decision = After("develop", tops);

  EXPECT_EQ(decision.ignored.size(), 21U);
  EXPECT_EQ(decision.ignored.back().what, "3 more");
}

TEST(RouterDecision, TheCentersSettingsConcernEveryPipeline) {
  EXPECT_EQ(After("develop", {"trunkline.json"}).pipelines.size(), 4U);
  EXPECT_THAT(After("main", {"trunkline.json"}).pipelines,
              ElementsAre("amzconnect-devops-pipelines-main"));
}

TEST(RouterDecision, ThePipelinesAreUpdatedFromTheToolingBranchOnly) {
  EXPECT_THAT(After("main", {"amzconnect-devops-pipelines/"}).pipelines,
              ElementsAre("amzconnect-devops-pipelines-main"));
  EXPECT_THAT(Texts(After("develop", {"amzconnect-devops-pipelines/"}).skipped),
              testing::Contains("amzconnect-devops-pipelines/: the pipelines are updated from "
                                "branch 'main'"));
}

TEST(RouterDecision, AProjectWithoutAPipelineIsSkippedAndSaidSo) {
  EXPECT_THAT(Texts(After("develop", {"amzconnect-admin-objects/"}).skipped),
              testing::Contains("amzconnect-admin-objects/: there is no pipeline for it: deploy "
                                "the tooling stack again ('trunkline bootstrap')"));
  EXPECT_THAT(Texts(After("main", {"amzconnect-lambdas/"}).skipped),
              testing::Contains("amzconnect-lambdas/: branch 'main' delivers to no environment"));
}

TEST(RouterDecision, WhenItCannotBeToldAllAreConcerned) {
  Changes changes;
  changes.all = "GitHub is away";

  EXPECT_EQ(Decide(Center(), "develop", changes).pipelines.size(), 4U);
}

TEST(RouterDecision, IgnoresTagsDeletedAndUnknownBranches) {
  Push deleted = PushOf("refs/heads/develop");
  deleted.deleted = true;

  EXPECT_EQ(WhyIgnored(Center(), PushOf("refs/tags/v1"))->why,
            "only pushes of branches are routed");
  EXPECT_EQ(WhyIgnored(Center(), deleted)->why, "the branch was deleted");
  EXPECT_EQ(WhyIgnored(Center(), PushOf("refs/heads/spike"))->why,
            "branch 'spike' belongs to no enabled environment; there is 'develop' (dev), "
            "'release/1' (prod)");
  EXPECT_FALSE(WhyIgnored(Center(), PushOf("refs/heads/release/1")));
  EXPECT_FALSE(WhyIgnored(Center(), PushOf("refs/heads/main")));
}

TEST(RouterDecision, NamesOfRepositoriesHaveNoCase) {
  Push push = PushOf("refs/heads/develop");
  push.repository = "ACME/Center";
  EXPECT_TRUE(IsOurs(Center(), push));

  push.repository = "acme/center-fork";
  EXPECT_FALSE(IsOurs(Center(), push));
}

TEST(RouterDecision, ThePushsTimeDecidesWhetherItIsTooOld) {
  const TimePoint now = *ParseIso8601("2026-11-22T12:00:00Z");
  Push push = PushOf("refs/heads/develop");
  push.committed = 1;  // may be old: a branch is moved to last month's commit

  push.pushed = 1795348800 - 3 * 86400;
  EXPECT_EQ(AgeOf(push, now), Age::kRecent);
  push.pushed -= 1;
  EXPECT_EQ(AgeOf(push, now), Age::kTooOld);
  EXPECT_EQ(WhyTooOld(push),
            "it was pushed at 2026-11-19T11:59:59Z, longer than 72 hours ago, so it may be a "
            "replay; 'trunkline webhook reconcile' routes what the branch has now");
}

TEST(RouterDecision, WithoutAPushsTimeItsHeadCommitsMakesItSuspect) {
  const TimePoint now = *ParseIso8601("2026-11-22T12:00:00Z");
  Push push = PushOf("refs/heads/develop");
  EXPECT_EQ(AgeOf(push, now), Age::kRecent);

  push.committed = 1795348800 - 4 * 86400;

  EXPECT_EQ(AgeOf(push, now), Age::kSuspect);
}

}  // namespace
}  // namespace trunkline::functions::router
