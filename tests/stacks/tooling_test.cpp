#include "stacks/tooling.h"

#include <gmock/gmock.h>

#include "base/json_write.h"
#include "stacks/buildspecs.h"
#include "tests/stacks/acme.h"

namespace trunkline::stacks {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

class Tooling : public testing::Test {
 protected:
  json::Value Make() { return MakeTooling(center_).ToJson(); }

  std::vector<std::string> Pipelines(const json::Value& document) {
    std::vector<std::string> names;
    for (const json::Member& resource : document.AsObject().GetObject("Resources")) {
      const json::Object& row = resource.value.AsObject();
      if (row.GetString("Type") == "AWS::CodePipeline::Pipeline")
        names.emplace_back(row.GetObject("Properties").GetString("Name"));
    }
    return names;
  }

  std::vector<std::string> Stages(std::string_view pipeline) {
    return NamesOf(PropertiesOf(Make(), pipeline).GetArray("Stages"));
  }

  // The actions of a stage, with the order they run in.
  std::vector<std::string> Actions(std::string_view pipeline, std::string_view stage) {
    const json::Value document = Make();
    std::vector<std::string> names;
    for (const json::Value& row : PropertiesOf(document, pipeline).GetArray("Stages")) {
      if (row.AsObject().GetString("Name") != stage) continue;
      for (const json::Value& action : row.AsObject().GetArray("Actions")) {
        names.push_back(fmt::format("{} {}", action.AsObject().GetInt("RunOrder"),
                                    action.AsObject().GetString("Name")));
      }
    }
    return names;
  }

  std::string Text(std::string_view logical_id) {
    return json::Write(PropertiesOf(Make(), logical_id));
  }

