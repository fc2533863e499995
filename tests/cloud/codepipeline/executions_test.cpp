// PipelineExecutions on their way through stages.
#include <gmock/gmock.h>

#include "tests/cloud/codepipeline/pipeline_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class PipelineExecutions : public PipelineTest {
 protected:
  json::Object Reviewed(std::string_view mode = "SUPERSEDED") {
    return Pipeline(List(Stage("Ask", List(Approval())), Stage("Deploy", List(Deploy()))), mode);
  }
  json::Object Direct() { return Pipeline(List(Stage("Deploy", List(Deploy())))); }
};

TEST_F(PipelineExecutions, CarryTheSourceToItsPlace) {
  const std::string id = Create(Direct());
  Settle();

  EXPECT_EQ(Status(id), "Succeeded");
  EXPECT_EQ(SiteText(), "hello");
}

TEST_F(PipelineExecutions, TellWhereTheyComeFrom) {
  const std::string id = Create(Direct());
  Settle();

  const json::Object got = DoPipeline("GetPipelineExecution", {{"pipelineExecutionId", id}});
  const json::Object& execution = got.GetObject("pipelineExecution");

  EXPECT_EQ(execution.GetObject("trigger").GetString("triggerType"), "CreatePipeline");
  const json::Object& revision = execution.GetArray("artifactRevisions").front().AsObject();
  EXPECT_EQ(revision.GetString("name"), "src");
  EXPECT_THAT(revision.GetString("revisionSummary"), HasSubstr("Amazon S3 version id"));
}

TEST_F(PipelineExecutions, ShowWhatEachActionWasGivenAndMade) {
  json::Object approval = Approval();
  approval.Set("configuration", json::Object{{"CustomData", "#{Src.BucketName}"}});
  Create(Pipeline(List(Stage("Ask", List(approval)))));
  Settle();

  const json::Object asked = Run("Review");
  const json::Object got = Run("Get");

  EXPECT_EQ(asked.GetObject("input").GetObject("resolvedConfiguration").GetString("CustomData"),
            "source-bucket");
  EXPECT_EQ(asked.GetString("status"), "InProgress");
  const json::Object& output = got.GetObject("output");
  const json::Object& artifact = output.GetArray("outputArtifacts").front().AsObject();
  EXPECT_THAT(std::string(artifact.GetObject("s3location").GetString("key")),
              ::testing::MatchesRegex("site/src/[A-Za-z0-9]{7}"));
  EXPECT_EQ(output.GetObject("outputVariables").GetString("ObjectKey"), "site.zip");
}

TEST_F(PipelineExecutions, WaitForAnApproval) {
  const std::string id = Create(Reviewed());
  Settle();
  EXPECT_EQ(Status(id), "InProgress");
  EXPECT_EQ(SiteText(), "NoSuchKey");

  Approve("Ask");

  EXPECT_EQ(Status(id), "Succeeded");
  EXPECT_EQ(ActionState("Ask", "Review").GetObject("latestExecution").GetString("summary"), "seen");
}

TEST_F(PipelineExecutions, FailWhenTheyAreRejected) {
  const std::string id = Create(Reviewed());
  Settle();

  Approve("Ask", "Rejected");

  EXPECT_EQ(Status(id), "Failed");
  EXPECT_EQ(StageStatus("Ask"), "Failed");
}

TEST_F(PipelineExecutions, TakeAnApprovalOnceAndWithItsTokenOnly) {
  Create(Reviewed());
  Settle();
  const std::string token(
      ActionState("Ask", "Review").GetObject("latestExecution").GetString("token"));
  json::Object input{{"stageName", "Ask"},
                     {"actionName", "Review"},
                     {"token", "00000000-0000-0000-0000-000000000000"},
                     {"result", json::Object{{"summary", ""}, {"status", "Approved"}}}};
  const Answered wrong = AskPipeline("PutApprovalResult", input);
  Approve("Ask");
  input.Set("token", token);

  EXPECT_THAT(wrong, Fails(400, "InvalidApprovalTokenException", HasSubstr("")));
  EXPECT_THAT(AskPipeline("PutApprovalResult", input),
              Fails(400, "ApprovalAlreadyCompletedException", HasSubstr("already")));
}

TEST_F(PipelineExecutions, GiveUpOnAnApprovalAfterSevenDays) {
  const std::string id = Create(Reviewed());
  Settle();

  Advance(std::chrono::days(7));

  EXPECT_EQ(Status(id), "Failed");
}

