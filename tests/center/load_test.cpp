#include "center/load.h"

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/text.h"
#include "tests/center/monorepo.h"

namespace trunkline::center {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

TEST(LoadCenter, ReadsTheEnvironmentsInTheirOrder) {
  const Center center = Monorepo()
                            .With(kAccountVars, R"({"accounts": [
      {"env": "dev", "branch": "develop", "enabled": true, "account": "111111111111",
       "region": ["us-east-1", "us-west-2"], "app": "ACME"},
      {"env": "prod", "branch": "release/main", "enabled": false, "account": "XXXXXXXXXXXX",
       "region": ["eu-central-1"], "app": "ACME"}]})")
                            .LoadGood();

  ASSERT_THAT(center.environments, SizeIs(2));
  EXPECT_EQ(*center.environments[0].name, "dev");
  EXPECT_EQ(*center.environments[0].regions[1], "us-west-2");
  EXPECT_EQ(*center.environments[1].branch, "release/main");
  EXPECT_FALSE(center.environments[1].enabled);
}

TEST(LoadCenter, ShiftsCallersAsTheFunctionSaysElseAsTheEnvironmentHasIt) {
  constexpr std::string_view kFunction =
      R"({"runtime": "python3.12", "handler": "app.main", "code": "src"SHIFT})";
  const auto with = [&](std::string_view shift) {
    return Replace(std::string(kFunction), "SHIFT", shift);
  };
  const Center center =
      Monorepo()
          .With("trunkline.json", R"({"deploymentPreference": {"dev": {"type":
              "Linear10PercentEvery2Minutes", "alarms": ["errors"]}}})")
          .With(std::string(kFunctions) + "plain/function.json", with(""))
          .With(std::string(kFunctions) + "plain/src/app.py", "pass")
          .With(std::string(kFunctions) + "own/function.json",
                with(R"(, "deploymentPreference": {"percent": 25, "minutes": 1.5})"))
          .With(std::string(kFunctions) + "own/src/app.py", "pass")
          .LoadGood();
  const Environment& dev = center.environments[0];

  ASSERT_THAT(center.functions, SizeIs(2));
  const Shift own = ShiftOf(center, dev, center.functions[0]);
  const Shift plain = ShiftOf(center, dev, center.functions[1]);
  EXPECT_EQ(InWords(own), "25 % for 1 min 30 s, then all");
  EXPECT_EQ(InWords(plain), "10 % more every 2 min for 18 min, then all");
  EXPECT_THAT(plain.Steps(), ElementsAre(10, 20, 30, 40, 50, 60, 70, 80, 90));
  EXPECT_EQ(*plain.alarms.front(), "errors");
  EXPECT_EQ(LongestShift(center, dev), Milliseconds(18 * 60 * 1000));
}

TEST(LoadCenter, GivesAllCallersTheNewVersionAtOnceUnlessToldOtherwise) {
  const Center center = Monorepo().LoadGood();

  const Shift shift = ShiftOf(center, center.environments[0], Function());

  EXPECT_TRUE(shift.AtOnce());
  EXPECT_EQ(InWords(shift), "all at once");
  EXPECT_EQ(shift.Duration(), Milliseconds(0));
}

TEST(LoadCenter, KeepsThePlacesOfWhatWasWritten) {
  const Center center = Monorepo().LoadGood();

  const Place& place = center.environments[0].account.place;

  EXPECT_EQ(place.file, "repo/amzconnect-devops-pipelines/env/accountvars.json");
  EXPECT_EQ(place.line, 2U);
  EXPECT_EQ(place.column, 67U);
  EXPECT_EQ(place.length, 14U);
}

TEST(LoadCenter, ReadsTheToolingAccountAndTheProjectsOwnFiles) {
  const Center center =
      Monorepo()
          .With(kDevops, R"({"env": "devops", "account": "999999999999", "region": "us-east-1",
              "codestarArn": "arn:aws:codestar-connections:us-east-1:999999999999:connection/abc",
              "repo": "contact-center", "owner": "acme", "email": "ops@example.com"})")
          .With("amzconnect-instance/env/devops.json",
                R"({"account": "999999999999", "region": "us-east-1"})")
          .With("amzconnect-lambdas/devops.json",
                R"({"account": "999999999999", "region": "us-west-2"})")
          .LoadGood();

  ASSERT_TRUE(center.tooling);
  EXPECT_EQ(*center.tooling->repo, "contact-center");
  ASSERT_THAT(center.project_tooling, SizeIs(2));
  EXPECT_EQ(center.project_tooling[0].project, "instance");
  EXPECT_EQ(*center.project_tooling[1].region, "us-west-2");
}

