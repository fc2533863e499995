// Build batches.
#include "tests/cloud/codebuild/codebuild_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class CodebuildBatches : public CodebuildTest {
 protected:
  void MakeBatchProject(std::string_view buildspec) {
    json::Object input = ProjectInput(buildspec);
    input.Set("buildBatchConfig", json::Object{{"serviceRole", RoleArn()}});
    DoBuild("CreateProject", input);
  }
  std::string StartBatch() {
    const json::Object answer = DoBuild("StartBuildBatch", {{"projectName", "demo"}});
    return std::string(answer.GetObject("buildBatch").GetString("id"));
  }
  json::Object ShowBatch(const std::string& id) {
    const json::Object answer = DoBuild("BatchGetBuildBatches", {{"ids", json::Array{id}}});
    return answer.GetArray("buildBatches").at(0).AsObject();
  }
  json::Object WaitForBatch(const std::string& id) {
    Until([&] { return ShowBatch(id).GetBool("complete"); });
    return ShowBatch(id);
  }
  static std::vector<std::string> Groups(const json::Object& batch) {
    std::vector<std::string> groups;
    for (const json::Value& value : batch.GetArray("buildGroups")) {
      const json::Object& group = value.AsObject();
      groups.push_back(
          std::string(group.GetString("identifier")) + " " +
          std::string(group.GetObject("currentBuildSummary").GetString("buildStatus", "none")));
    }
    return groups;
  }
};

constexpr std::string_view kGraph =
    "version: 0.2\n"
    "batch:\n"
    "  build-graph:\n"
    "    - {identifier: first, env: {variables: {NAME: one}}}\n"
    "    - {identifier: second, depend-on: [first], ignore-failure: true}\n"
    "phases: {build: {commands: ['test \"$NAME\" = one']}}\n";

TEST_F(CodebuildBatches, RunBuildsInTheOrderOfTheirDependencies) {
  MakeBatchProject(kGraph);

  const json::Object batch = WaitForBatch(StartBatch());

  EXPECT_EQ(batch.GetString("buildBatchStatus"), "SUCCEEDED");
  EXPECT_THAT(Groups(batch), ElementsAre("first SUCCEEDED", "second FAILED"));
}

TEST_F(CodebuildBatches, GoOnAfterARestart) {
  MakeBatchProject(kGraph);
  const std::string id = StartBatch();
  Until([&] { return ShowBatch(id).GetString("currentPhase") == "IN_PROGRESS"; });

  Restart();

  EXPECT_THAT(WaitForBatch(id).GetArray("buildGroups"), ::testing::SizeIs(2));
}

TEST_F(CodebuildBatches, FailWithABuildAndLeaveOutWhatDependsOnIt) {
  MakeBatchProject(
      "version: 0.2\n"
      "batch:\n"
      "  build-graph:\n"
      "    - {identifier: first}\n"
      "    - {identifier: second, depend-on: [first]}\n"
      "phases: {build: {commands: ['false']}}\n");

  const json::Object batch = WaitForBatch(StartBatch());

  EXPECT_EQ(batch.GetString("buildBatchStatus"), "FAILED");
  EXPECT_THAT(Groups(batch), ElementsAre("first FAILED", "second none"));
  const json::Object retried =
      DoBuild("RetryBuildBatch", {{"id", batch.At("id")}, {"retryType", "RETRY_FAILED_BUILDS"}});
  EXPECT_EQ(retried.GetObject("buildBatch").GetString("buildBatchStatus"), "IN_PROGRESS");
  const json::Object again = WaitForBatch(std::string(batch.GetString("id")));
  EXPECT_EQ(again.GetArray("buildGroups")[0].AsObject().GetArray("priorBuildSummaryList").size(),
            1U);
}

TEST_F(CodebuildBatches, RunEveryCombinationOfAMatrix) {
  MakeBatchProject(
      "version: 0.2\n"
      "batch:\n"
      "  build-matrix:\n"
      "    static: {env: {variables: {A: '0'}}}\n"
      "    dynamic: {env: {variables: {X: [a, b], Y: ['1', '2']}}}\n"
      "phases: {build: {commands: ['echo $A$X$Y']}}\n");

  const json::Object batch = WaitForBatch(StartBatch());

  std::vector<std::string> lines;
  for (const json::Value& group : batch.GetArray("buildGroups")) {
    const json::Object& summary = group.AsObject().GetObject("currentBuildSummary");
    for (std::string& line : Output(Show(std::string(summary.GetString("arn")))))
      lines.push_back(std::move(line));
  }
  EXPECT_THAT(lines, UnorderedElementsAre("0a1", "0a2", "0b1", "0b2"));
}

TEST_F(CodebuildBatches, SayWhatIsWrongInTheirBuildspec) {
  MakeBatchProject(
      "version: 0.2\n"
      "batch: {build-graph: [{identifier: a, depend-on: [b]}, {identifier: b, depend-on: [a]}]}\n");

  const json::Object batch = WaitForBatch(StartBatch());

  EXPECT_EQ(batch.GetString("buildBatchStatus"), "FAILED");
  EXPECT_THAT(Context(batch, "DOWNLOAD_BATCHSPEC"), HasSubstr("depend on each other in a circle"));
}

TEST_F(CodebuildBatches, StopWithAllTheirBuilds) {
  MakeBatchProject(
      "version: 0.2\n"
      "batch: {build-list: [{identifier: a}, {identifier: b}]}\n"
      "phases: {build: {commands: ['sleep 300']}}\n");
  const std::string id = StartBatch();
  Until([&] { return DoBuild("ListBuilds").GetArray("ids").size() == 2; });

  DoBuild("StopBuildBatch", {{"id", id}});

  EXPECT_EQ(ShowBatch(id).GetString("buildBatchStatus"), "STOPPED");
  const json::Object ids = DoBuild("ListBuilds");
  for (const json::Value& build : ids.GetArray("ids"))
    EXPECT_EQ(Show(build.AsString()).GetString("buildStatus"), "STOPPED");
  EXPECT_EQ(DoBuild("DeleteBuildBatch", {{"id", id}}).GetArray("buildsDeleted").size(), 2U);
}

TEST_F(CodebuildBatches, NeedARoleForBatches) {
  DoBuild("CreateProject", ProjectInput());

  EXPECT_THAT(AskBuild("StartBuildBatch", {{"projectName", "demo"}}),
              Fails(400, "InvalidInputException", HasSubstr("service role")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
