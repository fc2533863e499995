// What happens to a stage that fails, or has conditions.
#include <gmock/gmock.h>

#include "cloud/services/codepipeline/cron_window.h"
#include "tests/cloud/codepipeline/pipeline_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class Stages : public PipelineTest {
 protected:
  static json::Object Rule(std::string_view provider, json::Object configuration) {
    return {{"name", "Check"},
            {"ruleTypeId",
             json::Object{
                 {"category", "Rule"}, {"owner", "AWS"}, {"provider", provider}, {"version", "1"}}},
            {"configuration", std::move(configuration)}};
  }
  static json::Object KeyIs(std::string_view key) {
    return Rule("VariableCheck",
                {{"Variable", "#{Src.ObjectKey}"}, {"Operator", "EQ"}, {"Value", key}});
  }
  static json::Object Conditions(std::string_view result, json::Object rule) {
    json::Object condition{{"result", result}, {"rules", List(std::move(rule))}};
    return {{"conditions", List(std::move(condition))}};
  }
  // A stage "Deploy" with one more member.
  json::Object With(std::string_view part, json::Object value) {
    json::Object stage = Stage("Deploy", List(Deploy()));
    stage.Set(part, std::move(value));
    return Pipeline(List(std::move(stage)));
  }
  // "Deploy" fails until the bucket is there.
  void BreakDeploy() { Do("s3", "DeleteBucket", {{"Bucket", "site-bucket"}}); }
  void RepairDeploy() {
    Do("s3", "CreateBucket",
       {{"Bucket", "site-bucket"},
        {"CreateBucketConfiguration", json::Object{{"LocationConstraint", region()}}}});
  }
  Answered AskRetry(const std::string& id, std::string_view mode = "FAILED_ACTIONS") {
    return AskPipeline("RetryStageExecution",
                       {{"stageName", "Deploy"}, {"pipelineExecutionId", id}, {"retryMode", mode}});
  }
  std::size_t Runs(std::string_view action) {
    const json::Object listed = DoPipeline("ListActionExecutions");
    std::size_t count = 0;
    for (const json::Value& one : listed.GetArray("actionExecutionDetails"))
      count += one.AsObject().GetString("actionName") == action ? 1U : 0U;
    return count;
  }
};

TEST_F(Stages, RunTheirActionsInOrder) {
  json::Object first = Approval("First");
  json::Object beside = Approval("Beside");
  json::Object second = Approval("Second");
  second.Set("runOrder", 2);
  Create(Pipeline(List(Stage("Ask", List(first, beside, second)))));
  Settle();

  Approve("Ask", "Approved", "First");
  EXPECT_FALSE(ActionState("Ask", "Second").Has("latestExecution"));
  Approve("Ask", "Approved", "Beside");

  EXPECT_EQ(ActionState("Ask", "Second").GetObject("latestExecution").GetString("status"),
            "InProgress");
}

TEST_F(Stages, LetSiblingsFinishWhenAnActionFails) {
  const std::string id =
      Create(Pipeline(List(Stage("Ask", List(Approval("First"), Approval("Beside"))))));
  Settle();

  Approve("Ask", "Rejected", "First");
  EXPECT_EQ(Status(id), "InProgress");
  Approve("Ask", "Approved", "Beside");

  EXPECT_EQ(Status(id), "Failed");
}

TEST_F(Stages, CanBeRetried) {
  BreakDeploy();
  json::Object approval = Approval();
  const std::string id = Create(Pipeline(List(Stage("Deploy", List(approval, Deploy())))));
  Settle();
  Approve("Deploy");
  ASSERT_EQ(Status(id), "Failed");
  RepairDeploy();

  EXPECT_THAT(AskRetry(id), Succeeds());
  Settle();

  EXPECT_EQ(Status(id), "Succeeded");
  EXPECT_EQ(Runs("Review"), 1U) << "only what failed runs again";
  EXPECT_EQ(StageState("Deploy").GetObject("retryStageMetadata").GetInt("manualStageRetryAttempt"),
            1);
}

TEST_F(Stages, CanBeRetriedWithAllActions) {
  BreakDeploy();
  const std::string id = Create(Pipeline(List(Stage("Deploy", List(Approval(), Deploy())))));
  Settle();
  Approve("Deploy");
  RepairDeploy();

  EXPECT_THAT(AskRetry(id, "ALL_ACTIONS"), Succeeds());
  Settle();
  EXPECT_EQ(Status(id), "InProgress");
  Approve("Deploy");

  EXPECT_EQ(Status(id), "Succeeded");
}

TEST_F(Stages, AreNotRetriedUnlessTheyFailed) {
  const std::string id = Create(Pipeline(List(Stage("Deploy", List(Deploy())))));
  Settle();
  const std::string later = Start();
  Settle();

  EXPECT_THAT(AskRetry(later), Fails(400, "StageNotRetryableException", HasSubstr("not failed")));
  EXPECT_THAT(AskRetry(id), Fails(400, "NotLatestPipelineExecutionException", HasSubstr(id)));
}

TEST_F(Stages, RetryThemselvesOnce) {
  BreakDeploy();
  json::Object failure{{"result", "RETRY"},
                       {"retryConfiguration", json::Object{{"retryMode", "FAILED_ACTIONS"}}}};
  const std::string id = Create(With("onFailure", failure));
  Settle();

  EXPECT_EQ(Status(id), "Failed");
  EXPECT_EQ(Runs("Copy"), 2U);
  EXPECT_EQ(StageState("Deploy").GetObject("retryStageMetadata").GetString("latestRetryTrigger"),
            "AutomatedStageRetry");
}

