// What goes wrong around the router: deliveries twice, late, two at once, half done; services that
// refuse. Nothing is lost, nothing is started twice, and each message says what to do.
#include "functions/attributes.h"
#include "functions/router_branch.h"
#include "functions/router_overtaken.h"
#include "tests/functions/router_test.h"

namespace trunkline::functions::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kFlow = "amzconnect-contact-flows/x.json";
const std::string kLambda = "amzconnect-lambdas/x.ts";
const std::string kStartFlows = "amzconnect-contact-flows-develop";

class RouterFaults : public RouterTest {
 protected:
  TestPush First() const { return {.paths = {kFlow}}; }
  TestPush Second() const {
    return {
        .before = CommitOf('b'), .after = CommitOf('c'), .paths = {kLambda}, .pushed = 1795348710};
  }
  void Refuse(std::string_view code) {
    aws_.Fails("codepipeline:StartPipelineExecution", code, "Rate exceeded");
  }
  void StartAgain() {
    aws_.On("codepipeline:StartPipelineExecution",
            json::Object{{"pipelineExecutionId", "e-again"}});
  }
  std::string StateOfLedger() const {
    for (const auto& [id, item] : ledger_)
      if (id.starts_with("push#")) return TextOf(item, "state");
    return "";
  }
};

TEST_F(RouterFaults, ARedeliveryAnswersWhatTheFirstDidAndStartsNothing) {
  const TestReply first = Deliver(First());
  TestReply again = Deliver(First());

  EXPECT_EQ(again.status, 200);
  EXPECT_TRUE(again.body.GetBool("repeated"));
  again.body.Remove("repeated");
  EXPECT_EQ(again.body, first.body);
  EXPECT_THAT(starts(), SizeIs(1));
}

TEST_F(RouterFaults, ARecordedDeliveryUnderAnotherIdIsTheSamePush) {
  Deliver(First(), "d-1");

  const TestReply replayed = Deliver(First(), "d-2");

  EXPECT_TRUE(replayed.body.GetBool("repeated"));
  EXPECT_THAT(starts(), SizeIs(1));
}

TEST_F(RouterFaults, AnOldRecordingIsNotRoutedEvenIfTheLedgerHasForgottenIt) {
  TestPush push = First();
  push.pushed -= 4 * 86400;

  const TestReply reply = Deliver(push);

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.WhyOf("ignored", "refs/heads/develop"), HasSubstr("it may be a replay"));
  EXPECT_THAT(starts(), IsEmpty());
}

TEST_F(RouterFaults, AnOldHeadCommitIsRoutedIfItIsWhatTheBranchHas) {
  json::Object payload = PayloadOf(First());
  payload["repository"].AsObject().Remove("pushed_at");
  payload["head_commit"].AsObject().Set("timestamp", "2026-01-01T00:00:00Z");

  EXPECT_THAT(Send(EventOf(json::Write(payload))).started(), IsEmpty());
  GithubHas("develop", 'b');
  EXPECT_THAT(Send(EventOf(json::Write(payload))).started(), ElementsAre(kStartFlows));
}

TEST_F(RouterFaults, TheLedgerKeepsAPushLongerThanItWouldBeTaken) {
  Deliver(First());

  ASSERT_EQ(ledger_.size(), 2U);
  EXPECT_FALSE(ledger_.begin()->second.Has("expires"));  // the branch's
  EXPECT_EQ(NumberOf(ledger_.rbegin()->second, "expires"), 1795348800 + 7 * 86400);
}

TEST_F(RouterFaults, OutOfOrderTheNewerPushCompletesAndTheLateOneStartsNothing) {
  Deliver(
      {.before = CommitOf('f'), .after = CommitOf('a'), .paths = {"docs/x"}, .pushed = 1795348690});
  GithubCompares('a', 'c', {kFlow, kLambda});

  const TestReply newer = Deliver(Second(), "d-2");
  const TestReply late = Deliver(First(), "d-1");

  EXPECT_THAT(newer.started(), ElementsAre("amzconnect-lambdas-develop", kStartFlows));
  EXPECT_THAT(late.started(), IsEmpty());
  EXPECT_EQ(late.WhyOf("skipped", kStartFlows),
            "it was started for cccccccccccc already, which has this push's changes");
  EXPECT_THAT(starts(), ElementsAre("amzconnect-lambdas-develop at c",
                                    "amzconnect-contact-flows-develop at c"));
}

TEST_F(RouterFaults, ALatePushStartsItsOwnPipelinesAtTheNewestCommit) {
  Deliver(Second(), "d-2");

  const TestReply late = Deliver(First(), "d-1");

  EXPECT_THAT(starts(), ElementsAre("amzconnect-lambdas-develop at c",
                                    "amzconnect-contact-flows-develop at c"));
  EXPECT_EQ(late.body.GetString("commit"), CommitOf('c'));
  EXPECT_EQ(late.body.GetArray("notes").front(),
            json::Value("bbbbbbbbbbbb is older than cccccccccccc, which was routed already: its "
                        "pipelines are started for that"));
}

