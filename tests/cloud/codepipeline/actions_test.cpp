// Actions and what they call: job workers, functions, roles, other Regions, other services.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/zip.h"
#include "cloud/services.h"
#include "tests/cloud/codepipeline/pipeline_test.h"
#include "tests/cloud/support/fake_service.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Workers : public PipelineTest {
 protected:
  Workers() {
    Do("codepipeline", "CreateCustomActionType",
       {{"category", "Build"},
        {"provider", "Forge"},
        {"version", "1"},
        {"configurationProperties",
         List(json::Object{
             {"name", "Recipe"}, {"required", true}, {"key", true}, {"secret", false}})},
        {"inputArtifactDetails", json::Object{{"minimumCount", 0}, {"maximumCount", 1}}},
        {"outputArtifactDetails", json::Object{{"minimumCount", 0}, {"maximumCount", 1}}}});
  }
  std::string CreateForged() {
    json::Object forge =
        Action("Forge", Type("Build", "Forge", "Custom"), {{"Recipe", "sword"}}, "src", "made");
    forge.Set("namespace", "Forge");
    json::Object approval = Approval();
    approval.Set("configuration", json::Object{{"CustomData", "#{Forge.Edge}"}});
    return Create(Pipeline(List(Stage("Build", List(forge)), Stage("Ask", List(approval)))));
  }
  json::Object Poll() {
    const json::Object polled =
        Do("codepipeline", "PollForJobs", {{"actionTypeId", Type("Build", "Forge", "Custom")}});
    const json::Array& jobs = polled.GetArray("jobs");
    return jobs.empty() ? json::Object() : jobs.front().AsObject();
  }
};

TEST_F(Workers, TakeAJobAndAnswerForIt) {
  CreateForged();
  Settle();
  const json::Object job = Poll();
  const json::Object& data = job.GetObject("data");
  EXPECT_EQ(data.GetObject("actionConfiguration").GetObject("configuration").GetString("Recipe"),
            "sword");
  EXPECT_THAT(data.GetArray("inputArtifacts"), SizeIs(1));
  EXPECT_TRUE(data.GetObject("artifactCredentials").Has("sessionToken"));
  EXPECT_THAT(Poll(), IsEmpty()) << "a job is given to one worker";
  Do("codepipeline", "AcknowledgeJob", {{"jobId", job.At("id")}, {"nonce", job.At("nonce")}});
  Restart();

  Do("codepipeline", "PutJobSuccessResult",
     {{"jobId", job.At("id")}, {"outputVariables", json::Object{{"Edge", "sharp"}}}});
  Settle();

  EXPECT_EQ(StageStatus("Build"), "Succeeded");
  EXPECT_EQ(
      Run("Review").GetObject("input").GetObject("resolvedConfiguration").GetString("CustomData"),
      "sharp");
}

TEST_F(Workers, MayFail) {
  const std::string id = CreateForged();
  Settle();
  const json::Object job = Poll();
  Do("codepipeline", "AcknowledgeJob", {{"jobId", job.At("id")}, {"nonce", job.At("nonce")}});

  Do("codepipeline", "PutJobFailureResult",
     {{"jobId", job.At("id")},
      {"failureDetails", json::Object{{"type", "JobFailed"}, {"message", "it broke"}}}});

  EXPECT_EQ(Status(id), "Failed");
  const json::Object state = ActionState("Build", "Forge");
  EXPECT_EQ(state.GetObject("latestExecution").GetObject("errorDetails").GetString("message"),
            "it broke");
  EXPECT_THAT(Ask("codepipeline", "PutJobSuccessResult", {{"jobId", job.At("id")}}),
              Fails(400, "InvalidJobStateException", HasSubstr("Failed")));
}

TEST_F(Workers, NeedTheNonceOfTheirJob) {
  CreateForged();
  Settle();
  const json::Object job = Poll();

  EXPECT_THAT(Ask("codepipeline", "AcknowledgeJob", {{"jobId", job.At("id")}, {"nonce", "x"}}),
              Fails(400, "InvalidNonceException", HasSubstr("nonce")));
  EXPECT_THAT(
      Ask("codepipeline", "GetJobDetails", {{"jobId", "00000000-0000-0000-0000-000000000000"}}),
      Fails(400, "JobNotFoundException", HasSubstr("job")));
}

class OtherAccounts : public PipelineTest {};

TEST_F(OtherAccounts, AreReachedByTheActionsRole) {
  UseAccount("222222222222");
  Role("deployer", {{"AWS", "arn:aws:iam::111122223333:role/pipeline"}});
  const std::string role = RoleArn("deployer");
  Role("closed", {{"AWS", "arn:aws:iam::222222222222:root"}});
  const std::string closed = RoleArn("closed");
  UseAccount("111122223333");
  json::Object deploy = Deploy();
  deploy.Set("roleArn", role);
  const std::string id = Create(Pipeline(List(Stage("Deploy", List(deploy)))));
  Settle();

  EXPECT_EQ(Status(id), "Succeeded");
  deploy.Set("roleArn", closed);
  EXPECT_THAT(Ask("codepipeline", "UpdatePipeline",
                  {{"pipeline", Pipeline(List(Stage("Deploy", List(deploy))))}}),
              Fails(400, "InvalidStructureException",
                    RoleArn() + " is not authorized to perform AssumeRole on role " + closed));
}

