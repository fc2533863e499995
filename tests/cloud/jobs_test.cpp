#include "cloud/jobs.h"

#include <gmock/gmock.h>

#include "cloud/wait.h"
#include "tests/cloud/support/cloud_test.h"
#include "tests/cloud/support/fake_service.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Kind kThing{"test", "thing"};
constexpr Milliseconds kRealistic = std::chrono::minutes(3);

// What a job leaves behind, so that tests see it.
Answer<void> Leave(Context& context, const json::Object& payload) {
  context.store.Put(
      context.RegionScope(), kThing,
      {.id = std::string(payload.GetString("Id")), .parent = {}, .name = {}, .body = {}});
  if (payload.GetBool("Fail")) return ServiceError("Broken", "the job has failed");
  return {};
}

net::aw<Answer<>> SleepAndLeave(WaitContext context, json::Object payload) {
  co_await context.Sleep(std::chrono::seconds(10));
  co_return context.State([&](Context& state) -> Answer<> {
    TL_DO(Leave(state, payload));
    return json::Object();
  });
}

constexpr WaitHandler kSleepAndLeave{SleepAndLeave};
constexpr JobKind kLeaveJob{.name = "test.leave", .run = Leave};
constexpr JobKind kSleepJob{.name = "test.sleep", .wait = &kSleepAndLeave};
constexpr const JobKind* kJobKinds[] = {&kLeaveJob, &kSleepJob};

class JobsTest : public CloudTest {
 protected:
  explicit JobsTest(bool realistic = false)
      : CloudTest({.realistic_delays = realistic, .job_kinds = kJobKinds}) {}

  Answer<> In(const std::function<Answer<>(Context&)>& work) {
    Reply reply;
    const Caller caller = {
        .account = account(), .arn = {}, .user_id = {}, .access_key_id = {}, .session_name = {}};
    return engine().State(caller, region(), "request", nullptr, reply, work);
  }
  std::string Schedule(const JobKind& kind, json::Object payload) {
    std::string id;
    const auto done = In([&](Context& context) -> Answer<> {
      id = context.jobs.Schedule(context, kind, std::move(payload), kRealistic);
      return json::Object();
    });
    EXPECT_TRUE(done);
    return id;
  }
  std::vector<std::string> Things() {
    std::vector<std::string> ids;
    for (const Record* record : store().List({account(), region()}, kThing))
      ids.push_back(record->id);
    return ids;
  }
};

TEST_F(JobsTest, RunAfterAShortDelay) {
  Schedule(kLeaveJob, {{"Id", "a"}});

  Advance(Jobs::kShortDelay - Milliseconds(1));
  EXPECT_THAT(Things(), IsEmpty());

  Advance(Milliseconds(1));
  EXPECT_THAT(Things(), ElementsAre("a"));
  EXPECT_EQ(engine().jobs.pending(), 0U);
}

class RealisticJobs : public JobsTest {
 protected:
  RealisticJobs() : JobsTest(true) {}
};

TEST_F(RealisticJobs, TakeTheTimeTheyTakeOnAws) {
  Schedule(kLeaveJob, {{"Id", "a"}});

  Advance(kRealistic - Milliseconds(1));
  EXPECT_THAT(Things(), IsEmpty());

  Advance(Milliseconds(1));
  EXPECT_THAT(Things(), ElementsAre("a"));
}

TEST_F(JobsTest, DoNotExistWhenTheirTransactionWasUndone) {
  const auto undone = In([&](Context& context) -> Answer<> {
    context.jobs.Schedule(context, kLeaveJob, {{"Id", "a"}}, kRealistic);
    return ServiceError("Nope", "no");
  });

  Advance(std::chrono::hours(1));

  EXPECT_FALSE(undone);
  EXPECT_THAT(Things(), IsEmpty());
  EXPECT_EQ(engine().jobs.pending(), 0U);
}

TEST_F(JobsTest, RunOnceAfterARestart) {
  Schedule(kLeaveJob, {{"Id", "a"}});

  Restart();
  Advance(std::chrono::seconds(1));
  EXPECT_THAT(Things(), ElementsAre("a"));

  Restart();
  EXPECT_EQ(engine().jobs.pending(), 0U);
}

TEST_F(JobsTest, RunAtOnceWhenTheyBecameDueWhileTheCloudWasDown) {
  Schedule(kLeaveJob, {{"Id", "a"}});
  clock().Advance(std::chrono::hours(1));

  Restart();
  Advance(Milliseconds(0));

  EXPECT_THAT(Things(), ElementsAre("a"));
}

TEST_F(JobsTest, RunAgainWhenTheCloudStoppedInTheMidstOfTheirWait) {
  Schedule(kSleepJob, {{"Id", "a"}});
  Advance(std::chrono::seconds(5));
  EXPECT_EQ(engine().jobs.pending(), 1U);

  Restart();
  Advance(std::chrono::seconds(9));
  EXPECT_THAT(Things(), IsEmpty());
  Advance(std::chrono::seconds(1));

  EXPECT_THAT(Things(), ElementsAre("a"));
  EXPECT_EQ(engine().jobs.pending(), 0U);
}

TEST_F(JobsTest, LeaveNothingWhenTheyFailButALine) {
  Schedule(kLeaveJob, {{"Id", "a"}, {"Fail", true}});

  Advance(std::chrono::seconds(1));

  EXPECT_THAT(Things(), IsEmpty());
  EXPECT_THAT(log().lines(), ElementsAre("job 'test.leave' ended with Broken: the job has failed"));
  EXPECT_EQ(engine().jobs.pending(), 0U);
  Restart();
  EXPECT_EQ(engine().jobs.pending(), 0U);
}

TEST_F(JobsTest, DoNotRunWhenCancelled) {
  const std::string id = Schedule(kLeaveJob, {{"Id", "a"}});

  const auto done = In([&](Context& context) -> Answer<> {
    EXPECT_TRUE(context.jobs.Cancel(context, id));
    EXPECT_FALSE(context.jobs.Cancel(context, id));
    return json::Object();
  });
  Advance(std::chrono::seconds(1));

  EXPECT_TRUE(done);
  EXPECT_THAT(Things(), IsEmpty());
  EXPECT_EQ(engine().jobs.pending(), 0U);
}

TEST_F(JobsTest, RunInTheirOwnAccountAndRegion) {
  Schedule(kLeaveJob, {{"Id", "here"}});
  UseAccount("444455556666");
  UseRegion("us-east-1");
  Schedule(kLeaveJob, {{"Id", "there"}});

  Advance(std::chrono::seconds(1));

  EXPECT_THAT(Things(), ElementsAre("there"));
  UseAccount("111122223333");
  UseRegion("eu-central-1");
  EXPECT_THAT(Things(), ElementsAre("here"));
}

TEST_F(JobsTest, OfAnotherVersionAreDroppedByName) {
  ASSERT_TRUE(store().Transact([&] {
    store().Put({account(), region()}, {"cloud", "job"},
                {.id = "j-1",
                 .parent = {},
                 .name = "test.gone",
                 .body = {{"Due", 0}, {"Payload", json::Object()}}});
    return true;
  }));

  Restart();
  Advance(Milliseconds(0));

  EXPECT_THAT(log().lines(),
              ElementsAre("job 'j-1' was scheduled by another version and is dropped: nothing runs "
                          "'test.gone' here"));
  EXPECT_EQ(store().Find({account(), region()}, {"cloud", "job"}, "j-1"), nullptr);
}

}  // namespace
}  // namespace trunkline::cloud::tests
