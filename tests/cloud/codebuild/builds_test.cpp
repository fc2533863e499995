// Builds: each runs real processes.
#include <filesystem>

#include "base/files.h"
#include "base/text.h"
#include "cloud/services/codebuild/running_builds.h"
#include "tests/cloud/codebuild/codebuild_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CodebuildBuilds : public CodebuildTest {
 protected:
  std::vector<std::string> Phases(const json::Object& build) {
    std::vector<std::string> names;
    for (const json::Value& value : build.GetArray("phases")) {
      const json::Object& phase = value.AsObject();
      std::string status(phase.GetString("phaseStatus"));
      names.push_back(std::string(phase.GetString("phaseType")) +
                      (status == "SUCCEEDED" || status.empty() ? "" : " " + status));
    }
    return names;
  }
  // Whether a process started by a build is still there: it wrote its number into a file.
  bool Lives(const std::string& file) {
    const auto number = DiskFiles().Read(file);
    if (!number) return false;
    const std::string process = "/proc/" + number->substr(0, number->find('\n'));
    // One that has ended and was not waited for has no command line.
    const auto line = DiskFiles().Read(process + "/cmdline");
    return line && !line->empty();
  }
  bool FoldersAreGone() {
    const std::string folder = data_folder() + "/codebuild/builds";
    return !std::filesystem::exists(folder) || std::filesystem::is_empty(folder);
  }
};

TEST_F(CodebuildBuilds, RunTheirCommands) {
  MakeProject(Commands({"echo hello", "echo world >&2"}));

  const json::Object build = Build();

  EXPECT_EQ(build.GetString("buildStatus"), "SUCCEEDED");
  EXPECT_THAT(Output(build), ElementsAre("hello", "world"));
  EXPECT_THAT(Phases(build), ElementsAre("SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE",
                                         "INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD",
                                         "UPLOAD_ARTIFACTS", "FINALIZING", "COMPLETED"));
  Until([&] { return FoldersAreGone(); });
}

TEST_F(CodebuildBuilds, KeepTheirFolderAndVariablesFromCommandToCommand) {
  MakeProject(
      "version: 0.2\n"
      "phases:\n"
      "  install:\n"
      "    commands: [mkdir deep, cd deep, export KEPT=1, PLAIN=2, unset GONE]\n"
      "  build:\n"
      "    commands: ['basename $(pwd)', 'echo $KEPT $PLAIN ${GONE-gone}']\n"
      "env:\n"
      "  variables: {GONE: there}\n");

  EXPECT_THAT(Output(Build()), ElementsAre("deep", "1 2 gone"));
}

TEST_F(CodebuildBuilds, FailWithTheCommandThatFailed) {
  MakeProject(Commands({"echo before", "exit 3", "echo after"}));

  const json::Object build = Build();

  EXPECT_EQ(build.GetString("buildStatus"), "FAILED");
  EXPECT_EQ(
      Context(build, "BUILD"),
      "COMMAND_EXECUTION_ERROR: Error while executing command: exit 3. Reason: exit status 3");
  EXPECT_THAT(Output(build), ElementsAre("before"));
}

TEST_F(CodebuildBuilds, DoPostBuildAlsoAfterABuildThatFailed) {
  MakeProject(
      "version: 0.2\n"
      "phases:\n"
      "  build: {commands: ['false'], finally: ['echo finally']}\n"
      "  post_build: {commands: ['echo succeeding $CODEBUILD_BUILD_SUCCEEDING']}\n");

  const json::Object build = Build();

  EXPECT_THAT(Output(build), ElementsAre("finally", "succeeding 0"));
  EXPECT_THAT(Phases(build), Contains("BUILD FAILED"));
  EXPECT_THAT(Phases(build), Contains("UPLOAD_ARTIFACTS"));
  EXPECT_EQ(build.GetString("buildStatus"), "FAILED");
}

