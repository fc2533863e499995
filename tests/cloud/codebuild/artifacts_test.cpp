// What builds take and leave: sources, artifacts, caches, logs, reports.
#include "base/hash.h"
#include "base/zip.h"
#include "tests/cloud/codebuild/codebuild_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CodebuildArtifacts : public CodebuildTest {
 protected:
  void MakeWithArtifacts(const std::string& buildspec, json::Object artifacts) {
    json::Object input = ProjectInput(buildspec);
    artifacts.Set("type", "S3");
    artifacts.Set("location", "artifacts");
    input.Set("artifacts", std::move(artifacts));
    DoBuild("CreateProject", input);
  }
  std::vector<std::string> ZipNames(std::string_view key) {
    std::vector<std::string> names;
    const auto entries = ReadZip(ReadObject(key));
    for (const ZipEntry& entry : *entries) names.push_back(entry.name);
    return names;
  }
  static std::string Zip(std::vector<ZipEntry> entries) { return *WriteZip(std::move(entries)); }
};

constexpr std::string_view kMakesFiles =
    "version: 0.2\n"
    "phases: {build: {commands: ['mkdir -p out/deep; echo a > out/a.txt; echo b > out/deep/b.txt; "
    "echo n > out/note.md']}}\n";

TEST_F(CodebuildArtifacts, AreFilesBelowTheNameOfTheArtifact) {
  MakeWithArtifacts(
      std::string(kMakesFiles) + "artifacts: {files: ['**/*.txt'], base-directory: out}\n",
      {{"path", "releases"}, {"name", "site"}});

  const json::Object build = Build();

  EXPECT_EQ(build.GetString("buildStatus"), "SUCCEEDED");
  EXPECT_THAT(Keys(), ElementsAre("releases/site/a.txt", "releases/site/deep/b.txt"));
  EXPECT_EQ(ReadObject("releases/site/a.txt"), "a\n");
  EXPECT_EQ(build.GetObject("artifacts").GetString("location"),
            "arn:aws:s3:::artifacts/releases/site");
}

TEST_F(CodebuildArtifacts, AreOneZipOfThatName) {
  MakeWithArtifacts(
      std::string(kMakesFiles) +
          "artifacts: {files: ['**/*'], base-directory: 'o*', exclude-paths: '*.md', "
          "discard-paths: yes, name: 'n-$(echo 1)'}\n",
      {{"packaging", "ZIP"}, {"overrideArtifactName", true}, {"namespaceType", "BUILD_ID"}});

  const json::Object build = Build();

  const std::string id(build.GetString("id"));
  const std::string key = id.substr(id.find(':') + 1) + "/n-1";
  EXPECT_THAT(ZipNames(key), ElementsAre("a.txt", "b.txt"));
  EXPECT_EQ(build.GetObject("artifacts").GetString("sha256sum"), ToHex(Sha256(ReadObject(key))));
}

TEST_F(CodebuildArtifacts, ThatAreMissingFailTheBuild) {
  MakeWithArtifacts(std::string(kMakesFiles) + "artifacts: {files: ['none/*']}\n", {});

  const json::Object build = Build();

  EXPECT_EQ(build.GetString("buildStatus"), "FAILED");
  EXPECT_EQ(Context(build, "UPLOAD_ARTIFACTS"), "CLIENT_ERROR: no matching artifact paths found");
}

