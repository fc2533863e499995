#include "functions/attributes.h"
#include "functions/router_branch.h"
#include "tests/functions/router_test.h"

namespace trunkline::functions::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kFlow = "amzconnect-contact-flows/x.json";

class RouterReconcile : public RouterTest {
 protected:
  RouterReconcile() { Set("TRUNKLINE_BRANCHES", R"({"develop": "dev"})"); }

  json::Object Develop() { return Reconcile().GetArray("branches").front().AsObject(); }
  // What an execution of any pipeline has seen, the newest first.
  void PipelinesHaveSeen(const std::string& commits) {
    json::Array summaries;
    for (const char commit : commits) {
      json::Array revisions;
      revisions.emplace_back(
          json::Object{{"actionName", "Program"}, {"revisionId", "a version, no commit"}});
      revisions.emplace_back(
          json::Object{{"actionName", "Source"}, {"revisionId", CommitOf(commit)}});
      summaries.emplace_back(json::Object{{"sourceRevisions", std::move(revisions)}});
    }
    aws_.On("codepipeline:ListPipelineExecutions",
            json::Object{{"pipelineExecutionSummaries", std::move(summaries)}});
  }
};

TEST_F(RouterReconcile, RoutesAHeadWhosePushNeverCame) {
  Deliver({.paths = {"docs/x"}});
  GithubHas("develop", 'd');
  GithubCompares('b', 'd', {kFlow});

  const json::Object done = Develop();

  EXPECT_TRUE(done.GetBool("ok"));
  EXPECT_THAT(starts(), ElementsAre("amzconnect-contact-flows-develop at d"));
  EXPECT_EQ(done.GetString("commit"), CommitOf('d'));
}

TEST_F(RouterReconcile, StartsNothingTwice) {
  Deliver({.paths = {"docs/x"}});
  GithubHas("develop", 'd');
  GithubCompares('b', 'd', {kFlow});
  Develop();

  const json::Object again = Develop();

  EXPECT_EQ(again.GetArray("notes").front(), json::Value("nothing is missing"));
  EXPECT_THAT(starts(), SizeIs(1));
}

TEST_F(RouterReconcile, APushThatComesAfterAllStartsNothingMore) {
  Deliver({.paths = {"docs/x"}});
  GithubHas("develop", 'd');
  GithubCompares('b', 'd', {kFlow});
  Develop();

  const TestReply late = Deliver(
      {.before = CommitOf('b'), .after = CommitOf('d'), .paths = {kFlow}, .pushed = 1795348710});

  EXPECT_THAT(late.started(), IsEmpty());
  EXPECT_THAT(starts(), SizeIs(1));
}

TEST_F(RouterReconcile, StartsWhatWasWantedAndNotStarted) {
  aws_.Fails("codepipeline:StartPipelineExecution", "ThrottlingException");
  Deliver({.paths = {kFlow}});
  aws_.On("codepipeline:StartPipelineExecution", json::Object{{"pipelineExecutionId", "e-1"}});
  GithubHas("develop", 'b');
  aws_.fake().clock().Advance(std::chrono::minutes(3));

  const json::Object done = Develop();

  EXPECT_EQ(done.GetArray("started").size(), 1U);
  EXPECT_EQ(router::BranchOf("develop", ledger_.at("branch#develop"))
                .pipelines.at("amzconnect-contact-flows-develop")
                .execution,
            "e-1");
}

TEST_F(RouterReconcile, AnUnknownBranchIsJudgedByWhatItsPipelinesHaveSeen) {
  GithubHas("develop", 'd');
  GithubCompares('c', 'd', {kFlow});
  PipelinesHaveSeen("ca");

  const json::Object done = Develop();

  EXPECT_THAT(starts(), ElementsAre("amzconnect-contact-flows-develop at d"));
  EXPECT_EQ(done.GetArray("skipped").size(), 3U);
  EXPECT_THAT(github_asked(), SizeIs(3));  // the head, one comparison, and main's head
}

TEST_F(RouterReconcile, PipelinesThatHaveSeenTheHeadAreNotStarted) {
  GithubHas("develop", 'd');
  PipelinesHaveSeen("ed");

  Develop();

  EXPECT_THAT(starts(), IsEmpty());
}

TEST_F(RouterReconcile, PipelinesThatNeverRanAreStarted) {
  GithubHas("develop", 'd');

  Develop();

  EXPECT_THAT(starts(), SizeIs(4));
}

TEST_F(RouterReconcile, ABranchThatIsNotThereIsNoFailure) {
  for (const char* branch : {"/branches/develop", "/branches/main"})
    GithubAnswers(branch, R"({"message": "Branch not found"})", 404);

  const json::Object report = Reconcile();

  EXPECT_TRUE(report.GetBool("ok"));
  EXPECT_EQ(report.GetArray("branches").front().AsObject().GetString("message"),
            "the repository has no branch 'develop'");
}

TEST_F(RouterReconcile, ARepositoryThatGithubDoesNotShowIsAFailure) {
  const json::Object report = Reconcile();

  EXPECT_FALSE(report.GetBool("ok"));
  EXPECT_THAT(std::string(report.GetArray("branches").front().AsObject().GetString("message")),
              HasSubstr("name it in TRUNKLINE_GITHUB_TOKEN_ARN"));
}

TEST_F(RouterReconcile, WhatCannotBeAskedIsSaid) {
  GithubAnswers("/branches/develop", R"({"message": "Server Error"})", 500);

  const json::Object report = Reconcile();

  EXPECT_FALSE(report.GetBool("ok"));
  EXPECT_EQ(report.GetArray("branches").front().AsObject().GetString("message"),
            "GitHub answers 500 ('Server Error')");
}

TEST_F(RouterReconcile, OtherEventsAreAnError) {
  const Result<json::Value> answer = Invoke("router", json::Object{{"hello", "world"}});

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().message(),
            "expected an event of an HTTP API with 'headers' and 'body', or {\"trunkline\": "
            "\"reconcile\"}");
}

}  // namespace
}  // namespace trunkline::functions::tests
