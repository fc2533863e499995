// Reading buildspecs, file patterns and test results.
#include "cloud/services/codebuild/buildspec.h"

#include <gmock/gmock.h>

#include "cloud/services/codebuild/build_variables.h"
#include "cloud/services/codebuild/file_patterns.h"
#include "cloud/services/codebuild/retry.h"
#include "cloud/services/codebuild/test_results.h"

namespace trunkline::cloud::codebuild {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Buildspec, IsReadAsAWhole) {
  const auto spec = ReadBuildspec(
      "version: 0.2\n"
      "env:\n"
      "  shell: bash\n"
      "  variables: {A: 1, B: yes, C: }\n"
      "  git-credential-helper: yes\n"
      "phases:\n"
      "  install: {on-failure: RETRY-2-.*x.*, runtime-versions: {nodejs: 18}}\n"
      "  build: &b {commands: [one, 2]}\n"
      "  post_build: *b\n"
      "artifacts: {files: [a], discard-paths: no, exclude-paths: x}\n"
      "cache: {paths: [p], key: k}\n");

  ASSERT_TRUE(spec) << spec.error().ToText();
  EXPECT_THAT(spec->variables,
              ElementsAre(std::pair("A", "1"), std::pair("B", "yes"), std::pair("C", "")));
  EXPECT_TRUE(spec->git_credential_helper);
  EXPECT_THAT(spec->phases[2].commands, ElementsAre("one", "2"));
  EXPECT_THAT(spec->phases[3].commands, ElementsAre("one", "2"));
  EXPECT_THAT(spec->artifacts->exclude_paths, ElementsAre("x"));
  EXPECT_EQ(spec->cache.key, "k");
}

TEST(Buildspec, SaysWhatWasExpected) {
  const auto error = [](std::string_view text) { return ReadBuildspec(text).error().message(); };

  EXPECT_THAT(error("phases: {}"), HasSubstr("version"));
  EXPECT_THAT(error("version: 0.3"), HasSubstr("'0.3'"));
  EXPECT_THAT(error("version: 0.2"), HasSubstr("no phases"));
  EXPECT_THAT(error("version: 0.2\nphases: {biuld: {}}"), HasSubstr("Unknown phase 'biuld'"));
  EXPECT_THAT(error("version: 0.2\nphases: {build: {on-failure: MAYBE}}"), HasSubstr("'MAYBE'"));
  EXPECT_THAT(error("version: 0.2\n\tphases: {}"), HasSubstr("line 2"));
}

TEST(FilePatterns, MatchNamesAndFolders) {
  EXPECT_TRUE(MatchesPath("a/b/c.txt", "**/*"));
  EXPECT_TRUE(MatchesPath("c.txt", "**/*"));
  EXPECT_TRUE(MatchesPath("a/b/c.txt", "a/**/c.?xt"));
  EXPECT_TRUE(MatchesPath("a/c.txt", "./a/**/c.txt"));
  EXPECT_TRUE(MatchesPath(".git/config", "**/*"));
  EXPECT_FALSE(MatchesPath("a/b/c.txt", "a/*"));
  EXPECT_FALSE(MatchesPath("a/b", "a"));
}

TEST(FilePatterns, TakeNoLongerForManyStars) {
  const std::string path(200, 'a');
  std::string deep = "a";
  std::string pattern = "**";
  for (int i = 0; i < 200; ++i) deep += "/a", pattern += "/**/a";

  EXPECT_FALSE(MatchesPath(deep, pattern + "/b"));
}

TEST(SecretReference, HasItsPartsBehindAnArn) {
  const SecretReference reference = ReadSecretReference(
      "arn:aws:secretsmanager:eu-central-1:111122223333:secret:x-AbCdEf:key:AWSCURRENT");

  EXPECT_EQ(reference.id, "arn:aws:secretsmanager:eu-central-1:111122223333:secret:x-AbCdEf");
  EXPECT_EQ(reference.json_key, "key");
  EXPECT_EQ(reference.stage, "AWSCURRENT");
  EXPECT_EQ(ReadSecretReference("x").id, "x");
  EXPECT_EQ(ReadSecretReference("x:k").json_key, "k");
}

