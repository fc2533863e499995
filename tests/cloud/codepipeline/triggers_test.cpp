// Which pushes start a pipeline.
#include <gmock/gmock.h>

#include "cloud/callers.h"
#include "cloud/services/codepipeline/push.h"
#include "cloud/services/codepipeline/trigger_filter.h"
#include "tests/cloud/codepipeline/pipeline_test.h"

namespace trunkline::cloud::tests {
namespace {

using codepipeline::MatchesGlob;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Globs, StayWithinAPartUnlessTheySayOtherwise) {
  EXPECT_TRUE(MatchesGlob("feature-*", "feature-1"));
  EXPECT_FALSE(MatchesGlob("feature*", "feature/1"));
  EXPECT_TRUE(MatchesGlob("amzconnect-instance/**", "amzconnect-instance/lib/a.json"));
  EXPECT_FALSE(MatchesGlob("amzconnect-instance/**", "amzconnect-instances/a.json"));
  EXPECT_TRUE(MatchesGlob("v?.{0,1}", "v1.0"));
  EXPECT_TRUE(MatchesGlob("[!a-c]*.md", "README.md"));
  EXPECT_TRUE(MatchesGlob("a.b", "a.b"));
  EXPECT_FALSE(MatchesGlob("a.b", "axb"));
}

class Triggers : public PipelineTest {
 protected:
  static json::Object Repository() {
    json::Object source = Action("Get", Type("Source", "CodeStarSourceConnection"),
                                 {{"ConnectionArn",
                                   "arn:aws:codeconnections:eu-central-1:111122223333:connection/"
                                   "11111111-2222-3333-4444-555555555555"},
                                  {"FullRepositoryId", "acme/center"},
                                  {"BranchName", "main"}},
                                 {}, "src");
    return source;
  }
  void CreateWith(json::Array push, std::string_view detect = "true") {
    json::Object source = Repository();
    json::Object configuration = source.GetObject("configuration");
    configuration.Set("DetectChanges", detect);
    source.Set("configuration", std::move(configuration));
    json::Object pipeline = Pipeline(List(Stage("Deploy", List(Deploy()))));
    pipeline.Set("stages", List(Stage("Source", List(source)), Stage("Deploy", List(Deploy()))));
    if (!push.empty()) {
      json::Object git{{"sourceActionName", "Get"}, {"push", std::move(push)}};
      pipeline.Set("triggers", List(json::Object{{"providerType", "CodeStarSourceConnection"},
                                                 {"gitConfiguration", std::move(git)}}));
    }
    Do("codepipeline", "CreatePipeline", {{"pipeline", pipeline}});
    Settle();
  }
  // How many executions a push starts.
  std::size_t Push(std::string_view ref, std::vector<std::string> files = {"a.txt"},
                   std::string_view repository = "acme/center") {
    const std::size_t before = Count();
    git::PushEvent event;
    event.repository = repository;
    event.ref = ref;
    event.after = std::string(40, '1');
    event.files = std::move(files);
    Reply reply;
    const Caller root = RootCaller(kDefaultAccount);
    const auto done = engine().State(root, kDefaultRegion, "push", nullptr, reply,
                                     [&](Context& context) -> Answer<> {
                                       TL_DO(codepipeline::OnPush(context, event));
                                       return json::Object();
                                     });
    EXPECT_TRUE(done);
    return Count() - before;
  }
  std::size_t Count() {
    const json::Object listed = DoPipeline("ListPipelineExecutions");
    return listed.GetArray("pipelineExecutionSummaries").size();
  }
  static json::Array Filter(const std::string& part, std::string_view pattern) {
    json::Object criteria{{"includes", json::Array{json::Value(pattern)}}};
    return List(json::Object{{part, std::move(criteria)}});
  }
};

TEST_F(Triggers, WithoutAnyThePushedBranchDecides) {
  CreateWith({});

  EXPECT_EQ(Push("refs/heads/main"), 1U);
  EXPECT_EQ(Push("refs/heads/other"), 0U);
  EXPECT_EQ(Push("refs/tags/main"), 0U);
  EXPECT_EQ(Push("refs/heads/main", {"a.txt"}, "acme/other"), 0U);
}

TEST_F(Triggers, AreNotNeededByASourceThatDoesNotDetectChanges) {
  CreateWith({}, "false");

  EXPECT_EQ(Push("refs/heads/main"), 0U);
}

TEST_F(Triggers, StartTheExecutionAtThePushedCommit) {
  CreateWith({});
  Push("refs/heads/main");

  const json::Object listed = DoPipeline("ListPipelineExecutions");
  const json::Object& newest = listed.GetArray("pipelineExecutionSummaries").front().AsObject();
  EXPECT_EQ(newest.GetObject("trigger").GetString("triggerType"), "WebhookV2");
}

TEST_F(Triggers, FilterBranches) {
  CreateWith(Filter("branches", "release/*"));

  EXPECT_EQ(Push("refs/heads/release/1"), 1U);
  EXPECT_EQ(Push("refs/heads/main"), 0U) << "with a trigger the branch decides nothing";
}

TEST_F(Triggers, FilterTags) {
  CreateWith(Filter("tags", "v*"));

  EXPECT_EQ(Push("refs/tags/v1"), 1U);
  EXPECT_EQ(Push("refs/heads/v1"), 0U);
}

TEST_F(Triggers, FilterPathsOfABranch) {
  json::Object filter{
      {"branches", json::Object{{"includes", json::Array{json::Value("main")}}}},
      {"filePaths", json::Object{{"includes", json::Array{json::Value("lib/**")}},
                                 {"excludes", json::Array{json::Value("**/*.md")}}}}};
  CreateWith(List(filter));

  EXPECT_EQ(Push("refs/heads/main", {"lib/a.json", "x"}), 1U);
  EXPECT_EQ(Push("refs/heads/main", {"lib/doc/a.md"}), 0U) << "excludes win";
  EXPECT_EQ(Push("refs/heads/main", {"test/a.json"}), 0U);
}

}  // namespace
}  // namespace trunkline::cloud::tests