TEST(LoadCenter, TakesTheTwoFieldsOfTheWorkshopsReadme) {
  const Loaded loaded = Monorepo()
                            .With(kConfiguration, R"({
  "instanceAlias": "MyAlias",
  "instanceStorageBucketName": "Connect-Bucket",
}
)")
                            .Load();

  ASSERT_TRUE(loaded.center);
  EXPECT_EQ(*loaded.center->instance->identity_management, "CONNECT_MANAGED");
  EXPECT_THAT(loaded.center->instance->storage, IsEmpty());
  ASSERT_THAT(loaded.findings, SizeIs(1));
  EXPECT_EQ(loaded.findings[0].severity, Severity::kWarning);
}

TEST(LoadCenter, NamesInstanceAndBucketInLowerCase) {
  const Center center = Monorepo()
                            .With(kConfiguration, R"({"instanceAlias": "MyAlias",
                                "instanceStorageBucketName": "Connect-Bucket"})")
                            .LoadGood();

  EXPECT_EQ(InstanceName(center, center.environments[0], "us-east-1"), "myalias-dev-us-east-1");
  EXPECT_EQ(BucketName(center, center.environments[0], "us-east-1"),
            "connect-bucket-dev-us-east-1");
}

TEST(LoadCenter, ReadsQueuesFromTheInstanceAndFromTheirFolder) {
  const Center center =
      Monorepo()
          .With(kConfiguration, R"({"instanceAlias": "a", "instanceStorageBucketName": "bucket",
              "queuesToAdd": [{"Name": "Sales", "Description": "Sells"}]})")
          .With(std::string(kAdmin) + "hours/office.json",
                R"({"Name": "Office", "TimeZone": "Europe/Berlin", "Config": [{"Day": "MONDAY",
                    "StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 17, "Minutes": 30}}]})")
          .With(std::string(kAdmin) + "queues/finance.json",
                R"({"Name": "Finance", "HoursOfOperation": "Office", "MaxContacts": 5,
                    "Tags": {"team": "money"}})")
          .LoadGood();

  ASSERT_THAT(center.queues, SizeIs(2));
  EXPECT_EQ(*center.queues[0].hours, "Basic Hours");
  EXPECT_EQ(*center.queues[1].hours, "Office");
  EXPECT_EQ(center.queues[1].max_contacts, 5);
  EXPECT_THAT(center.queues[1].tags, ElementsAre(Pair("team", "money")));
  ASSERT_THAT(center.hours, SizeIs(1));
  EXPECT_EQ(center.hours[0].config[0].end_minutes, 30);
}

TEST(LoadCenter, ReadsAPromptWithTheAudioBesideIt) {
  const Center center =
      Monorepo()
          .With(std::string(kAdmin) + "prompts/welcome.json", R"({"Name": "Welcome"})")
          .With(std::string(kAdmin) + "prompts/welcome.wav", std::string("RIFF\0\0\0\0WAVE", 12))
          .LoadGood();

  ASSERT_THAT(center.prompts, SizeIs(1));
  EXPECT_EQ(center.prompts[0].file, "repo/amzconnect-admin-objects/prompts/welcome.wav");
  EXPECT_THAT(center.prompts[0].audio, SizeIs(12));
}

TEST(LoadCenter, ReadsFlowsOfTheWorkshopsFormat) {
  const Center center =
      Monorepo()
          .With(std::string(kFlows) + "main.json", WrappedFlow("ACME_Main"))
          .With(std::string(kFlows) + "transfer.json", WrappedFlow("Transfer", "QUEUE_TRANSFER"))
          .LoadGood();

  ASSERT_THAT(center.flows, SizeIs(2));
  EXPECT_EQ(*center.flows[0].name, "ACME_Main");
  EXPECT_EQ(center.flows[0].name.place.column, 10U);
  EXPECT_EQ(center.flows[1].type, "QUEUE_TRANSFER");
}

TEST(LoadCenter, ReadsAFunctionWithItsCode) {
  const Center center =
      Monorepo()
          .With(std::string(kFunctions) + "lookup/function.json", R"({
            "runtime": "nodejs20.x", "handler": "index.handler", "code": "src", "timeout": 7,
            "environment": {"QUEUE": "${queue:BasicQueue}"},
            "permissions": ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
              {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["*"]}]})")
          .With(std::string(kFunctions) + "lookup/src/index.js", "exports.handler = 1;")
          .With(std::string(kFunctions) + "lookup/src/lib/text.js", "")
          .LoadGood();

  ASSERT_THAT(center.functions, SizeIs(1));
  const Function& function = center.functions[0];
  EXPECT_EQ(*function.name, "lookup");
  EXPECT_EQ(function.timeout_seconds, 7);
  EXPECT_EQ(function.memory_mb, 128);
  EXPECT_TRUE(function.connect);
  ASSERT_THAT(function.code, SizeIs(2));
  EXPECT_EQ(function.code[1].path, "lib/text.js");
  EXPECT_EQ(*function.environment[0].second, "${queue:BasicQueue}");
  EXPECT_THAT(function.managed_policies, SizeIs(1));
  EXPECT_THAT(function.statements, SizeIs(1));
}

