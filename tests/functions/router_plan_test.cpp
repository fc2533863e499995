#include "functions/router_plan.h"

#include <gmock/gmock.h>

#include "tests/functions/router_test.h"

namespace trunkline::functions::router {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::CommitOf;

const TimePoint kNow = *ParseIso8601("2026-11-22T12:00:00Z");
constexpr std::int64_t kSeconds = 1795348800;

Settings Center() {
  Settings settings;
  settings.branches = {{.branch = "develop", .environment = "dev"}};
  settings.projects = {"instance", "lambdas", "contact-flows"};
  return settings;
}

Push Moves(char before, char after, std::int64_t pushed) {
  Push push;
  push.ref = "refs/heads/develop";
  push.before = CommitOf(before);
  push.after = CommitOf(after);
  push.pushed = pushed;
  return push;
}

BranchRecord At(char before, char after, std::int64_t pushed) {
  BranchRecord record;
  record.branch = "develop";
  record.before = CommitOf(before);
  record.after = CommitOf(after);
  record.pushed = pushed;
  record.version = 3;
  return record;
}

Routing RoutingOf(Push push, Order order, Tops tops) {
  Routing routing;
  routing.key = KeyOf(push);
  routing.push = std::move(push);
  routing.order = order;
  routing.changes.tops = std::move(tops);
  routing.now = kNow;
  return routing;
}

TEST(RouterOrder, IsToldByTheTimesOfThePushes) {
  EXPECT_EQ(OrderOf(At('a', 'b', 10), Moves('x', 'c', 11)), Order::kNewer);
  EXPECT_EQ(OrderOf(At('a', 'b', 10), Moves('x', 'c', 9)), Order::kOlder);
  // There, back and there again: the chain alone would say otherwise.
  EXPECT_EQ(OrderOf(At('b', 'a', 10), Moves('a', 'b', 9)), Order::kOlder);
}

TEST(RouterOrder, IsToldByTheChainWhereTimesAreTheSameOrUnknown) {
  EXPECT_EQ(OrderOf(At('a', 'b', 10), Moves('b', 'c', 10)), Order::kNewer);
  EXPECT_EQ(OrderOf(At('b', 'c', 10), Moves('a', 'b', 0)), Order::kOlder);
  EXPECT_EQ(OrderOf(At('a', 'b', 10), Moves('x', 'c', 10)), Order::kUnknown);
  EXPECT_EQ(OrderOf(At('a', 'b', 10), Moves('b', 'a', 10)), Order::kUnknown);
}

TEST(RouterOrder, OfTheFirstPushIsNewerAndOfTheSameCommitTheSame) {
  EXPECT_EQ(OrderOf(BranchRecord(), Moves('a', 'b', 1)), Order::kNewer);
  EXPECT_EQ(OrderOf(At('a', 'b', 10), Moves('a', 'b', 5)), Order::kSame);
}

TEST(RouterPlan, ANewerPushMovesTheBranchAndMarksItsPipelines) {
  const Routing routing = RoutingOf(Moves('b', 'c', 20), Order::kNewer, {"amzconnect-lambdas/"});

  const RoutePlan plan = MakePlan(Center(), At('a', 'b', 10), routing);

  EXPECT_TRUE(plan.moves);
  EXPECT_EQ(plan.commit, CommitOf('c'));
  EXPECT_THAT(plan.to_start, ElementsAre("amzconnect-lambdas-develop"));
  EXPECT_EQ(plan.record.after, CommitOf('c'));
  EXPECT_EQ(plan.record.pushed, 20);
  const Mark& mark = plan.record.pipelines.at("amzconnect-lambdas-develop");
  EXPECT_EQ(mark.commit, CommitOf('c'));
  EXPECT_EQ(mark.token, TokenOf(routing.key, "amzconnect-lambdas-develop", CommitOf('c')));
  EXPECT_EQ(mark.execution, "");
}

TEST(RouterPlan, ALatePushStartsAtTheNewestCommitWhatTheNewerOneDidNot) {
  BranchRecord record = At('b', 'c', 20);
  record.pipelines["amzconnect-lambdas-develop"] = {
      .commit = CommitOf('c'), .token = "t", .execution = "e", .since = kSeconds};

  const RoutePlan plan = MakePlan(Center(), record,
                                  RoutingOf(Moves('a', 'b', 10), Order::kOlder,
                                            {"amzconnect-lambdas/", "amzconnect-instance/"}));

  EXPECT_EQ(plan.commit, CommitOf('c'));
  EXPECT_THAT(plan.to_start, ElementsAre("amzconnect-instance-develop"));
  EXPECT_EQ(plan.record.pipelines.at("amzconnect-instance-develop").commit, CommitOf('c'));
  EXPECT_EQ(plan.record.after, CommitOf('c'));
  ASSERT_EQ(plan.skipped.size(), 2U);
  EXPECT_EQ(plan.skipped.front().why,
            "it was started for cccccccccccc already, which has this push's changes");
}

TEST(RouterPlan, WhatSomebodyElseIsStartingRightNowHasTheirToken) {
  BranchRecord record = At('b', 'c', 20);
  record.pipelines["amzconnect-lambdas-develop"] = {
      .commit = CommitOf('c'), .token = "theirs", .execution = "", .since = kSeconds};

  const RoutePlan plan = MakePlan(
      Center(), record, RoutingOf(Moves('a', 'b', 10), Order::kOlder, {"amzconnect-lambdas/"}));

  EXPECT_FALSE(plan.moves);
  EXPECT_THAT(plan.to_start, ElementsAre("amzconnect-lambdas-develop"));
  EXPECT_EQ(plan.record.pipelines.at("amzconnect-lambdas-develop").token, "theirs");
}

TEST(RouterPlan, APushThatWasBegunBeforeFindsItsOwnMarks) {
  const Routing first = RoutingOf(Moves('b', 'c', 20), Order::kNewer,
                                  {"amzconnect-lambdas/", "amzconnect-instance/"});
  const RoutePlan begun = MakePlan(Center(), At('a', 'b', 10), first);
  Routing again = first;
  again.order = Order::kSame;
  again.changes.tops.clear();  // what was compared then cannot be compared now

  const RoutePlan plan = MakePlan(Center(), begun.record, again);

  EXPECT_FALSE(plan.moves);
  EXPECT_THAT(plan.to_start,
              ElementsAre("amzconnect-instance-develop", "amzconnect-lambdas-develop"));
}

TEST(RouterPlan, APushBackToWhatWasRoutedMakesThoseBetweenOld) {
  const RoutePlan plan =
      MakePlan(Center(), At('a', 'b', 10), RoutingOf(Moves('c', 'b', 30), Order::kSame, {"docs/"}));

  EXPECT_TRUE(plan.moves);
  EXPECT_EQ(OrderOf(plan.record, Moves('b', 'c', 20)), Order::kOlder);
}

TEST(RouterPlan, WhatNobodyStartedForMinutesIsStartedWithTheNextPush) {
  BranchRecord record = At('a', 'b', 10);
  record.pipelines["amzconnect-instance-develop"] = {
      .commit = CommitOf('b'), .token = "t", .execution = "", .since = kSeconds - 121};
  record.pipelines["amzconnect-contact-flows-develop"] = {
      .commit = CommitOf('b'), .token = "t", .execution = "", .since = kSeconds - 60};

  const RoutePlan plan = MakePlan(
      Center(), record, RoutingOf(Moves('b', 'c', 20), Order::kNewer, {"amzconnect-lambdas/"}));

  EXPECT_THAT(plan.to_start,
              ElementsAre("amzconnect-instance-develop", "amzconnect-lambdas-develop"));
  EXPECT_EQ(plan.record.pipelines.at("amzconnect-instance-develop").commit, CommitOf('c'));
}

TEST(RouterPlan, ARecordComesBackFromTheLedgerAsItWasWritten) {
  const RoutePlan plan =
      MakePlan(Center(), At('a', 'b', 10),
               RoutingOf(Moves('b', 'c', 20), Order::kNewer, {"amzconnect-lambdas/"}));

  const BranchRecord read = BranchOf("develop", ToItem(plan.record));

  EXPECT_EQ(ToItem(read), ToItem(plan.record));
  EXPECT_FALSE(BranchOf("develop", json::Object()).known());
}

TEST(RouterToken, IsWhatCodePipelineTakes) {
  const std::string token = TokenOf("key", "pipeline", "commit");

  EXPECT_EQ(token.size(), 64U);
  EXPECT_NE(token, TokenOf("key", "pipeline", "other"));
  EXPECT_NE(token, TokenOf("key", "other", "commit"));
}

}  // namespace
}  // namespace trunkline::functions::router