TEST_F(CodebuildBuilds, EndWhenInstallFailsUnlessTheyAreToContinue) {
  const std::string_view spec =
      "version: 0.2\n"
      "phases:\n"
      "  install: {commands: ['false']}\n"
      "  build: {commands: ['echo built']}\n";
  MakeProject(spec);
  EXPECT_THAT(Output(Build()), IsEmpty());

  const std::string continued =
      Replace(spec, "{commands: ['false']}", "{on-failure: CONTINUE, commands: ['false']}");
  EXPECT_THAT(Output(Build({{"buildspecOverride", continued}})), ElementsAre("built"));
}

TEST_F(CodebuildBuilds, SeeTheServicesVariablesAndNothingOfTheUsers) {
  MakeProject(Commands({"echo $CODEBUILD_BUILD_ID $CODEBUILD_BUILD_NUMBER $AWS_REGION",
                        "echo $CODEBUILD_INITIATOR $CODEBUILD_BUILD_IMAGE",
                        "test -n \"$AWS_SESSION_TOKEN\" && test -d \"$HOME\" && echo set",
                        "env | grep -c TRUNKLINE || true"}));

  const json::Object build = Build();

  EXPECT_THAT(Output(build), ElementsAre(std::string(build.GetString("id")) + " 1 eu-central-1",
                                         "root aws/codebuild/standard:7.0", "set", "0"));
}

TEST_F(CodebuildBuilds, PreferTheCallsVariablesToTheProjectsToTheBuildspecs) {
  json::Object input = ProjectInput(
      "version: 0.2\n"
      "env: {variables: {A: spec, B: spec, C: spec}}\n"
      "phases: {build: {commands: ['echo $A $B $C']}}\n");
  const auto variable = [](std::string_view name, std::string_view value) {
    return json::Object{{"name", name}, {"value", value}};
  };
  input["environment"].AsObject().Set(
      "environmentVariables", json::Array{variable("B", "project"), variable("C", "project")});
  DoBuild("CreateProject", input);

  const json::Object build =
      Build({{"environmentVariablesOverride", json::Array{variable("C", "call")}}});

  EXPECT_THAT(Output(build), ElementsAre("spec project call"));
}

TEST_F(CodebuildBuilds, ShowSecretsAsStars) {
  Do("ssm", "PutParameter", {{"Name", "/s"}, {"Type", "SecureString"}, {"Value", "hush-hush"}});
  MakeProject(
      "version: 0.2\n"
      "env: {parameter-store: {SECRET: /s}, exported-variables: [RESULT]}\n"
      "phases: {build: {commands: ['echo \"[$SECRET]\"', 'export RESULT=${#SECRET}']}}\n");

  const json::Object build = Build();

  EXPECT_THAT(Output(build), ElementsAre("[***]"));
  const json::Array& exported = build.GetArray("exportedEnvironmentVariables");
  ASSERT_EQ(exported.size(), 1U);
  EXPECT_EQ(exported[0].AsObject().GetString("value"), "9");
}

TEST_F(CodebuildBuilds, FailWhereAParameterIsMissing) {
  MakeProject(
      "version: 0.2\n"
      "env: {parameter-store: {SECRET: /none}}\n"
      "phases: {build: {commands: ['true']}}\n");

  EXPECT_EQ(Context(Build(), "DOWNLOAD_SOURCE"),
            "Decrypted Variables Error: parameter does not exist: /none");
}

TEST_F(CodebuildBuilds, SayWhereABuildspecIsWrong) {
  MakeProject("version: 0.2\nphases:\n  build:\n    commands:\n      - echo Hello: world\n");

  const json::Object build = Build();

  EXPECT_EQ(Context(build, "DOWNLOAD_SOURCE"),
            "YAML_FILE_ERROR: Expected Commands[0] to be of string type: found subkeys instead at "
            "line 5, value of the key tag on line 4 might be empty");
  EXPECT_EQ(build.GetString("buildStatus"), "FAILED");
}