class OtherRegions : public PipelineTest {};

TEST_F(OtherRegions, GetACopyOfTheArtifacts) {
  UseRegion("us-west-2");
  Do("s3", "CreateBucket",
     {{"Bucket", "west-artifacts"},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "us-west-2"}}}});
  UseRegion("eu-central-1");
  json::Object deploy = Deploy();
  deploy.Set("region", "us-west-2");
  json::Object pipeline = Pipeline(List(Stage("Deploy", List(deploy))));
  pipeline.Remove("artifactStore");
  json::Object stores;
  stores.Set("eu-central-1", json::Object{{"type", "S3"}, {"location", "artifact-bucket"}});
  stores.Set("us-west-2", json::Object{{"type", "S3"}, {"location", "west-artifacts"}});
  pipeline.Set("artifactStores", std::move(stores));
  Create(pipeline);
  Settle();

  const json::Object run = Run("Copy");

  EXPECT_EQ(run.GetString("status"), "Succeeded");
  const json::Object& input = run.GetObject("input");
  EXPECT_EQ(input.GetString("region"), "us-west-2");
  ASSERT_THAT(input.GetArray("inputArtifacts"), SizeIs(1));
  EXPECT_EQ(input.GetArray("inputArtifacts")
                .front()
                .AsObject()
                .GetObject("s3location")
                .GetString("bucket"),
            "west-artifacts");
}

// ---- services that are played

struct Played {
  std::vector<std::string> calls;
  json::Object build_input;
  json::Object stack_input;
  json::Array events;
  std::string caller;
  std::string session;
  int looks = 0;
};
Played* played = nullptr;

json::Object OneOf(const std::string& key, json::Object item) {
  return {{key, List(std::move(item))}};
}

Answer<> StartBuild(Context& context, const json::Object& input) {
  played->build_input = input;
  played->caller = context.caller.arn;
  played->session = context.caller.session_name;
  return json::Object{{"build", json::Object{{"id", "forge:1"}}}};
}

Answer<> BatchGetBuilds(Context&, const json::Object&) {
  if (++played->looks < 3)
    return OneOf("builds", {{"id", "forge:1"}, {"buildStatus", "IN_PROGRESS"}});
  json::Object build{{"id", "forge:1"}, {"buildStatus", "SUCCEEDED"}};
  build.Set("exportedEnvironmentVariables",
            List(json::Object{{"name", "EDGE"}, {"value", "sharp"}}));
  return OneOf("builds", std::move(build));
}

Answer<> DescribeStacks(Context&, const json::Object&) {
  if (played->stack_input.empty())
    return ServiceError("ValidationError", "Stack with id center does not exist");
  json::Object stack{{"StackName", "center"},
                     {"StackId", "arn:center"},
                     {"CreationTime", 1},
                     {"StackStatus", "CREATE_COMPLETE"}};
  stack.Set("Outputs", List(json::Object{{"OutputKey", "Url"}, {"OutputValue", "http://x"}}));
  return OneOf("Stacks", std::move(stack));
}

Answer<> CreateStack(Context& context, const json::Object& input) {
  played->stack_input = input;
  played->caller = context.caller.arn;
  return json::Object{{"StackId", "arn:center"}};
}

Answer<> PutEvents(Context&, const json::Object& input) {
  for (const json::Value& entry : input.GetArray("Entries")) played->events.push_back(entry);
  return json::Object{{"FailedEntryCount", 0}, {"Entries", json::Array()}};
}

// All services but those that are played.
struct Cast {
  Cast() {
    fakes.Add("codebuild", {{.name = "BatchGetBuilds", .handle = BatchGetBuilds},
                            {.name = "StartBuild", .handle = StartBuild}});
    fakes.Add("cloudformation", {{.name = "CreateStack", .handle = CreateStack},
                                 {.name = "DescribeStacks", .handle = DescribeStacks}});
    fakes.Add("events", {{.name = "PutEvents", .handle = PutEvents}});
    for (const Service* service : AllServices()) {
      const bool taken = std::ranges::any_of(
          fakes.all(), [&](const Service* fake) { return fake->model == service->model; });
      if (!taken) services.push_back(service);
    }
    for (const Service* fake : fakes.all()) services.push_back(fake);
    played = &state;
  }
  FakeServices fakes;
  std::vector<const Service*> services;
  Played state;
};

class PlayedServices : private Cast, public PipelineTest {
 protected:
  PlayedServices() : PipelineTest(CloudOptions{.services = services}) {}
  Played& Told() { return state; }
};

