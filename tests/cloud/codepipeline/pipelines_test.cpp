// Pipelines: what is taken, kept, changed, listed and deleted.
#include <gmock/gmock.h>

#include "tests/cloud/codepipeline/pipeline_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Pipelines : public PipelineTest {
 protected:
  json::Object Small() { return Pipeline(List(Stage("Deploy", List(Deploy())))); }
  Answered AskCreate(const json::Object& pipeline) {
    return Ask("codepipeline", "CreatePipeline", {{"pipeline", pipeline}});
  }
  Answered Get(std::int64_t version = 0) {
    json::Object input{{"name", "site"}};
    if (version > 0) input.Set("version", version);
    return Ask("codepipeline", "GetPipeline", input);
  }
};

TEST_F(Pipelines, ComeBackWithDefaultsAndTheirVersion) {
  Create(Small());

  const json::Object got = Get().output;

  const json::Object& pipeline = got.GetObject("pipeline");
  EXPECT_EQ(pipeline.GetInt("version"), 1);
  const json::Object& source = pipeline.GetArray("stages").front().AsObject();
  EXPECT_EQ(source.GetArray("actions").front().AsObject().GetInt("runOrder"), 1);
  EXPECT_EQ(got.GetObject("metadata").GetString("pipelineArn"),
            "arn:aws:codepipeline:eu-central-1:111122223333:site");
}

TEST_F(Pipelines, KeepTheVersionsBeforeAnUpdate) {
  Create(Small());
  json::Object changed = Small();
  changed.Set("executionMode", "QUEUED");
  const json::Object updated = Do("codepipeline", "UpdatePipeline", {{"pipeline", changed}});
  Restart();

  EXPECT_EQ(updated.GetObject("pipeline").GetInt("version"), 2);
  EXPECT_EQ(Get().output.GetObject("pipeline").GetString("executionMode"), "QUEUED");
  EXPECT_EQ(Get(1).output.GetObject("pipeline").GetString("executionMode"), "SUPERSEDED");
  EXPECT_THAT(Get(3), Fails(400, "PipelineVersionNotFoundException", HasSubstr("version 3")));
}

TEST_F(Pipelines, AreGoneWhenDeleted) {
  Create(Small());
  Settle();

  Do("codepipeline", "DeletePipeline", {{"name", "site"}});
  Do("codepipeline", "DeletePipeline", {{"name", "site"}});

  EXPECT_THAT(Get(), Fails(400, "PipelineNotFoundException", HasSubstr("'site'")));
  const json::Object listed = Do("codepipeline", "ListPipelines");
  EXPECT_THAT(listed.GetArray("pipelines"), IsEmpty());
}

TEST_F(Pipelines, AreListedInPages) {
  for (const char* name : {"c", "a", "b"}) {
    json::Object pipeline = Small();
    pipeline.Set("name", name);
    Do("codepipeline", "CreatePipeline", {{"pipeline", pipeline}});
  }

  const json::Object first = Do("codepipeline", "ListPipelines", {{"maxResults", 2}});
  const json::Object rest = Do("codepipeline", "ListPipelines",
                               {{"maxResults", 2}, {"nextToken", first.At("nextToken")}});

  EXPECT_THAT(first.GetArray("pipelines"), SizeIs(2));
  ASSERT_THAT(rest.GetArray("pipelines"), SizeIs(1));
  EXPECT_EQ(rest.GetArray("pipelines").front().AsObject().GetString("name"), "c");
  EXPECT_THAT(Ask("codepipeline", "ListPipelines", {{"nextToken", "nonsense"}}),
              Fails(400, "InvalidNextTokenException", HasSubstr("token")));
}

TEST_F(Pipelines, HaveANameOfTheirOwn) {
  Create(Small());

  EXPECT_THAT(AskCreate(Small()), Fails(400, "PipelineNameInUseException", HasSubstr("'site'")));
}

TEST_F(Pipelines, NeedTwoStages) {
  EXPECT_THAT(AskCreate(Pipeline({})),
              Fails(400, "InvalidStructureException",
                    "Pipeline has only 1 stage(s). There should be a minimum of 2 stages in a "
                    "pipeline"));
}

TEST_F(Pipelines, StartWithSources) {
  json::Object pipeline = Small();
  pipeline.Set("stages", List(Stage("Deploy", List(Approval())), Stage("Again", List(Approval()))));

  EXPECT_THAT(AskCreate(pipeline),
              Fails(400, "InvalidStructureException", HasSubstr("only contains source actions")));
}

TEST_F(Pipelines, NeedTheRightNumberOfArtifacts) {
  json::Object deploy = Deploy();
  deploy.Remove("inputArtifacts");

  EXPECT_THAT(AskCreate(Pipeline(List(Stage("Deploy", List(deploy))))),
              Fails(400, "InvalidActionDeclarationException",
                    "Action Copy declares 0 input artifacts which is less than the minimum count "
                    "(1)"));
}

TEST_F(Pipelines, MayOnlyReadWhatWasMadeBefore) {
  const json::Object deploy =
      Action("Copy", Type("Deploy", "S3"), {{"BucketName", "b"}, {"Extract", "true"}}, "nothing");

  EXPECT_THAT(AskCreate(Pipeline(List(Stage("Deploy", List(deploy))))),
              Fails(400, "InvalidActionDeclarationException",
                    HasSubstr("Input Artifact Bundle nothing in action Copy")));
}