TEST_F(CodebuildBuilds, EndWithAllTheirProcessesWhenStopped) {
  const std::string file = data_folder() + "/process";
  MakeProject(Commands({"sleep 300 & echo $! > " + file, "echo waits", "sleep 300"}));
  const std::string id = Start();
  Until([&] { return !Show(id).GetObject("logs").GetString("groupName").empty(); });
  Until([&] { return !Output(Show(id)).empty(); });
  ASSERT_TRUE(Lives(file));

  const json::Object answer = DoBuild("StopBuild", {{"id", id}});

  EXPECT_EQ(answer.GetObject("build").GetString("buildStatus"), "STOPPED");
  EXPECT_EQ(Phase(Show(id), "BUILD").GetString("phaseStatus"), "STOPPED");
  Until([&] { return !Lives(file) && FoldersAreGone(); });
  EXPECT_EQ(DoBuild("StopBuild", {{"id", id}}).GetObject("build").GetString("buildStatus"),
            "STOPPED");
}

TEST_F(CodebuildBuilds, TimeOut) {
  MakeProject(Commands({"sleep 300"}));
  const std::string id = Start({{"timeoutInMinutesOverride", 5}});
  WaitForPhase(id, "BUILD");

  Advance(std::chrono::minutes(6));

  const json::Object build = Wait(id);
  EXPECT_EQ(build.GetString("buildStatus"), "TIMED_OUT");
  EXPECT_EQ(Context(build, "BUILD"), "BUILD_TIMED_OUT: Build has timed out. ");
}

TEST_F(CodebuildBuilds, EndAsAFaultWhenTheCloudWasRestarted) {
  MakeProject(Commands({"sleep 300"}));
  const std::string id = Start();
  WaitForPhase(id, "BUILD");

  Restart();

  const json::Object build = Wait(id);
  EXPECT_EQ(build.GetString("buildStatus"), "FAULT");
  EXPECT_THAT(Context(build, "BUILD"), HasSubstr("restarted"));
  EXPECT_TRUE(FoldersAreGone());
}

TEST_F(CodebuildBuilds, ThatWereQueuedRunAfterARestart) {
  MakeProject(Commands({"echo ran"}));
  const std::string id = Start();

  Restart();

  EXPECT_THAT(Output(Wait(id)), ElementsAre("ran"));
}

TEST_F(CodebuildBuilds, AreLimitedByTheirProject) {
  json::Object input = ProjectInput(Commands({"sleep 300"}));
  input.Set("concurrentBuildLimit", 1);
  DoBuild("CreateProject", input);
  const std::string id = Start();

  EXPECT_THAT(AskBuild("StartBuild", {{"projectName", "demo"}}),
              Fails(400, "AccountLimitExceededException", HasSubstr("more than 1 active builds")));
  DoBuild("StopBuild", {{"id", id}});
  EXPECT_THAT(AskBuild("StartBuild", {{"projectName", "demo"}}), Succeeds());
}

TEST_F(CodebuildBuilds, WaitInTheQueueWhileAsManyRunAsMay) {
  auto& running = engine().Get<codebuild::RunningBuilds>();
  std::vector<std::shared_ptr<codebuild::BuildControl>> others;
  while (auto control = running.Enter("other:" + std::to_string(others.size())))
    others.push_back(std::move(control));
  MakeProject(Commands({"echo ran"}));
  const std::string waits = Start();
  const std::string too_long = Start({{"queuedTimeoutInMinutesOverride", 5}});

  Advance(std::chrono::minutes(6));

  EXPECT_EQ(Show(waits).GetString("currentPhase"), "QUEUED");
  EXPECT_EQ(Show(too_long).GetString("buildStatus"), "TIMED_OUT");
  others.clear();
  EXPECT_THAT(Output(Wait(waits)), ElementsAre("ran"));
}

TEST_F(CodebuildBuilds, AreGoneWithEverythingElseAfterAReset) {
  const std::string file = data_folder() + "/process";
  MakeProject(
      Commands({"echo $$ > " + file + ".new; mv " + file + ".new " + file + "; sleep 300"}));
  const std::string id = Start();
  Until([&] { return Lives(file); });

  ASSERT_TRUE(cloud().Reset().ok());

  Until([&] { return !Lives(file) && FoldersAreGone(); });
  EXPECT_TRUE(Show(id).empty());
}