TEST_F(CodebuildArtifacts, OfAPipelineComeAndGoByOverrides) {
  json::Object input = ProjectInput();
  input.Set("source", json::Object{{"type", "CODEPIPELINE"}});
  input.Set("artifacts", json::Object{{"type", "CODEPIPELINE"}});
  DoBuild("CreateProject", input);
  EXPECT_THAT(AskBuild("StartBuild", {{"projectName", "demo"}}),
              Fails(400, "InvalidInputException", HasSubstr("CODEPIPELINE")));
  const std::string spec =
      "version: 0.2\n"
      "phases: {build: {commands: ['cat in.txt $CODEBUILD_SRC_DIR_more/two.txt > both.txt']}}\n"
      "artifacts:\n"
      "  files: [both.txt]\n"
      "  secondary-artifacts: {extra: {files: [in.txt]}}\n";
  PutObject("in.zip", Zip({{"in.txt", "one\n"}, {"buildspec.yml", spec}}));
  PutObject("more.zip", Zip({{"two.txt", "two\n"}}));
  const auto target = [](std::string_view name) {
    return json::Object{{"type", "S3"},
                        {"location", "artifacts"},
                        {"path", "pipe"},
                        {"name", name},
                        {"packaging", "ZIP"}};
  };
  json::Object extra = target("extra.zip");
  extra.Set("artifactIdentifier", "extra");
  json::Object more{
      {"type", "S3"}, {"location", "artifacts/more.zip"}, {"sourceIdentifier", "more"}};

  const json::Object build = Build({{"sourceTypeOverride", "S3"},
                                    {"sourceLocationOverride", "artifacts/in.zip"},
                                    {"secondarySourcesOverride", json::Array{std::move(more)}},
                                    {"artifactsOverride", target("out.zip")},
                                    {"secondaryArtifactsOverride", json::Array{std::move(extra)}}});

  ASSERT_EQ(build.GetString("buildStatus"), "SUCCEEDED");
  EXPECT_EQ(ReadZip(ReadObject("pipe/out.zip"))->front().bytes, "one\ntwo\n");
  EXPECT_THAT(ZipNames("pipe/extra.zip"), ElementsAre("in.txt"));
  EXPECT_EQ(build.GetArray("secondaryArtifacts")[0].AsObject().GetString("location"),
            "arn:aws:s3:::artifacts/pipe/extra.zip");
}

TEST_F(CodebuildArtifacts, ComeFromAFolderOfABucket) {
  PutObject("src/buildspec.yml", Commands({"cat deep/in.txt"}));
  PutObject("src/deep/in.txt", "in");
  json::Object input = ProjectInput();
  input.Set("source", json::Object{{"type", "S3"}, {"location", "artifacts/src/"}});
  DoBuild("CreateProject", input);

  EXPECT_THAT(Output(Build()), ElementsAre("in"));
}

TEST_F(CodebuildArtifacts, FromASourceThatIsNotThereAreAFailure) {
  json::Object input = ProjectInput();
  input.Set("source", json::Object{{"type", "S3"}, {"location", "artifacts/none.zip"}});
  DoBuild("CreateProject", input);

  EXPECT_THAT(Context(Build(), "DOWNLOAD_SOURCE"), HasSubstr("CLIENT_ERROR: "));
}

TEST_F(CodebuildArtifacts, AreLeftForTheNextBuildInACacheUntilItIsInvalidated) {
  json::Object input = ProjectInput(
      "version: 0.2\n"
      "phases: {build: {commands: ['cat kept/n ~/k || echo empty', 'mkdir -p kept', "
      "'echo 1 > kept/n', 'echo 2 > ~/k']}}\n"
      "cache: {paths: ['kept/**/*', '/root/k'], key: 'k-$(echo x | codebuild-hash-files)'}\n");
  input.Set("cache", json::Object{{"type", "S3"}, {"location", "artifacts/cache"}});
  DoBuild("CreateProject", input);

  EXPECT_THAT(Output(Build()), Contains("empty"));
  EXPECT_THAT(Output(Build()), ElementsAre("1", "2"));
  DoBuild("InvalidateProjectCache", {{"projectName", "demo"}});
  EXPECT_THAT(Output(Build()), Contains("empty"));
}

TEST_F(CodebuildArtifacts, AreLeftOnTheMachineToo) {
  json::Object input = ProjectInput(
      "version: 0.2\n"
      "phases: {build: {commands: ['cat n || echo empty', 'echo 1 > n']}}\n"
      "cache: {paths: [n]}\n");
  input.Set("cache", json::Object{{"type", "LOCAL"}, {"modes", json::Array{"LOCAL_CUSTOM_CACHE"}}});
  DoBuild("CreateProject", input);

  EXPECT_THAT(Output(Build()), Contains("empty"));
  EXPECT_THAT(Output(Build()), ElementsAre("1"));
}