TEST_F(RouterFaults, APushThatDoesNotFollowTheLastOneFindsWhatWasLostBetween) {
  Deliver(First());
  GithubCompares('b', 'd', {kLambda, "amzconnect-instance/x"});

  const TestReply reply = Deliver(
      {.before = CommitOf('c'), .after = CommitOf('d'), .paths = {kLambda}, .pushed = 1795348720});

  EXPECT_THAT(reply.started(),
              ElementsAre("amzconnect-instance-develop", "amzconnect-lambdas-develop"));
  EXPECT_EQ(reply.body.GetArray("notes").front(),
            json::Value("the push does not follow bbbbbbbbbbbb, which was routed last: "
                        "bbbbbbbbbbbb was compared with it"));
}

TEST_F(RouterFaults, TwoPushesAtOnceDoNotOverwriteEachOther) {
  Deliver(
      {.before = CommitOf('f'), .after = CommitOf('a'), .paths = {"docs/x"}, .pushed = 1795348690});
  bool interfered = false;
  before_write_ = [&](const json::Object& item) {
    if (!TextOf(item, "id").starts_with("branch#") || interfered) return;
    interfered = true;  // the second push moves the branch between our reading and our writing
    router::BranchRecord moved = router::BranchOf("develop", ledger_.at("branch#develop"));
    moved.before = CommitOf('b');
    moved.after = CommitOf('c');
    moved.pushed = 1795348710;
    ++moved.version;
    ledger_["branch#develop"] = router::ToItem(moved);
  };

  const TestReply reply = Deliver(First());

  EXPECT_THAT(reply.started(), ElementsAre(kStartFlows));
  EXPECT_THAT(starts(), ElementsAre("amzconnect-contact-flows-develop at c"));
  EXPECT_EQ(router::BranchOf("develop", ledger_.at("branch#develop")).after, CommitOf('c'));
}

TEST_F(RouterFaults, AnOlderCommitThatIsStartedLastIsFollowedByTheNewer) {
  const auto execution_of = [](char commit) {
    json::Array revisions;
    revisions.emplace_back(
        json::Object{{"actionName", "Source"}, {"revisionId", CommitOf(commit)}});
    return json::Object{{"sourceRevisions", std::move(revisions)}};
  };
  json::Array newest_first;
  newest_first.emplace_back(execution_of('b'));
  newest_first.emplace_back(execution_of('c'));
  aws_.On("codepipeline:ListPipelineExecutions",
          json::Object{{"pipelineExecutionSummaries", std::move(newest_first)}});
  bool interfered = false;
  aws_.On("codepipeline:StartPipelineExecution", [&](const json::Object&) {
    if (!std::exchange(interfered, true)) {  // a newer push marks and starts it before we do
      router::BranchRecord moved = router::BranchOf("develop", ledger_.at("branch#develop"));
      moved.after = CommitOf('c');
      moved.pipelines[kStartFlows] = {.commit = CommitOf('c'), .token = "t", .execution = "e-c"};
      ++moved.version;
      ledger_["branch#develop"] = router::ToItem(moved);
    }
    return Result<json::Object>(json::Object{{"pipelineExecutionId", "e-1"}});
  });

  const TestReply reply = Deliver(First());

  EXPECT_THAT(starts(), ElementsAre("amzconnect-contact-flows-develop at b",
                                    "amzconnect-contact-flows-develop at c"));
  EXPECT_EQ(reply.body.GetArray("notes").front(),
            json::Value("amzconnect-contact-flows-develop was started for cccccccccccc again: a "
                        "newer push came at the same time"));
}

TEST(RouterOvertaken, IsFineWhenTheNewerCommitComesLaterOrIsStillToCome) {
  const router::Overtaken one{.pipeline = "p",
                              .ours = {.commit = "old", .token = {}, .execution = {}},
                              .theirs = {.commit = "new", .token = {}, .execution = {}}};

  EXPECT_TRUE(router::CameLast({"old", "new"}, one));
  EXPECT_FALSE(router::CameLast({"new", "old"}, one));
  EXPECT_FALSE(router::CameLast({"old"}, one));
}

TEST_F(RouterFaults, WhatWasBegunAndNotFinishedIsFinishedByTheRedelivery) {
  Refuse("ThrottlingException");
  const TestReply first = Deliver(First());
  const json::Object asked = aws_.Inputs("codepipeline:StartPipelineExecution").back();
  StartAgain();

  const TestReply again = Deliver(First());

  EXPECT_EQ(first.status, 503);
  EXPECT_EQ(again.status, 200);
  EXPECT_THAT(again.started(), ElementsAre(kStartFlows));
  EXPECT_EQ(aws_.Inputs("codepipeline:StartPipelineExecution").back(), asked);
  EXPECT_EQ(StateOfLedger(), "done");
}

TEST_F(RouterFaults, AThrottledStartSaysWhatToDo) {
  Refuse("ThrottlingException");

  const TestReply reply = Deliver(First());

  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.WhyOf("failed", kStartFlows),
            "Rate exceeded; CodePipeline takes no more calls for now; deliver the push again in a "
            "minute, or wait for the reconciliation");
  EXPECT_EQ(StateOfLedger(), "routing");
}

