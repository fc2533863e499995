#include "cloud/timers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace trunkline::cloud {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ManualTimers, CallInTheOrderOfTimeAndMoveTheClock) {
  ManualClock clock(TimePoint(Milliseconds(1000)));
  ManualTimers timers(clock);
  std::vector<std::string> calls;
  const auto note = [&](std::string name) {
    return [&calls, &clock, name] {
      calls.push_back(name + "@" + std::to_string(clock.Now().time_since_epoch().count()));
    };
  };
  timers.CallAt(TimePoint(Milliseconds(1200)), note("late"));
  timers.CallAt(TimePoint(Milliseconds(1100)), note("early"));
  timers.CallAt(TimePoint(Milliseconds(1300)), note("never"));

  timers.Advance(Milliseconds(250));

  EXPECT_THAT(calls, ElementsAre("early@1100", "late@1200"));
  EXPECT_EQ(clock.Now(), TimePoint(Milliseconds(1250)));
}

TEST(ManualTimers, CallWhatACallAddsIfItIsDue) {
  ManualClock clock(TimePoint(Milliseconds(0)));
  ManualTimers timers(clock);
  int calls = 0;
  timers.CallAt(TimePoint(Milliseconds(10)),
                [&] { timers.CallAt(TimePoint(Milliseconds(20)), [&] { ++calls; }); });

  timers.Advance(Milliseconds(20));

  EXPECT_EQ(calls, 1);
}

TEST(ManualTimers, DoNotCallWhatWasCancelled) {
  ManualClock clock(TimePoint(Milliseconds(0)));
  ManualTimers timers(clock);
  int calls = 0;
  const auto id = timers.CallAt(TimePoint(Milliseconds(10)), [&] { ++calls; });

  timers.Cancel(id);
  timers.Advance(Milliseconds(20));

  EXPECT_EQ(calls, 0);
}

TEST(LoopTimers, CallOnTheLoopAndForgetWhatWasCancelled) {
  net::Loop loop(1);
  const SystemClock clock;
  LoopTimers timers(loop, clock);
  std::vector<std::string> calls;
  timers.CallAt(clock.Now() + Milliseconds(2), [&] { calls.push_back("second"); });
  timers.CallAt(clock.Now() - Milliseconds(5), [&] { calls.push_back("overdue"); });
  timers.Cancel(timers.CallAt(clock.Now(), [&] { calls.push_back("cancelled"); }));

  EXPECT_THAT(calls, IsEmpty());
  loop.run();

  EXPECT_THAT(calls, ElementsAre("overdue", "second"));
}

TEST(LoopTimers, CallNothingAfterTheirEnd) {
  net::Loop loop(1);
  const SystemClock clock;
  int calls = 0;
  {
    LoopTimers timers(loop, clock);
    timers.CallAt(clock.Now(), [&] { ++calls; });
  }

  loop.run();

  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace trunkline::cloud
