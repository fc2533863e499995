// All or nothing: a service that keeps what it is told, fails at one call, and must end as it
// began.
#include <gmock/gmock.h>

#include "tests/deploy/deploy_test.h"
#include "tests/deploy/flow_service.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class RollbackTest : public DeployTest {
 protected:
  RollbackTest() : service_(aws) {
    service_.AddFlow("Main", "the old content", {{"trunkline:managed", "true"}});
    service_.AddFlow("Old", "the last content", {{"trunkline:managed", "true"}});
    service_.PutFunction(std::string(kInstance) + "-mapping", "7", "old-map");
    AddFlow("Main", QuietFlow());
    AddFlow("New", QuietFlow());
    live = Read().value();
  }

  Plan WholePlan() {
    PlanOptions options;
    options.project = "contact-flows";
    options.prune = true;
    options.map_last = true;
    return deploy::MakePlan(target(), live, std::move(options));
  }
  Applied Deliver() {
    ApplyOptions options;
    options.rollback = true;
    return Apply(WholePlan(), options);
  }

  FlowService service_;
};

TEST_F(RollbackTest, ChangesAllWhenNothingFails) {
  const Applied applied = Deliver();

  EXPECT_TRUE(applied.ok());
  EXPECT_FALSE(applied.rolled_back);
  EXPECT_THAT(service_.Names(), ElementsAre("Main", "New", "z_Old"));
  EXPECT_NE(service_.Content("Main"), "the old content");
  EXPECT_EQ(service_.LiveVersion(), "8");
  live = Read().value();
  EXPECT_THAT(WholePlan().changes, IsEmpty());
}

TEST_F(RollbackTest, SwitchesTheMapLast) {
  Deliver();

  const std::vector<std::string> operations = aws.operations();
  const auto last = std::find(operations.begin(), operations.end(), "lambda:UpdateAlias");
  const std::vector<std::string> after(last, operations.end());
  EXPECT_THAT(after, Not(Contains("connect:UpdateContactFlowContent")));
}

TEST_F(RollbackTest, PutsEverythingBackWhicheverCallFails) {
  const std::string before = service_.ToText();
  aws.Forget();
  Deliver();
  const std::size_t calls = aws.calls().size();
  ASSERT_GT(calls, 15U);
  for (std::size_t number = 0; number < calls; ++number) {
    SCOPED_TRACE(number);
    service_.Reset();
    live = Read().value();
    service_.FailAt(number);

    const Applied applied = Deliver();

    if (applied.ok()) continue;  // the call's failure has a way out, such as GetRole
    EXPECT_TRUE(applied.rolled_back);
    EXPECT_THAT(applied.not_restored, IsEmpty());
    EXPECT_EQ(service_.ToText(), before) << service_.failed();
  }
}

TEST_F(RollbackTest, IsNotNeededForThrottling) {
  aws.Forget();
  Deliver();
  const std::size_t calls = aws.calls().size();
  for (std::size_t number = 0; number < calls; ++number) {
    SCOPED_TRACE(number);
    service_.Reset();
    live = Read().value();
    service_.ThrottleAt(number);

    EXPECT_TRUE(Deliver().ok()) << service_.failed();
    EXPECT_EQ(service_.LiveVersion(), "8");
  }
}

TEST_F(RollbackTest, StartsNothingNewAfterTheFirstFailure) {
  aws.Fails("connect:CreateContactFlow", "LimitExceededException", "too many flows");

  const Applied applied = Deliver();

  EXPECT_THAT(Ids(applied.blocked), Contains("mapping:mapping"));
  EXPECT_THAT(aws.operations(), Not(Contains("lambda:UpdateAlias")));
}

TEST_F(RollbackTest, TellsWhatItCouldNotPutBack) {
  service_.RefuseContent("the old content");
  aws.Fails("connect:CreateContactFlow", "LimitExceededException", "too many flows");

  const Applied applied = Deliver();

  ASSERT_THAT(applied.not_restored, SizeIs(1));
  EXPECT_EQ(applied.not_restored.front().change.Id(), "flow:Main");
  EXPECT_THAT(applied.not_restored.front().error.ToText(),
              HasSubstr("while putting back flow 'Main' in eu-central-1"));
  EXPECT_THAT(progress.events, Contains(HasSubstr("not restored flow:Main")));
}

TEST_F(RollbackTest, TriesAgainWhenTheServiceThrottlesWhileItPutsBack) {
  const std::string before = service_.ToText();
  aws.Fails("lambda:PublishVersion", "ResourceConflictException", "busy");
  service_.ThrottleContent("the old content", 7);

  const Applied applied = Deliver();

  EXPECT_THAT(applied.not_restored, IsEmpty());
  EXPECT_EQ(service_.ToText(), before);
}

TEST_F(RollbackTest, IsNotDoneUnlessItIsAskedFor) {
  aws.Fails("lambda:PublishVersion", "ResourceConflictException", "busy");

  const Applied applied = Apply(WholePlan());

  EXPECT_FALSE(applied.rolled_back);
  EXPECT_NE(service_.Content("Main"), "the old content");
}

TEST_F(RollbackTest, IsDoneWhenTheRunIsStopped) {
  const std::string before = service_.ToText();
  bool stop = false;
  progress.on_event = [&](const std::string& event) { stop = stop || event == "done flow:Main"; };
  ApplyOptions options;
  options.rollback = true;
  options.stop = &stop;

  const Applied applied = Apply(WholePlan(), options);

  EXPECT_TRUE(applied.stopped);
  EXPECT_EQ(service_.ToText(), before);
}

}  // namespace
}  // namespace trunkline::deploy::tests