TEST_F(PipelineExecutions, GoOnAfterARestart) {
  const std::string id = Create(Reviewed());
  Settle();

  Restart();
  Approve("Ask");

  EXPECT_EQ(Status(id), "Succeeded");
  EXPECT_EQ(SiteText(), "hello");
}

TEST_F(PipelineExecutions, GoOnWhenTheRestartCameBeforeAnActionRan) {
  const std::string id = Create(Direct());

  Restart();
  Settle();

  EXPECT_EQ(Status(id), "Succeeded");
}

TEST_F(PipelineExecutions, AreSupersededInFrontOfALockedStage) {
  const std::string first = Create(Reviewed());
  Settle();
  const std::string second = Start();
  Settle();
  const std::string third = Start();
  Settle();

  EXPECT_EQ(Status(second), "Superseded");
  EXPECT_EQ(StageState("Ask").GetObject("inboundExecution").GetString("pipelineExecutionId"),
            third);
  Approve("Ask");
  EXPECT_EQ(Status(first), "Succeeded");
  Approve("Ask");
  EXPECT_EQ(Status(third), "Succeeded");
}

TEST_F(PipelineExecutions, QueueInTheOrderOfTheirArrival) {
  const std::string first = Create(Reviewed("QUEUED"));
  Settle();
  const std::string second = Start();
  const std::string third = Start();
  Settle();

  EXPECT_THAT(StageState("Ask").GetArray("inboundExecutions"), SizeIs(2));
  Approve("Ask");
  Approve("Ask");
  EXPECT_EQ(Status(second), "Succeeded");
  EXPECT_EQ(Status(third), "InProgress");
}

TEST_F(PipelineExecutions, RunBesideEachOtherInParallelMode) {
  const std::string first = Create(Reviewed("PARALLEL"));
  const std::string second = Start();
  Settle();

  Approve("Ask");

  EXPECT_EQ(Status(second), "Succeeded");
  EXPECT_EQ(Status(first), "InProgress");
}

TEST_F(PipelineExecutions, WaitWhileATransitionIsDisabled) {
  Create(Direct());
  Settle();
  DoPipeline("DisableStageTransition",
             {{"stageName", "Deploy"}, {"transitionType", "Inbound"}, {"reason", "freeze"}});
  PutSource("new");
  const std::string id = Start();
  Settle();
  EXPECT_EQ(Status(id), "InProgress");
  EXPECT_EQ(StageState("Deploy").GetObject("inboundTransitionState").GetString("disabledReason"),
            "freeze");

  DoPipeline("EnableStageTransition", {{"stageName", "Deploy"}, {"transitionType", "Inbound"}});
  Settle();

  EXPECT_EQ(Status(id), "Succeeded");
  EXPECT_EQ(SiteText(), "new");
}

TEST_F(PipelineExecutions, TakeTheRevisionTheyAreStartedWith) {
  Create(Direct());
  Settle();
  const std::string old(
      Run("Get").GetObject("output").GetObject("outputVariables").GetString("VersionId"));
  PutSource("new");
  Start();
  Settle();
  EXPECT_EQ(SiteText(), "new");

  Start({{"sourceRevisions", List(json::Object{{"actionName", "Get"},
                                               {"revisionType", "S3_OBJECT_VERSION_ID"},
                                               {"revisionValue", old}})}});
  Settle();

  EXPECT_EQ(SiteText(), "hello");
}

TEST_F(PipelineExecutions, AreTheSameForTheSameToken) {
  Create(Direct());
  const std::string first = Start({{"clientRequestToken", "delivery-1"}});

  EXPECT_EQ(Start({{"clientRequestToken", "delivery-1"}}), first);
  EXPECT_NE(Start({{"clientRequestToken", "delivery-2"}}), first);
}

TEST_F(PipelineExecutions, HaveVariablesOfThePipeline) {
  json::Object approval = Approval();
  approval.Set("configuration", json::Object{{"CustomData", "#{variables.Colour}"}});
  json::Object pipeline = Pipeline(List(Stage("Ask", List(approval))));
  pipeline.Set("variables", List(json::Object{{"name", "Colour"}, {"defaultValue", "red"}}));
  Create(pipeline);

  Start({{"variables", List(json::Object{{"name", "Colour"}, {"value", "blue"}})}});
  Settle();
  Approve("Ask");

  EXPECT_EQ(
      Run("Review").GetObject("input").GetObject("resolvedConfiguration").GetString("CustomData"),
      "blue");
  EXPECT_THAT(
      Ask("codepipeline", "StartPipelineExecution",
          {{"name", "site"}, {"variables", List(json::Object{{"name", "Size"}, {"value", "1"}})}}),
      Fails(400, "ValidationException", HasSubstr("'Size'")));
}

