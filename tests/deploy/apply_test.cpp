// Running a plan as a graph. The changes are parameters of SSM, because one of them is one call; in
// them the scripted service counts and fails as told.
#include "deploy/apply.h"

#include <gmock/gmock.h>

#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class ApplyTest : public DeployTest {
 protected:
  ApplyTest() {
    HaveInstance();
    aws.On("ssm:PutParameter", [this](const json::Object& input) {
      const bool fails = input.GetString("Name") == failing;
      return fails ? Result<json::Object>(Refused("ParameterLimitExceeded", "too many"))
                   : Result<json::Object>(json::Object());
    });
  }

  void Plan(std::string_view name, std::vector<std::string> after = {}, bool internal = false) {
    for (std::string& id : after) id = "parameter:" + id;
    plan.changes.push_back({.kind = "parameter",
                            .name = std::string(name),
                            .action = Action::kCreate,
                            .why = {},
                            .after = std::move(after),
                            .internal = internal});
  }
  std::vector<std::string> Written() {
    std::vector<std::string> names;
    for (const json::Object& input : aws.Inputs("ssm:PutParameter"))
      names.emplace_back(input.GetString("Name"));
    return names;
  }

  deploy::Plan plan;
  std::string failing;
};

TEST_F(ApplyTest, RunsEveryChangeAndTellsAboutIt) {
  Plan("a");

  const Applied applied = Apply(plan);

  EXPECT_TRUE(applied.ok());
  EXPECT_THAT(Ids(applied.done), ElementsAre("parameter:a"));
  EXPECT_THAT(progress.events, ElementsAre("started parameter:a", "done parameter:a"));
}

TEST_F(ApplyTest, RunsAChangeAfterThoseItComesAfter) {
  Plan("last", {"middle"});
  Plan("middle", {"first"});
  Plan("first");

  EXPECT_TRUE(Apply(plan).ok());

  EXPECT_THAT(Written(), ElementsAre("first", "middle", "last"));
}

TEST_F(ApplyTest, TakesWhatIsNotInThePlanAsDone) {
  Plan("a", {"there already"});

  EXPECT_TRUE(Apply(plan).ok());
}

TEST_F(ApplyTest, OfAFailedChangeBlocksOnlyWhatComesAfterIt) {
  failing = "b";
  Plan("a");
  Plan("b");
  Plan("after b", {"b"});
  Plan("after that", {"after b"});
  Plan("after a", {"a"});

  const Applied applied = Apply(plan);

  EXPECT_FALSE(applied.ok());
  EXPECT_FALSE(applied.stopped);
  EXPECT_THAT(Ids(applied.done), UnorderedElementsAre("parameter:a", "parameter:after a"));
  ASSERT_THAT(applied.failed, SizeIs(1));
  EXPECT_EQ(applied.failed.front().change.name, "b");
  EXPECT_THAT(Ids(applied.blocked), ElementsAre("parameter:after b", "parameter:after that"));
  EXPECT_THAT(Written(), ::testing::Not(::testing::Contains("after b")));
}

TEST_F(ApplyTest, SaysWhatItWasDoingWhenAChangeFailed) {
  failing = "b";
  Plan("b");

  const Applied applied = Apply(plan);

  ASSERT_THAT(applied.failed, SizeIs(1));
  EXPECT_THAT(applied.failed.front().error.ToText(),
              HasSubstr("while delivering parameter 'b' to eu-central-1"));
  EXPECT_EQ(applied.failed.front().error.code(), "ParameterLimitExceeded");
  EXPECT_THAT(progress.events, ElementsAre("started parameter:b", "failed parameter:b: too many"));
}

TEST_F(ApplyTest, GoesOnWhereTheRunBeforeEnded) {
  failing = "b";
  Plan("a");
  Plan("b");
  Plan("c", {"b"});
  Apply(plan);
  failing.clear();
  aws.Forget();
  deploy::Plan rest;
  rest.changes = {plan.changes[1], plan.changes[2]};

  const Applied applied = Apply(rest);

  EXPECT_TRUE(applied.ok());
  EXPECT_THAT(Written(), ElementsAre("b", "c"));
}

TEST_F(ApplyTest, HasAsManyChangesUnderWayAsItIsAllowed) {
  for (const std::string_view name : {"a", "b", "c", "d", "e"}) Plan(name);
  ApplyOptions options;
  options.at_once = 2;

  EXPECT_TRUE(Apply(plan, options).ok());

  EXPECT_EQ(progress.most_under_way, 2U);
  EXPECT_EQ(progress.under_way, 0U);
  EXPECT_THAT(Written(), UnorderedElementsAre("a", "b", "c", "d", "e"));
}

TEST_F(ApplyTest, StartsTheNextChangeWhenOneEndsNotWhenAllEnd) {
  for (const std::string_view name : {"a", "b", "c"}) Plan(name);
  Plan("after a", {"a"});
  ApplyOptions options;
  options.at_once = 2;

  Apply(plan, options);

  EXPECT_THAT(progress.events[0], "started parameter:a");
  EXPECT_THAT(progress.events[1], "started parameter:b");
  EXPECT_THAT(progress.events[2], HasSubstr("done"));
  EXPECT_THAT(progress.events[3], HasSubstr("started"));
}

TEST_F(ApplyTest, StartsNothingNewOnceItIsStopped) {
  for (const std::string_view name : {"a", "b", "c", "d"}) Plan(name);
  bool stop = false;
  progress.on_event = [&](const std::string& event) {
    stop = stop || event == "started parameter:b";
  };
  ApplyOptions options;
  options.at_once = 2;
  options.stop = &stop;

  const Applied applied = Apply(plan, options);

  EXPECT_TRUE(applied.stopped);
  EXPECT_FALSE(applied.ok());
  EXPECT_THAT(Ids(applied.done), UnorderedElementsAre("parameter:a", "parameter:b"))
      << "what is under way is finished";
  EXPECT_THAT(Ids(applied.blocked), ElementsAre("parameter:c", "parameter:d"));
}

TEST_F(ApplyTest, StoppedBeforeItBeganDoesNothing) {
  Plan("a");
  const bool stop = true;
  ApplyOptions options;
  options.stop = &stop;

  const Applied applied = Apply(plan, options);

  EXPECT_THAT(Ids(applied.blocked), ElementsAre("parameter:a"));
  EXPECT_THAT(aws.calls(), IsEmpty());
}

TEST_F(ApplyTest, EndsWhenChangesWaitForEachOther) {
  Plan("a", {"b"});
  Plan("b", {"a"});
  Plan("c");

  const Applied applied = Apply(plan);

  EXPECT_FALSE(applied.ok());
  EXPECT_THAT(Ids(applied.done), ElementsAre("parameter:c"));
  EXPECT_THAT(Ids(applied.blocked), ElementsAre("parameter:a", "parameter:b"));
}

TEST_F(ApplyTest, OfNothingIsDone) {
  EXPECT_TRUE(Apply(plan).ok());
}

}  // namespace
}  // namespace trunkline::deploy::tests