TEST_F(CodebuildBuilds, AreStartedOnceForOneToken) {
  MakeProject(Commands({"true"}));

  const std::string first = Start({{"idempotencyToken", "t"}});
  const std::string again = Start({{"idempotencyToken", "t"}});

  EXPECT_EQ(first, again);
  EXPECT_THAT(
      AskBuild("StartBuild",
               {{"projectName", "demo"}, {"idempotencyToken", "t"}, {"sourceVersion", "other"}}),
      Fails(400, "InvalidInputException", HasSubstr("mismatch")));
}

TEST_F(CodebuildBuilds, AreRetriedWithWhatTheyWereStartedWith) {
  MakeProject(Commands({"false"}));
  const std::string id = Start({{"buildspecOverride", Commands({"echo again"})}});
  Wait(id);

  const json::Object retried = DoBuild("RetryBuild", {{"id", id}}).GetObject("build");

  EXPECT_THAT(Output(Wait(std::string(retried.GetString("id")))), ElementsAre("again"));
  EXPECT_THAT(AskBuild("RetryBuild", {{"id", "demo:none"}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("demo:none")));
}

TEST_F(CodebuildBuilds, AreRetriedByThemselvesAsOftenAsTheProjectSays) {
  json::Object input = ProjectInput(Commands({"false"}));
  input.Set("autoRetryLimit", 1);
  DoBuild("CreateProject", input);

  const json::Object first = Build();

  const json::Object shown = Show(std::string(first.GetString("id")));
  const std::string next(shown.GetObject("autoRetryConfig").GetString("nextAutoRetry"));
  ASSERT_FALSE(next.empty());
  const json::Object second = Wait(next);
  EXPECT_EQ(second.GetObject("autoRetryConfig").GetInt("autoRetryNumber"), 1);
  EXPECT_EQ(second.GetObject("autoRetryConfig").GetString("previousAutoRetry"),
            shown.GetString("arn"));
  EXPECT_FALSE(Show(next).GetObject("autoRetryConfig").Has("nextAutoRetry"));
}

TEST_F(CodebuildBuilds, AreListedTheNewestFirst) {
  MakeProject(Commands({"true"}));
  const std::string first = Start();
  const std::string second = Start();

  const auto listed = [&](std::string_view operation, const json::Object& input) {
    std::vector<std::string> ids;
    const json::Object answer = DoBuild(operation, input);
    for (const json::Value& id : answer.GetArray("ids")) ids.push_back(id.AsString());
    return ids;
  };

  EXPECT_THAT(listed("ListBuilds", {}), ElementsAre(second, first));
  EXPECT_THAT(listed("ListBuildsForProject", {{"projectName", "demo"}, {"sortOrder", "ASCENDING"}}),
              ElementsAre(first, second));
  EXPECT_THAT(AskBuild("ListBuildsForProject", {{"projectName", "nope"}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("nope")));
}

TEST_F(CodebuildBuilds, AreDeletedWhenTheyHaveEnded) {
  MakeProject(Commands({"true"}));
  const std::string done(Build().GetString("id"));
  const std::string queued = Start();

  const json::Object answer =
      DoBuild("BatchDeleteBuilds", {{"ids", json::Array{done, queued, "demo:none"}}});

  EXPECT_EQ(answer.GetArray("buildsDeleted").size(), 1U);
  EXPECT_EQ(answer.GetArray("buildsNotDeleted").size(), 2U);
  EXPECT_TRUE(Show(done).empty());
}

TEST_F(CodebuildBuilds, RunInTheShellTheBuildspecNames) {
  MakeProject(
      "version: 0.2\n"
      "env: {shell: bash}\n"
      "phases: {build: {commands: ['f() { echo in a function; }', 'f', 'echo "
      "${BASH_VERSION:+bash}']}}\n");

  EXPECT_THAT(Output(Build()), ElementsAre("in a function", "bash"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