TEST_F(PlayedServices, BuildWithTheArtifactsAndExportVariables) {
  json::Object build =
      Action("Build", Type("Build", "CodeBuild"),
             {{"ProjectName", "forge"},
              {"EnvironmentVariables",
               R"([{"name":"VERSION","value":"#{Src.VersionId}","type":"PLAINTEXT"}])"}},
             "src", "made");
  build.Set("namespace", "Built");
  json::Object approval = Approval();
  approval.Set("configuration", json::Object{{"CustomData", "#{Built.EDGE}"}});
  Create(Pipeline(List(Stage("Build", List(build)), Stage("Ask", List(approval)))));
  Settle();

  const json::Object& input = Told().build_input;
  EXPECT_EQ(input.GetString("sourceTypeOverride"), "S3");
  EXPECT_THAT(std::string(input.GetString("sourceLocationOverride")),
              HasSubstr("artifact-bucket/site/src/"));
  EXPECT_EQ(input.GetObject("artifactsOverride").GetString("path"), "site/made");
  EXPECT_EQ(Told().session, "codepipeline/site");
  EXPECT_EQ(
      Run("Review").GetObject("input").GetObject("resolvedConfiguration").GetString("CustomData"),
      "sharp");
}

TEST_F(PlayedServices, GoOnWatchingABuildAfterARestart) {
  Told().looks = -1000;
  Create(Pipeline(List(Stage("Build", List(Action("Build", Type("Build", "CodeBuild"),
                                                  {{"ProjectName", "forge"}}, "src"))))));
  Settle();
  Told().build_input = json::Object();
  Told().looks = 0;

  Restart();
  Settle();

  EXPECT_EQ(StageStatus("Build"), "Succeeded");
  EXPECT_THAT(Told().build_input, IsEmpty()) << "it is not started twice";
}

TEST_F(PlayedServices, DeployAStackFromFilesOfAnArtifact) {
  std::vector<ZipEntry> entries;
  entries.push_back({.name = "t.json", .bytes = R"({"Resources":{}})"});
  entries.push_back(
      {.name = "dev.json", .bytes = R"({"Parameters":{"A":"1","B":"2"},"Tags":{"team":"blue"}})"});
  Do("s3", "PutObject",
     {{"Bucket", "source-bucket"}, {"Key", "site.zip"}, {"Body", *WriteZip(std::move(entries))}});
  json::Object stack = Action(
      "Stack", Type("Deploy", "CloudFormation"),
      {{"ActionMode", "CREATE_UPDATE"},
       {"StackName", "center"},
       {"TemplatePath", "src::t.json"},
       {"TemplateConfiguration", "src::dev.json"},
       {"Capabilities", "CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND"},
       {"RoleArn", RoleArn()},
       {"ParameterOverrides",
        R"({"B":{"Fn::GetArtifactAtt":["src","BucketName"]},"C":{"Fn::GetParam":["src","dev.json","Tags"]}})"},
       {"OutputFileName", "outputs.json"}},
      "src", "outs");
  stack.Set("namespace", "Stack");
  json::Object approval = Approval();
  approval.Set("configuration", json::Object{{"CustomData", "#{Stack.Url}"}});
  const std::string id =
      Create(Pipeline(List(Stage("Deploy", List(stack)), Stage("Ask", List(approval)))));
  Settle();

  const json::Object& input = Told().stack_input;
  EXPECT_EQ(input.GetString("TemplateBody"), R"({"Resources":{}})");
  EXPECT_EQ(json::Write(input.GetArray("Parameters")),
            R"([{"ParameterKey":"A","ParameterValue":"1"},)"
            R"({"ParameterKey":"B","ParameterValue":"artifact-bucket"},)"
            R"({"ParameterKey":"C","ParameterValue":"{\"team\":\"blue\"}"}])");
  EXPECT_THAT(input.GetArray("Capabilities"), SizeIs(2));
  EXPECT_EQ(input.GetString("RoleARN"), RoleArn());
  EXPECT_THAT(Told().caller, HasSubstr(":assumed-role/pipeline/"));
  EXPECT_EQ(
      Run("Review").GetObject("input").GetObject("resolvedConfiguration").GetString("CustomData"),
      "http://x");
  EXPECT_THAT(Run("Stack").GetObject("output").GetArray("outputArtifacts"), SizeIs(1));
}

TEST_F(PlayedServices, HearOfWhatHappens) {
  Create(Pipeline(List(Stage("Deploy", List(Deploy())))));
  Settle();

  std::vector<std::string> states;
  for (const json::Value& entry : Told().events) {
    const json::Object& event = entry.AsObject();
    if (event.GetString("DetailType") != "CodePipeline Pipeline Execution State Change") continue;
    const auto detail = json::Parse(event.GetString("Detail"));
    states.emplace_back(detail->AsObject().GetString("state"));
  }
  EXPECT_THAT(states, ::testing::ElementsAre("STARTED", "SUCCEEDED"));
  // One for the pipeline, two for each of its two stages and two actions, one for the end.
  EXPECT_THAT(Told().events, SizeIs(10));
}

}  // namespace
}  // namespace trunkline::cloud::tests