TEST(LoadCenter, SaysThatAFoldersCdkFunctionsAreNotDelivered) {
  const Loaded loaded =
      Monorepo()
          .With("amzconnect-lambdas/cdk.json", "{}")
          .With("amzconnect-lambdas/lib/lambda-stack/lambdas/x/index.ts", "export {}")
          .Load();

  ASSERT_TRUE(loaded.center);
  ASSERT_THAT(loaded.findings, SizeIs(1));
  EXPECT_EQ(loaded.findings[0].severity, Severity::kNote);
  EXPECT_THAT(loaded.findings[0].message, HasSubstr("Trunkline's own mapping function is"));
}

TEST(LoadCenter, ListsUsersTemplates) {
  const Center center = Monorepo()
                            .With("amzconnect-supporting-infra/tables.template.json", "{}")
                            .With("amzconnect-lambdas/cdk.out/App.template.yaml", "")
                            .With("amzconnect-lambdas/node_modules/x/other.template.json", "{}")
                            .LoadGood();

  ASSERT_THAT(center.templates, SizeIs(2));
  EXPECT_EQ(center.templates[0].project, "supporting-infra");
  EXPECT_EQ(center.templates[1].file, "repo/amzconnect-lambdas/cdk.out/App.template.yaml");
}

TEST(LoadCenter, ReadsSettings) {
  const Center center = Monorepo()
                            .With("trunkline.json", R"({
      // comments are fine
      "linkMode": "attribute", "lint": {"TL-L501": "off"}, "approvals": ["dev"],
      "quotas": {"connect:CreateQueue": {"rate": 5, "burst": 10}}, "regionConcurrency": 2})")
                            .LoadGood();

  EXPECT_EQ(center.settings.link_mode, LinkMode::kAttribute);
  EXPECT_EQ(center.settings.lint.levels.at("TL-L501"), flow::LintLevel::kOff);
  EXPECT_EQ(*center.settings.approvals[0], "dev");
  EXPECT_EQ(center.settings.quotas[0].rate, 5);
  EXPECT_EQ(center.settings.region_concurrency, 2);
}

TEST(LoadCenter, WaitsForAPersonBeforeProdUnlessToldOtherwise) {
  const Center center = Monorepo().LoadGood();

  ASSERT_THAT(center.settings.approvals, SizeIs(1));
  EXPECT_EQ(*center.settings.approvals[0], "prod");
}

TEST(LoadCenter, SaysThatAFolderIsNotThere) {
  const Loaded loaded = LoadCenter(MemoryFiles(), "acme/");

  EXPECT_FALSE(loaded.center);
  EXPECT_EQ(ToText(loaded.findings), "acme: error: this folder does not exist [TL-C001]\n");
}

TEST(LoadCenter, SaysThatAFolderIsNoMonorepo) {
  const Loaded loaded = LoadCenter(MemoryFiles({{"README.md", ""}}), ".");

  EXPECT_FALSE(loaded.center);
  EXPECT_EQ(
      ToText(loaded.findings),
      "amzconnect-devops-pipelines/env/accountvars.json: error: this file is missing, it names "
      "the environments [TL-C001]\n"
      "     'trunkline init' writes a monorepo to start from\n");
}

TEST(SelectEnvironment, SuggestsTheNearestName) {
  const Center center = Monorepo().LoadGood();

  const auto selected = SelectEnvironment(center, "dve");

  ASSERT_FALSE(selected.ok());
  EXPECT_EQ(selected.error().message(),
            "environment 'dve' is not declared in accountvars.json, did you mean 'dev'?");
}

TEST(SelectEnvironment, ListsWhatThereIs) {
  const Center center = Monorepo().LoadGood();

  const auto selected = SelectEnvironment(center, "production");

  ASSERT_FALSE(selected.ok());
  EXPECT_EQ(selected.error().message(),
            "environment 'production' is not declared in accountvars.json, which has dev");
}

TEST(SelectRegions, RefusesARegionOfNoUse) {
  const Center center = Monorepo().LoadGood();

  const auto selected = SelectRegions(center.environments[0], "eu-west-1");

  ASSERT_FALSE(selected.ok());
  EXPECT_EQ(selected.error().message(),
            "environment 'dev' is not delivered to Region 'eu-west-1', only to us-east-1");
}

}  // namespace
}  // namespace trunkline::center