TEST_F(PipelineExecutions, EndWhenTheyAreStopped) {
  const std::string id = Create(Reviewed());
  Settle();

  DoPipeline("StopPipelineExecution", {{"pipelineExecutionId", id}, {"abandon", false}});
  EXPECT_EQ(Status(id), "Stopping");
  EXPECT_THAT(AskPipeline("StopPipelineExecution", {{"pipelineExecutionId", id}}),
              Fails(400, "DuplicatedStopRequestException", HasSubstr("Stopping")));
  DoPipeline("StopPipelineExecution", {{"pipelineExecutionId", id}, {"abandon", true}});

  EXPECT_EQ(Status(id), "Stopped");
  EXPECT_EQ(Run("Review").GetString("status"), "Abandoned");
  EXPECT_THAT(AskPipeline("StopPipelineExecution", {{"pipelineExecutionId", id}}),
              Fails(400, "PipelineExecutionNotStoppableException", HasSubstr(id)));
}

TEST_F(PipelineExecutions, AreCancelledWhenStagesChange) {
  Create(Reviewed());
  Settle();
  const std::string waiting = Start();
  Settle();

  Do("codepipeline", "UpdatePipeline", {{"pipeline", Direct()}});

  EXPECT_EQ(Status(waiting), "Cancelled");
}

TEST_F(PipelineExecutions, FailWithTheActionsReason) {
  Do("s3", "DeleteBucket", {{"Bucket", "site-bucket"}});
  const std::string id = Create(Direct());
  Settle();

  EXPECT_EQ(Status(id), "Failed");
  const json::Object state = ActionState("Deploy", "Copy");
  const json::Object& details = state.GetObject("latestExecution").GetObject("errorDetails");
  EXPECT_EQ(details.GetString("code"), "ConfigurationError");
  EXPECT_THAT(std::string(details.GetString("message")), HasSubstr("bucket"));
}

TEST_F(PipelineExecutions, AreListedInPagesAndByTheStageTheyPassed) {
  Create(Reviewed("QUEUED"));
  Start();
  Start();
  Settle();
  Approve("Ask");

  const json::Object first = DoPipeline("ListPipelineExecutions", {{"maxResults", 2}});
  const json::Object rest = DoPipeline("ListPipelineExecutions",
                                       {{"maxResults", 2}, {"nextToken", first.At("nextToken")}});
  const json::Object passed = DoPipeline(
      "ListPipelineExecutions",
      {{"filter", json::Object{{"succeededInStage", json::Object{{"stageName", "Ask"}}}}}});

  EXPECT_THAT(first.GetArray("pipelineExecutionSummaries"), SizeIs(2));
  EXPECT_THAT(rest.GetArray("pipelineExecutionSummaries"), SizeIs(1));
  EXPECT_THAT(passed.GetArray("pipelineExecutionSummaries"), SizeIs(1));
}

TEST_F(PipelineExecutions, StartWhenAPolledSourceChanges) {
  json::Object pipeline = Direct();
  json::Object source = Source();
  source.Set("configuration",
             json::Object{{"S3Bucket", "source-bucket"}, {"S3ObjectKey", "site.zip"}});
  pipeline.Set("stages", List(Stage("Source", List(source)), Stage("Deploy", List(Deploy()))));
  Create(pipeline);
  Settle();
  Advance(std::chrono::seconds(30));
  PutSource("polled");

  Advance(std::chrono::seconds(6));
  Settle();

  EXPECT_EQ(SiteText(), "polled");
  const json::Object listed = DoPipeline("ListPipelineExecutions");
  const json::Array& summaries = listed.GetArray("pipelineExecutionSummaries");
  ASSERT_THAT(summaries, SizeIs(2));
  EXPECT_EQ(summaries.front().AsObject().GetObject("trigger").GetString("triggerType"),
            "PollForSourceChanges");
}

TEST_F(PipelineExecutions, AreStartedByANewRevisionOnly) {
  Create(Direct());
  Settle();
  const json::Object input{
      {"stageName", "Source"},
      {"actionName", "Get"},
      {"actionRevision",
       json::Object{{"revisionId", "r2"}, {"revisionChangeId", "c2"}, {"created", 1732315200}}}};
  const json::Object first = DoPipeline("PutActionRevision", input);
  const json::Object again = DoPipeline("PutActionRevision", input);

  EXPECT_TRUE(first.GetBool("newRevision"));
  EXPECT_FALSE(again.GetBool("newRevision"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
