#include <gmock/gmock.h>

#include "app/pipelines_text.h"
#include "app/pipelines_wait.h"
#include "base/json_read.h"

namespace trunkline::app {
namespace {

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

  EXPECT_EQ(ToText(execution), R"(amzconnect-instance-develop: asks a person
  execution e-1
  commit 0123456  Greet politely
  Source
    Source  Succeeded
  Approval
    Ask     asks a person
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
