#include <gmock/gmock.h>

#include "app/pipelines_advice.h"
#include "app/pipelines_text.h"
#include "app/pipelines_wait.h"
#include "base/json_read.h"

namespace trunkline::app {
namespace {

using ::testing::HasSubstr;

ExecutionStatus Execution(std::string_view status, std::string_view commit) {
  ExecutionStatus execution;
  execution.pipeline = "amzconnect-instance-develop";
  execution.id = "e-1";
  execution.status = status;
  execution.commit = commit;
  return execution;
}

ActionStatus Action(std::string_view name, std::string_view category, std::string_view status) {
  ActionStatus action;
  action.name = name;
  action.category = category;
  action.status = status;
  return action;
}

TEST(Prerequisites, WhatIsUnderWayIsWaitedForWhateverItsCommit) {
  const std::vector<ExecutionStatus> executions{Execution("InProgress", "older"),
                                                Execution("Succeeded", "own")};
  EXPECT_EQ(Judge(executions, "own"), Prerequisite::kWait);
}

TEST(Prerequisites, ACommitThatDidNotConcernAPipelineDoesNotWait) {
  const std::vector<ExecutionStatus> executions{Execution("Failed", "older")};
  EXPECT_EQ(Judge(executions, "own"), Prerequisite::kReady);
  EXPECT_EQ(Judge({}, "own"), Prerequisite::kReady);
}

TEST(Prerequisites, AFailureOfTheSameCommitEndsTheWaiting) {
  for (const std::string_view status : {"Failed", "Stopped", "Cancelled"}) {
    const std::vector<ExecutionStatus> executions{Execution("Succeeded", "older"),
                                                  Execution(status, "own")};
    EXPECT_EQ(Judge(executions, "own"), Prerequisite::kFailed) << status;
  }
}

TEST(Prerequisites, ALaterRunOfTheCommitCounts) {
  const std::vector<ExecutionStatus> executions{Execution("Succeeded", "own"),
                                                Execution("Failed", "own")};
  EXPECT_EQ(Judge(executions, "own"), Prerequisite::kReady);
}

TEST(PipelinesText, AnApprovalThatWaitsSaysWhatToDo) {
  ExecutionStatus execution = Execution("InProgress", "0123456789abcdef");
  execution.summary = "Greet politely";
  execution.stages = {{.name = "Source", .actions = {Action("Source", "Source", "Succeeded")}},
                      {.name = "Approval", .actions = {Action("Ask", "Approval", "InProgress")}},
                      {.name = "Deploy", .actions = {Action("Stack", "Deploy", "")}}};
  execution.stages[1].actions[0].question = "Deliver it? 2 changes.";

  EXPECT_EQ(ToText(execution), R"(amzconnect-instance-develop: asks a person
  execution e-1
  commit 0123456  Greet politely
  Source
    Source  Succeeded
  Approval
    Ask     asks a person
        Deliver it? 2 changes.
  Deploy
    Stack   -

Next: trunkline pipelines approve amzconnect-instance-develop, or reject amzconnect-instance-develop
)");
}

TEST(PipelinesText, ABuildThatFailedShowsItsCommandAndWhatItWroteLast) {
  ExecutionStatus execution = Execution("Failed", "0123456789abcdef");
  ActionStatus test = Action("Test", "Test", "Failed");
  test.message = "Error while executing command: npm test. Reason: exit status 1";
  test.last_lines = {"1) greets politely", "expected 'hello'"};
  execution.stages = {{.name = "Testing", .actions = {test}}};

  EXPECT_THAT(
      ToText(execution),
      testing::HasSubstr("  Error while executing command: npm test. Reason: exit status 1\n"
                         "      | 1) greets politely\n      | expected 'hello'\n"));
  EXPECT_EQ(ToJson(execution)
                .GetArray("stages")[0]
                .AsObject()
                .GetArray("actions")[0]
                .AsObject()
                .GetArray("lastLines")
                .size(),
            2U);
}

TEST(Pipelines, TheCommitIsTheSourcesAndNotTheProgramsVersion) {
  const ExecutionStatus status = ToStatus("amzconnect-instance-develop", json::Parse(R"({
    "pipelineExecutionId": "e-1", "status": "InProgress",
    "sourceRevisions": [
      {"actionName": "Program", "revisionId": "X8fP7US", "revisionSummary": "Amazon S3 version id"},
      {"actionName": "Source", "revisionId": "0123456789012345678901234567890123456789",
       "revisionSummary": "{\"ProviderType\":\"GitHub\",\"CommitMessage\":\"Greet\\n\\nmore\"}"}]})")
                                                                             ->AsObject());
  EXPECT_EQ(status.commit, "0123456789012345678901234567890123456789");
  EXPECT_EQ(status.summary, "Greet");
}

TEST(PipelinesText, OnlyWhatChangedIsToldAgain) {
  ExecutionStatus before = Execution("InProgress", "c");
  before.stages = {
      {.name = "Build",
       .actions = {Action("One", "Build", "Succeeded"), Action("Two", "Build", "InProgress")}}};
  ExecutionStatus now = before;
  now.stages[0].actions[1].status = "Failed";
  now.stages[0].actions[1].message = "no";

  EXPECT_EQ(ChangesText(before, now), "  Build/Two: Failed: no\n");
}

TEST(PipelinesText, AFailureOfSeveralLinesStandsBelowAndSaysHowToMendIt) {
  ExecutionStatus execution = Execution("Failed", "0123456789abcdef");
  execution.stages = {{.name = "Deploy", .actions = {Action("Stack", "Deploy", "Failed")}}};
  execution.stages[0].actions[0].message =
      "it failed:\n  not authorized to perform: sts:AssumeRole on "
      "arn:aws:iam::1:role/trunkline/trunkline-deploy-dev\n";

  EXPECT_EQ(ToText(execution), R"(amzconnect-instance-develop: Failed
  execution e-1
  commit 0123456  
  Deploy
    Stack  Failed
        it failed:
          not authorized to perform: sts:AssumeRole on arn:aws:iam::1:role/trunkline/trunkline-deploy-dev

To mend it: the account of environment 'dev' has no such role, or it trusts another tooling account: 'trunkline bootstrap --env dev' makes it, with --env-profile dev=PROFILE of an administrator of that account

Next: trunkline pipelines retry amzconnect-instance-develop
)");
}

TEST(PipelinesAdvice, SaysWhatToDoAboutAConnectionAndABranch) {
  EXPECT_THAT(AdviceFor("Connection arn:aws:codestar-connections:x is not available"),
              HasSubstr("the connection waits for a person"));
  EXPECT_THAT(AdviceFor("Connection arn:aws:codestar-connections:x does not exist"),
              HasSubstr("name its ARN as codestarArn"));
  EXPECT_THAT(AdviceFor("[GitHub] No Branch [a/b] found for FullRepositoryName [o/n]"),
              HasSubstr("git push origin a/b"));
  EXPECT_THAT(AdviceFor("x is not authorized to perform: connect:CreateQueue"),
              HasSubstr("'trunkline bootstrap'"));
  EXPECT_EQ(AdviceFor("the flows do not fit"), "");
}

TEST(PipelinesText, APipelineThatNeverRanIsListed) {
  const std::vector<ExecutionStatus> pipelines{{.pipeline = "amzconnect-instance-develop",
                                                .id = {},
                                                .status = {},
                                                .commit = {},
                                                .summary = {},
                                                .trigger = {},
                                                .started = {},
                                                .stages = {}}};
  EXPECT_EQ(ToText(pipelines, TimePoint()),
            "pipeline                     status         stage  commit   begun\n"
            "amzconnect-instance-develop  never ran\n");
}

}  // namespace
}  // namespace trunkline::app