TEST_F(RouterFaults, ADeniedStartSaysWhatToDo) {
  Refuse("AccessDeniedException");

  EXPECT_EQ(Deliver(First()).WhyOf("failed", kStartFlows),
            "Rate exceeded; the router's role may not start it: deploy the tooling stack again "
            "('trunkline bootstrap'), then deliver the push again");
}

TEST_F(RouterFaults, AMissingPipelineIsSkippedAndTheOthersAreStarted) {
  missing_.insert("amzconnect-lambdas-develop");

  const TestReply reply = Deliver({.paths = {kLambda, kFlow}});

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.started(), ElementsAre(kStartFlows));
  EXPECT_EQ(reply.WhyOf("skipped", "amzconnect-lambdas-develop"),
            "there is no such pipeline: deploy the tooling stack again ('trunkline bootstrap')");
}

TEST_F(RouterFaults, WithoutItsLedgerNothingIsStarted) {
  aws_.Fails("dynamodb:PutItem", "ResourceNotFoundException", "Requested resource not found");

  const TestReply reply = Deliver(First());

  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body.GetString("message"),
            "nothing was started: the delivery ledger 'ledger' cannot be used: Requested resource "
            "not found; deliver the push again when it can, or wait for the reconciliation");
  EXPECT_THAT(starts(), IsEmpty());
}

TEST_F(RouterFaults, WithoutItsSecretNothingIsRead) {
  aws_.Fails("secretsmanager:GetSecretValue", "ResourceNotFoundException",
             "Secrets Manager can't find the specified secret.");

  const TestReply reply = Deliver(First());

  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body.GetString("message"),
            "the signature cannot be checked now; the router's log says why");
  EXPECT_THAT(aws_.fake().log().lines().back(), HasSubstr("can't find the specified secret"));
  EXPECT_THAT(aws_.fake().log().lines().back(), HasSubstr("trunkline webhook secret"));
}

TEST_F(RouterFaults, WithoutItsSettingsItSaysWhichIsMissingInTheLogOnly) {
  Set("TRUNKLINE_LEDGER_TABLE", "");

  const TestReply reply = Deliver(First());

  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.body.GetString("message"), "the router is not set up; its log says why");
  EXPECT_THAT(aws_.fake().log().lines().back(),
              HasSubstr("the router's environment has no TRUNKLINE_LEDGER_TABLE: deploy the "
                        "tooling stack again ('trunkline bootstrap')"));
}

TEST_F(RouterFaults, ItAnswersBeforeGithubGivesUp) {
  aws_.On("codepipeline:StartPipelineExecution", [this](const json::Object&) {
    aws_.fake().clock().Advance(std::chrono::seconds(9));  // the first start takes all the time
    return Result<json::Object>(json::Object{{"pipelineExecutionId", "e-1"}});
  });

  const TestReply reply = Deliver({.paths = {kLambda, kFlow}});

  EXPECT_EQ(reply.status, 503);
  EXPECT_THAT(reply.started(), ElementsAre("amzconnect-lambdas-develop"));
  EXPECT_EQ(reply.WhyOf("failed", kStartFlows),
            "there is no time left for it; deliver the push again, or wait for the "
            "reconciliation");
}

TEST_F(RouterFaults, ASecretIsReadOnceInAWhile) {
  Deliver(First());
  Deliver(Second());
  EXPECT_THAT(aws_.Inputs("secretsmanager:GetSecretValue"), SizeIs(1));

  aws_.fake().clock().Advance(std::chrono::seconds(31));
  Deliver(Second());

  EXPECT_THAT(aws_.Inputs("secretsmanager:GetSecretValue"), SizeIs(2));
}

TEST_F(RouterFaults, ANewSecretCountsAtOnceAndTheOldOneForAnHour) {
  const auto secret_of = [](const json::Object& input) {
    const bool current = input.GetString("VersionStage") == "AWSCURRENT";
    return Result<json::Object>(json::Object{{"SecretString", current ? "the new one" : kSecret},
                                             {"CreatedDate", json::Number{"1795348800"}}});
  };
  Deliver(First());
  aws_.On("secretsmanager:GetSecretValue", secret_of);
  aws_.fake().clock().Advance(std::chrono::seconds(1));
  const std::string body = json::Write(PayloadOf(Second()));

  EXPECT_EQ(Send(EventOf(body, "push", "the new one")).status, 200);
  EXPECT_EQ(Send(EventOf(body, "push", kSecret)).status, 200);
  aws_.fake().clock().Advance(std::chrono::hours(1));
  EXPECT_EQ(Send(EventOf(body, "push", kSecret)).status, 401);
}

TEST_F(RouterFaults, StrangersDoNotMakeItReadTheSecretAgainAndAgain) {
  for (int i = 0; i < 20; ++i) Send(EventOf("{}", "push", "another secret"));

  EXPECT_THAT(aws_.Inputs("secretsmanager:GetSecretValue"), SizeIs(1));
}

}  // namespace
}  // namespace trunkline::functions::tests