TEST_F(CodebuildArtifacts, IncludeTheLogWhereItIsAskedFor) {
  json::Object input = ProjectInput(Commands({"echo hello"}));
  json::Object s3{{"status", "ENABLED"}, {"location", "artifacts/logs"}};
  json::Object none{{"status", "DISABLED"}};
  input.Set("logsConfig", json::Object{{"s3Logs", std::move(s3)}, {"cloudWatchLogs", none}});
  DoBuild("CreateProject", input);

  const std::string id(Build().GetString("id"));

  const std::string key = "logs/" + id.substr(id.find(':') + 1) + ".gz";
  EXPECT_THAT(Keys(), ElementsAre(key));
  EXPECT_EQ(ReadObject(key).substr(0, 2), "\x1f\x8b");
  EXPECT_FALSE(Ask("logs", "DescribeLogStreams", {{"logGroupName", "/aws/codebuild/demo"}}).ok());
}

TEST_F(CodebuildArtifacts, AreTestReportsToo) {
  MakeProject(
      "version: 0.2\n"
      "phases: {build: {commands: ['cp $CODEBUILD_SRC_DIR/x . ; echo \"<testsuite "
      "name=\\\"s\\\"><testcase "
      "classname=\\\"c\\\" name=\\\"good\\\" time=\\\"0.5\\\"/><testcase classname=\\\"c\\\" "
      "name=\\\"bad\\\"><failure "
      "message=\\\"no\\\"/></testcase></testsuite>\" > r.xml']}}\n"
      "reports: {unit: {files: ['*.xml']}}\n");

  const json::Object build = Build();

  ASSERT_EQ(build.GetArray("reportArns").size(), 1U);
  const std::string arn = build.GetArray("reportArns")[0].AsString();
  EXPECT_THAT(arn, HasSubstr(":report/demo-unit:"));
  const json::Object shown = DoBuild("BatchGetReports", {{"reportArns", json::Array{arn}}});
  const json::Object& report = shown.GetArray("reports")[0].AsObject();
  EXPECT_EQ(report.GetString("status"), "FAILED");
  EXPECT_EQ(report.GetObject("testSummary").GetInt("total"), 2);
  json::Object filter{{"status", "FAILED"}};
  const json::Object cases =
      DoBuild("DescribeTestCases", {{"reportArn", arn}, {"filter", std::move(filter)}});
  ASSERT_EQ(cases.GetArray("testCases").size(), 1U);
  EXPECT_EQ(cases.GetArray("testCases")[0].AsObject().GetString("message"), "no");
}

class CodebuildReportGroups : public CodebuildTest {
 protected:
  std::string Make(std::string_view name) {
    json::Object input{{"name", name},
                       {"type", "TEST"},
                       {"exportConfig", json::Object{{"exportConfigType", "NO_EXPORT"}}}};
    const json::Object answer = DoBuild("CreateReportGroup", input);
    return std::string(answer.GetObject("reportGroup").GetString("arn"));
  }
};

TEST_F(CodebuildReportGroups, AreMadeShownListedAndDeleted) {
  const std::string arn = Make("group");
  Restart();

  EXPECT_EQ(DoBuild("ListReportGroups").GetArray("reportGroups").size(), 1U);
  const json::Object shown =
      DoBuild("BatchGetReportGroups", {{"reportGroupArns", json::Array{arn, arn + "x"}}});
  EXPECT_EQ(shown.GetArray("reportGroups").size(), 1U);
  EXPECT_EQ(shown.GetArray("reportGroupsNotFound").size(), 1U);
  DoBuild("DeleteReportGroup", {{"arn", arn}});
  EXPECT_THAT(DoBuild("ListReportGroups").GetArray("reportGroups"), IsEmpty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