  center::Center center_ = Acme();
};

TEST_F(Tooling, HasAPipelineForEachEnvironmentAndProjectAndOneForItself) {
  const std::vector<std::string> names = Pipelines(Make());

  EXPECT_EQ(names.size(), 16U);
  EXPECT_EQ(names.front(), "amzconnect-devops-pipelines-main");
  EXPECT_THAT(std::vector<std::string>(names.begin() + 1, names.begin() + 6),
              ElementsAre("amzconnect-instance-develop", "amzconnect-supporting-infra-develop",
                          "amzconnect-admin-objects-develop", "amzconnect-lambdas-develop",
                          "amzconnect-contact-flows-develop"));
}

TEST_F(Tooling, HasNoPipelineForAProjectWithoutAFolder) {
  std::erase(center_.projects, "admin-objects");

  EXPECT_THAT(Pipelines(Make()), Not(Contains("amzconnect-admin-objects-develop")));
}

TEST_F(Tooling, HasNoPipelinesForADisabledEnvironment) {
  center_.environments[0].enabled = false;

  EXPECT_THAT(Pipelines(Make()), Not(Contains("amzconnect-instance-develop")));
}

TEST_F(Tooling, WritesADashForASlashOfABranch) {
  center_.environments[0].branch.value = "feature/new/ivr";

  EXPECT_THAT(Pipelines(Make()), Contains("amzconnect-lambdas-feature-new-ivr"));
}

TEST_F(Tooling, DeliversRegionAfterRegionThePrimaryFirst) {
  EXPECT_THAT(Stages("PipelineInstanceDev"),
              ElementsAre("Source", "Build", "Deploy-us-east-1", "Deploy-us-west-2"));
}

TEST_F(Tooling, TestsFunctionsBeforeTheyAreDelivered) {
  EXPECT_THAT(Stages("PipelineLambdasStaging"),
              ElementsAre("Source", "Build", "Testing", "Deploy-us-east-1"));
}

TEST_F(Tooling, TestsBotsAndTheirTemplatesBeforeTheyAreDelivered) {
  EXPECT_THAT(Stages("PipelineSupportingInfraStaging"),
              ElementsAre("Source", "Build", "Testing", "Deploy-us-east-1"));
  EXPECT_THAT(json::Write(SynthBuildspec()),
              HasSubstr(R"(cp \"synth/$TRUNKLINE_PROJECT.buildspec.json\" synth/)"
                        R"(tests.buildspec.json)"));
}

TEST_F(Tooling, LintsFlowsWithTheLevelsOfTheEnvironment) {
  EXPECT_THAT(json::Write(SynthBuildspec()),
              HasSubstr(R"(trunkline flow lint ${TRUNKLINE_ENV:+--env \"$TRUNKLINE_ENV\"} )"
                        R"(amzconnect-contact-flows/lib/callflows)"));
}

TEST_F(Tooling, AsksAPersonBeforeProduction) {
  EXPECT_THAT(Stages("PipelineLambdasProd"),
              ElementsAre("Source", "Build", "Testing", "Approval", "Deploy-us-east-1"));
  EXPECT_THAT(Text("PipelineLambdasProd"), HasSubstr(R"("NotificationArn":{"Ref":"Topic"})"));
}

TEST_F(Tooling, PlansBeforeItAsksAndPutsThePlanIntoTheQuestion) {
  EXPECT_THAT(Actions("PipelineLambdasProd", "Approval"), ElementsAre("1 Plan", "2 Approve"));
  EXPECT_THAT(Text("PipelineLambdasProd"),
              HasSubstr("Deliver lambdas of #{Source.CommitId} to prod (account 333333333333)? "
                        "#{Plan.TRUNKLINE_PLAN}. "));
  EXPECT_THAT(Text("PipelineLambdasProd"),
              HasSubstr("trunkline pipelines logs amzconnect-lambdas-main --action Plan"));
}

TEST_F(Tooling, AsksForTheEnvironmentsThatTrunklineJsonNames) {
  center_.settings.approvals = {{"staging", {}}};

  EXPECT_THAT(Stages("PipelineInstanceStaging"), Contains("Approval"));
  EXPECT_THAT(Stages("PipelineInstanceProd"), Not(Contains("Approval")));
}

TEST_F(Tooling, MakesTheInstanceByItsWorkflow) {
  EXPECT_THAT(Actions("PipelineInstanceDev", "Deploy-us-east-1"),
              ElementsAre("1 Stack", "2 Upload", "3 Instance"));
}

TEST_F(Tooling, WaitsForPrerequisitesBeforeFlows) {
  EXPECT_THAT(Actions("PipelineContactFlowsDev", "Deploy-us-west-2"),
              ElementsAre("1 Wait", "1 Stack", "2 Upload", "3 Provision"));
  EXPECT_THAT(json::Write(DeliverBuildspec()), HasSubstr("trunkline pipelines wait"));
}

TEST_F(Tooling, DeploysTheUsersTemplatesOfTheCommitAndNamesNone) {
  const std::string before = json::Write(Make());
  center_.templates = {
      {.project = "lambdas", .file = center_.folder + "/amzconnect-lambdas/a.template.json"}};

  EXPECT_EQ(json::Write(Make()), before);
  EXPECT_THAT(Actions("PipelineLambdasDev", "Deploy-us-east-1"), ElementsAre("1 Deliver"));
  const std::string build = json::Write(DeliverBuildspec());
  EXPECT_LT(build.find("trunkline pipelines wait"), build.find("trunkline templates deploy"));
  EXPECT_LT(build.find("trunkline templates deploy"), build.find("trunkline apply"));
}

TEST_F(Tooling, GivesBuildsTheTimeThatTheLongestShiftTakes) {
  EXPECT_EQ(PropertiesOf(Make(), "DeliverDev").GetInt("TimeoutInMinutes"), 120);
  EXPECT_THAT(Text("DeliverDev"), HasSubstr(R"("TRUNKLINE_WAIT_MINUTES","Value":"30")"));
  center::Function slow;
  slow.shift = center::ShiftOfType("Linear10PercentEvery10Minutes");
  center_.functions.push_back(slow);

  // Two Regions: the next pipeline waits for both, this one works for one.
  EXPECT_EQ(PropertiesOf(Make(), "DeliverDev").GetInt("TimeoutInMinutes"), 30 + 180 + 90 + 90);
  EXPECT_THAT(Text("DeliverDev"), HasSubstr(R"("TRUNKLINE_WAIT_MINUTES","Value":"210")"));
  EXPECT_THAT(Text("DeliverDev"), HasSubstr(R"("TRUNKLINE_LONGEST_SHIFT_MINUTES","Value":"90")"));
  EXPECT_EQ(PropertiesOf(Make(), "DeliverProd").GetInt("TimeoutInMinutes"), 30 + 90 + 90 + 90);
}

TEST_F(Tooling, GivesBuildsTheTimeOfTheEnvironmentsOwnShift) {
  center_.functions = {center::Function()};
  center_.settings.shifts["prod"] = center::ShiftOfType("Canary10Percent30Minutes").value();

  EXPECT_EQ(PropertiesOf(Make(), "DeliverDev").GetInt("TimeoutInMinutes"), 120);
  EXPECT_EQ(PropertiesOf(Make(), "DeliverProd").GetInt("TimeoutInMinutes"), 180);
}

TEST_F(Tooling, UpdatesItselfFromTheToolingBranch) {
  center_.settings.pipelines.tooling_branch.value = "tools";

  EXPECT_EQ(PropertiesOf(Make(), "PipelineDevopsPipelines").GetString("Name"),
            "amzconnect-devops-pipelines-tools");
  EXPECT_THAT(Stages("PipelineDevopsPipelines"),
              ElementsAre("Source", "Build", "Artifacts", "Tooling"));
}

TEST_F(Tooling, HasAnArtifactStoreForEachRegionOfAPipeline) {
  EXPECT_EQ(PropertiesOf(Make(), "PipelineInstanceDev").GetArray("ArtifactStores").size(), 2U);
  EXPECT_EQ(PropertiesOf(Make(), "PipelineInstanceProd").GetArray("ArtifactStores").size(), 1U);
  EXPECT_THAT(ArtifactRegions(center_), ElementsAre("us-east-1", "us-west-2"));
}

TEST_F(Tooling, TellsTheRouterWhatItMayStart) {
  const std::string router = Text("Router");

  EXPECT_THAT(router,
              HasSubstr(R"({\"develop\":\"dev\",\"staging\":\"staging\",\"main\":\"prod\"})"));
  EXPECT_THAT(router,
              HasSubstr(R"("instance,supporting-infra,admin-objects,lambdas,contact-flows")"));
  EXPECT_THAT(router, HasSubstr(R"("TRUNKLINE_REPOSITORY":"acme/acme-contact-center")"));
}

TEST_F(Tooling, LetsTheRouterDoWhatItCallsAndNothingElse) {
  const json::Value document = Make();
  std::vector<std::string> actions;
  for (const FoundStatement& found : StatementsOf(document)) {
    if (!found.where.starts_with("RouterRole") || found.statement.Has("Principal")) continue;
    for (const json::Value& action : found.statement.GetArray("Action"))
      actions.push_back(action.AsString());
  }

  EXPECT_THAT(actions,
              UnorderedElementsAre("secretsmanager:GetSecretValue", "dynamodb:GetItem",
                                   "dynamodb:PutItem", "codepipeline:ListPipelineExecutions",
                                   "codepipeline:StartPipelineExecution", "logs:CreateLogStream",
                                   "logs:PutLogEvents"));
}

TEST_F(Tooling, MakesAConnectionWhereDevopsJsonHasAPlaceholder) {
  EXPECT_EQ(PropertiesOf(Make(), "Connection").GetString("ProviderType"), "GitHub");

  center_.tooling->codestar_arn.value =
      "arn:aws:codestar-connections:us-east-1:444444444444:connection/1b2c-3d";
  EXPECT_FALSE(Make().AsObject().GetObject("Resources").Has("Connection"));
  EXPECT_THAT(Text("PipelineInstanceDev"), HasSubstr("connection/1b2c-3d"));
}

TEST_F(Tooling, HasTriggersInPlaceOfTheRouterWhenAskedFor) {
  center_.settings.pipelines.started_by = center::StartedBy::kTriggers;

  EXPECT_FALSE(Make().AsObject().GetObject("Resources").Has("Router"));
  EXPECT_TRUE(Make().AsObject().GetObject("Parameters").Has("GithubTokenArn"))
      << "the pipeline that deploys the change names it";
  EXPECT_THAT(Text("PipelineLambdasProd"),
              HasSubstr(R"("Push":[{"Branches":{"Includes":["main"]},"FilePaths":)"
                        R"({"Includes":["amzconnect-lambdas/**","trunkline.json"]}}])"));
}

TEST_F(Tooling, GivesAnEnvironmentsPipelinesThatEnvironmentsRolesOnly) {
  const json::Value document = Make();

  EXPECT_THAT(PolicyOf(document, "PipelineRoleDev"),
              HasSubstr("role/trunkline/trunkline-deploy-dev"));
  EXPECT_THAT(PolicyOf(document, "PipelineRoleDev"), Not(HasSubstr("deploy-prod")));
  EXPECT_THAT(PolicyOf(document, "DeliverDevRole"), Not(HasSubstr("operator-prod")));
  EXPECT_THAT(PolicyOf(document, "DeliverDevRole"), Not(HasSubstr("deploy-prod")));
  EXPECT_THAT(PolicyOf(document, "TestRole"), Not(HasSubstr("sts:AssumeRole")));
  EXPECT_THAT(PolicyOf(document, "SynthRole"), Not(HasSubstr("sts:AssumeRole")));
}

TEST_F(Tooling, ConfiguresActionsWithinCodePipelinesLimits) {
  const json::Value document = Make();
  for (const json::Member& resource : document.AsObject().GetObject("Resources")) {
    const json::Object& row = resource.value.AsObject();
    if (row.GetString("Type") != "AWS::CodePipeline::Pipeline") continue;
    for (const json::Value& stage : row.GetObject("Properties").GetArray("Stages")) {
      for (const json::Value& action : stage.AsObject().GetArray("Actions")) {
        for (const json::Member& setting : action.AsObject().GetObject("Configuration"))
          EXPECT_LE(json::Write(setting.value).size(), 1000U) << resource.key << setting.key;
      }
    }
  }
}

TEST_F(Tooling, RunsTheCommandsOfTestJsonInOrder) {
  center_.project_tests["lambdas"] = center::ProjectTests{.unit = {"npm test"},
                                                          .integration = {"npm run try"},
                                                          .coverage = {},
                                                          .runtimes = {{"nodejs", "20"}},
                                                          .reports = {}};

  EXPECT_EQ(json::Write(TestBuildspec(center_, "lambdas")),
            R"({"version":"0.2","env":{"shell":"bash"},"phases":{"install":{"runtime-versions":)"
            R"({"nodejs":"20"}},"build":{"commands":["cd \"$CODEBUILD_SRC_DIR_Source/)"
            R"(amzconnect-lambdas\"","echo '== unit tests'","npm test",)"
            R"("echo '== integration tests'","npm run try",)"
            R"("echo 'no coverage tests: none in test.json'"]}}})");
}

}  // namespace
}  // namespace trunkline::stacks