TEST(RetryRule, HasACountAndAPattern) {
  EXPECT_FALSE(ReadRetryRule("ABORT"));
  EXPECT_EQ(ReadRetryRule("RETRY")->count, 3);
  EXPECT_EQ(ReadRetryRule("RETRY-5")->count, 5);
  EXPECT_EQ(ReadRetryRule("RETRY-.*timeout.*")->pattern, ".*timeout.*");
  EXPECT_EQ(ReadRetryRule("RETRY-2-a-b")->count, 2);
  EXPECT_EQ(ReadRetryRule("RETRY-2-a-b")->pattern, "a-b");
}

struct Sample {
  std::string_view format;
  std::string_view text;
};

class TestResults : public ::testing::TestWithParam<Sample> {};

TEST_P(TestResults, TellWhatPassedAndWhatDidNot) {
  const auto results = ReadTestResults(GetParam().format, GetParam().text);

  ASSERT_TRUE(results) << results.error().ToText();
  ASSERT_EQ(results->size(), 2U);
  EXPECT_EQ(results->at(0).name, "good");
  EXPECT_EQ(results->at(0).status, "SUCCEEDED");
  EXPECT_EQ(results->at(0).nanoseconds, 1'500'000'000);
  EXPECT_EQ(results->at(1).status, "FAILED");
  EXPECT_EQ(results->at(1).message, "no");
}

INSTANTIATE_TEST_SUITE_P(
    Formats, TestResults,
    ::testing::Values(
        Sample{
            "JUNITXML",
            R"(<testsuites><testsuite name="s"><testcase name="good" time="1.5"/><testcase name="bad"><failure message="no"/></testcase></testsuite></testsuites>)"},
        Sample{
            "NUNITXML",
            R"(<test-results><test-suite name="s"><results><test-case name="good" result="Success" time="1.5"/><test-case name="bad" result="Failure"><failure><message>no</message></failure></test-case></results></test-suite></test-results>)"},
        Sample{
            "NUNIT3XML",
            R"(<test-run><test-suite name="s"><test-case name="good" result="Passed" duration="1.5"/><test-case name="bad" result="Failed" duration="0"><failure><message>no</message></failure></test-case></test-suite></test-run>)"},
        Sample{
            "TESTNGXML",
            R"(<testng-results><suite><test><class name="c"><test-method name="good" status="PASS" duration-ms="1500"/><test-method name="bad" status="FAIL"><exception><message>no</message></exception></test-method></class></test></suite></testng-results>)"},
        Sample{
            "VISUALSTUDIOTRX",
            R"(<TestRun><Results><UnitTestResult testName="good" outcome="Passed" duration="00:00:01.5"/><UnitTestResult testName="bad" outcome="Failed"><Output><ErrorInfo><Message>no</Message></ErrorInfo></Output></UnitTestResult></Results></TestRun>)"},
        Sample{
            "CUCUMBERJSON",
            R"([{"name":"f","elements":[{"type":"scenario","name":"good","steps":[{"result":{"status":"passed","duration":1500000000}}]},{"type":"scenario","name":"bad","steps":[{"result":{"status":"failed","error_message":"no"}}]}]}])"}),
    [](const auto& row) { return std::string(row.param.format); });

TEST(Coverage, IsSummedUp) {
  const auto jacoco =
      ReadCoverage("JACOCOXML",
                   "<!DOCTYPE report PUBLIC \"x\" \"y\"><report><counter type=\"LINE\" "
                   "missed=\"1\" covered=\"3\"/></report>");
  ASSERT_TRUE(jacoco) << jacoco.error().ToText();
  EXPECT_EQ(jacoco->lines_covered, 3);
  EXPECT_EQ(jacoco->lines_missed, 1);

  const auto simple = ReadCoverage("SIMPLECOV", R"({"coverage":{"a.rb":{"lines":[1,null,0]}}})");
  EXPECT_EQ(simple->lines_covered, 1);
  EXPECT_EQ(simple->lines_missed, 1);
}

}  // namespace
}  // namespace trunkline::cloud::codebuild