TEST_F(Pipelines, KnowTheConfigurationOfTheirActions) {
  json::Object missing = Deploy();
  missing.Set("configuration", json::Object{{"Extract", "true"}});
  json::Object unknown = Approval();
  unknown.Set("configuration", json::Object{{"Colour", "blue"}});

  EXPECT_THAT(AskCreate(Pipeline(List(Stage("Deploy", List(missing))))),
              Fails(400, "InvalidActionDeclarationException",
                    "Action configuration for action 'Copy' is missing required configuration "
                    "'BucketName'"));
  EXPECT_THAT(AskCreate(Pipeline(List(Stage("Deploy", List(unknown))))),
              Fails(400, "InvalidActionDeclarationException",
                    "Action configuration for action 'Review' contains unknown configuration "
                    "'Colour'"));
}

TEST_F(Pipelines, RefuseATypeThatIsNotThere) {
  const json::Object action = Action("Grow", Type("Build", "Garden"), {}, "src");

  EXPECT_THAT(AskCreate(Pipeline(List(Stage("Build", List(action))))),
              Fails(400, "InvalidActionDeclarationException",
                    "ActionType (Category: 'Build', Provider: 'Garden', Owner: 'AWS', Version: "
                    "'1') in action 'Grow' is not available in region 'EU_CENTRAL_1'"));
}

TEST_F(Pipelines, RefuseAVariableOfNoNamespace) {
  json::Object approval = Approval();
  approval.Set("configuration", json::Object{{"CustomData", "#{Nobody.CommitId}"}});

  EXPECT_THAT(AskCreate(Pipeline(List(Stage("Ask", List(approval))))),
              Fails(400, "InvalidActionDeclarationException",
                    HasSubstr("StageName=[Ask], ActionName=[Review], "
                              "ActionConfigurationKey=[CustomData], "
                              "VariableReferenceText=[Nobody.CommitId]")));
}

TEST_F(Pipelines, NeedARoleThatCodePipelineMayAssume) {
  Role("other", {{"Service", "lambda.amazonaws.com"}});
  json::Object pipeline = Small();
  pipeline.Set("roleArn", RoleArn("other"));

  EXPECT_THAT(
      AskCreate(pipeline),
      Fails(400, "InvalidStructureException",
            "CodePipeline is not authorized to perform AssumeRole on role " + RoleArn("other")));
}

TEST_F(Pipelines, OfTypeV1HaveNoTriggersNorModes) {
  json::Object pipeline = Small();
  pipeline.Set("pipelineType", "V1");
  pipeline.Set("executionMode", "QUEUED");

  EXPECT_THAT(AskCreate(pipeline), Fails(400, "InvalidStructureException", HasSubstr("type V2")));
}

TEST_F(Pipelines, HaveTriggersForConnectionsOnly) {
  json::Object pipeline = Small();
  pipeline.Set("triggers",
               List(json::Object{{"providerType", "CodeStarSourceConnection"},
                                 {"gitConfiguration", json::Object{{"sourceActionName", "Get"}}}}));

  EXPECT_THAT(AskCreate(pipeline), Fails(400, "InvalidStructureException",
                                         HasSubstr("must reference a CodeStarSourceConnection")));
}

TEST_F(Pipelines, CarryTags) {
  Create(Small());
  const std::string arn = "arn:aws:codepipeline:eu-central-1:111122223333:site";
  const json::Object named{{"resourceArn", arn}};
  Do("codepipeline", "TagResource",
     {{"resourceArn", arn}, {"tags", List(json::Object{{"key", "team"}, {"value", "blue"}})}});

  EXPECT_EQ(Do("codepipeline", "ListTagsForResource", named).GetArray("tags"),
            List(json::Object{{"key", "team"}, {"value", "blue"}}));
  Do("codepipeline", "UntagResource",
     {{"resourceArn", arn}, {"tagKeys", json::Array{json::Value("team")}}});
  EXPECT_THAT(Do("codepipeline", "ListTagsForResource", named).GetArray("tags"), IsEmpty());
  EXPECT_THAT(Ask("codepipeline", "ListTagsForResource", {{"resourceArn", arn + "x"}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("sitex")));
}

TEST_F(Pipelines, HaveWebhooksWhoseSecretIsNotShown) {
  Create(Small());
  const json::Object definition{
      {"name", "hook"},
      {"targetPipeline", "site"},
      {"targetAction", "Get"},
      {"filters", List(json::Object{{"jsonPath", "$.ref"}, {"matchEquals", "refs/heads/main"}})},
      {"authentication", "GITHUB_HMAC"},
      {"authenticationConfiguration", json::Object{{"SecretToken", "hush"}}}};
  Do("codepipeline", "PutWebhook", {{"webhook", definition}});
  Restart();

  const json::Object listed = Do("codepipeline", "ListWebhooks");

  ASSERT_THAT(listed.GetArray("webhooks"), SizeIs(1));
  const json::Object& shown =
      listed.GetArray("webhooks").front().AsObject().GetObject("definition");
  EXPECT_EQ(shown.GetObject("authenticationConfiguration").GetString("SecretToken"), "****");
  Do("codepipeline", "DeleteWebhook", {{"name", "hook"}});
  EXPECT_THAT(Do("codepipeline", "ListWebhooks").GetArray("webhooks"), IsEmpty());
}

TEST_F(Pipelines, AreMadeOfTypesThatCanBeListed) {
  const json::Object types = Do("codepipeline", "ListActionTypes", {{"actionOwnerFilter", "AWS"}});
  const json::Object one = Do(
      "codepipeline", "GetActionType",
      {{"category", "Deploy"}, {"owner", "AWS"}, {"provider", "CloudFormation"}, {"version", "1"}});

  EXPECT_THAT(types.GetArray("actionTypes"), SizeIs(10));
  EXPECT_EQ(one.GetObject("actionType").GetObject("inputArtifactDetails").GetInt("maximumCount"),
            10);
  EXPECT_THAT(Do("codepipeline", "ListRuleTypes").GetArray("ruleTypes"), SizeIs(3));
}

}  // namespace
}  // namespace trunkline::cloud::tests