TEST_F(Stages, RollThemselvesBack) {
  const std::string good = Create(With("onFailure", {{"result", "ROLLBACK"}}));
  Settle();
  PutSource("new");
  // Only the new artifact cannot be deployed.
  Do("s3", "DeleteObject", {{"Bucket", "site-bucket"}, {"Key", "index.html"}});
  BreakDeploy();
  const std::string bad = Start();
  Settle();

  EXPECT_EQ(Status(bad), "Failed");
  const json::Object listed = DoPipeline("ListPipelineExecutions");
  const json::Object newest = listed.GetArray("pipelineExecutionSummaries").front().AsObject();
  EXPECT_EQ(newest.GetString("executionType"), "ROLLBACK");
  EXPECT_EQ(newest.GetObject("rollbackMetadata").GetString("rollbackTargetPipelineExecutionId"),
            good);
  EXPECT_EQ(newest.GetObject("trigger").GetString("triggerType"), "AutomatedRollback");
}

TEST_F(Stages, CanBeRolledBack) {
  const std::string good = Create(Pipeline(List(Stage("Deploy", List(Deploy())))));
  Settle();
  PutSource("new");
  const std::string second = Start();
  Settle();
  ASSERT_EQ(SiteText(), "new");

  const json::Object rollback =
      DoPipeline("RollbackStage", {{"stageName", "Deploy"}, {"targetPipelineExecutionId", good}});
  Settle();

  EXPECT_EQ(Status(std::string(rollback.GetString("pipelineExecutionId"))), "Succeeded");
  EXPECT_EQ(SiteText(), "hello");
  EXPECT_THAT(
      AskPipeline("RollbackStage", {{"stageName", "Source"}, {"targetPipelineExecutionId", good}}),
      Fails(400, "UnableToRollbackStageException", HasSubstr("source stage")));
}

TEST_F(Stages, AreEnteredWhenTheirConditionIsMet) {
  const std::string id = Create(With("beforeEntry", Conditions("FAIL", KeyIs("site.zip"))));
  Settle();

  EXPECT_EQ(Status(id), "Succeeded");
  const json::Object listed = DoPipeline("ListRuleExecutions");
  ASSERT_THAT(listed.GetArray("ruleExecutionDetails"), SizeIs(1));
  EXPECT_EQ(listed.GetArray("ruleExecutionDetails").front().AsObject().GetString("status"),
            "Succeeded");
}

TEST_F(Stages, FailWhenTheirConditionIsNotMetUntilSomebodyOverridesIt) {
  const std::string id = Create(With("beforeEntry", Conditions("FAIL", KeyIs("other.zip"))));
  Settle();
  ASSERT_EQ(Status(id), "Failed");
  EXPECT_EQ(StageState("Deploy")
                .GetObject("beforeEntryConditionState")
                .GetObject("latestExecution")
                .GetString("status"),
            "Failed");

  DoPipeline(
      "OverrideStageCondition",
      {{"stageName", "Deploy"}, {"pipelineExecutionId", id}, {"conditionType", "BEFORE_ENTRY"}});
  Settle();

  EXPECT_EQ(Status(id), "Succeeded");
  EXPECT_EQ(SiteText(), "hello");
}

TEST_F(Stages, AreSkippedWhenTheirConditionSaysSo) {
  const std::string id = Create(With("beforeEntry", Conditions("SKIP", KeyIs("other.zip"))));
  Settle();

  EXPECT_EQ(Status(id), "Succeeded");
  EXPECT_EQ(StageStatus("Deploy"), "Skipped");
  EXPECT_EQ(SiteText(), "NoSuchKey");
}

TEST_F(Stages, FailAfterSuccessWhenTheConditionIsNotMet) {
  const std::string id = Create(With("onSuccess", Conditions("FAIL", KeyIs("other.zip"))));
  Settle();

  EXPECT_EQ(Status(id), "Failed");
  EXPECT_EQ(SiteText(), "hello");
}

TEST_F(Stages, WaitForTheirDeploymentWindow) {
  // Tests start on a Sunday at 20:35:18.
  const std::string id = Create(With(
      "beforeEntry", Conditions("FAIL", Rule("DeploymentWindow", {{"Cron", "* * 9-17 ? * MON-FRI"},
                                                                  {"TimeZone", "UTC"}}))));
  Settle();
  EXPECT_EQ(Status(id), "InProgress");

  Restart();
  Advance(std::chrono::hours(13));

  EXPECT_EQ(Status(id), "Succeeded");
}

TEST_F(Stages, RefuseARuleThatIsNotThere) {
  EXPECT_THAT(
      Ask("codepipeline", "CreatePipeline",
          {{"pipeline", With("beforeEntry",
                             Conditions("FAIL", Rule("CloudWatchAlarm", {{"AlarmName", "a"}})))}}),
      Fails(400, "InvalidStageDeclarationException", HasSubstr("CloudWatchAlarm")));
}

TEST(CronWindow, KnowsZonesStepsAndNames) {
  using codepipeline::IsInWindow;
  const TimePoint noon = *ParseIso8601("2026-11-27T12:30:00Z");  // a Friday

  EXPECT_TRUE(*IsInWindow("* 0/15 12 ? NOV FRI", "", noon));
  EXPECT_TRUE(*IsInWindow("* * 13 * * ?", "Europe/Berlin", noon));
  EXPECT_FALSE(*IsInWindow("* * 12 * * ?", "Europe/Berlin", noon));
  EXPECT_FALSE(*IsInWindow("* * * 1,2 * ? 2026", "UTC", noon));
  EXPECT_FALSE(IsInWindow("* * * L * ?", "UTC", noon).ok());
  EXPECT_FALSE(IsInWindow("* * *", "UTC", noon).ok());
}

}  // namespace
}  // namespace trunkline::cloud::tests
