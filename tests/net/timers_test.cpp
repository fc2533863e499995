#include "net/timers.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>

namespace trunkline::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Names = std::vector<std::string>;

aw<void> NoteAfter(Timers& timers, Milliseconds wait, std::string name, Names& names) {
  co_await timers.Wait(wait);
  names.push_back(name);
}

TEST(ManualTimers, RingInOrderOfTimeWhenTold) {
  Loop loop;
  ManualTimers timers(loop);
  Names names;
  asio::co_spawn(loop, NoteAfter(timers, Milliseconds(30), "late", names), asio::detached);
  asio::co_spawn(loop, NoteAfter(timers, Milliseconds(10), "early", names), asio::detached);
  asio::co_spawn(loop, NoteAfter(timers, Milliseconds(99), "never", names), asio::detached);
  loop.poll();

  timers.Advance(Milliseconds(9));
  loop.poll();
  EXPECT_THAT(names, IsEmpty());
  EXPECT_EQ(timers.NextDue(), Milliseconds(1));

  timers.Advance(Milliseconds(21));
  loop.poll();

  EXPECT_THAT(names, ElementsAre("early", "late"));
  EXPECT_EQ(timers.waiting(), 1U);
}

TEST(ManualTimers, ZeroIsNoWait) {
  Loop loop;
  ManualTimers timers(loop);
  Names names;
  asio::co_spawn(loop, NoteAfter(timers, Milliseconds(0), "now", names), asio::detached);

  loop.run();

  EXPECT_THAT(names, ElementsAre("now"));
}

TEST(ManualTimers, ACancelledWaitEndsWithAnExceptionAndIsForgotten) {
  Loop loop;
  ManualTimers timers(loop);
  Names names;
  asio::cancellation_signal cancel;
  bool thrown = false;
  asio::co_spawn(loop, NoteAfter(timers, Milliseconds(10), "x", names),
                 asio::bind_cancellation_slot(
                     cancel.slot(), [&](std::exception_ptr error) { thrown = error != nullptr; }));
  loop.poll();

  cancel.emit(asio::cancellation_type::terminal);
  loop.poll();

  EXPECT_TRUE(thrown);
  EXPECT_THAT(names, IsEmpty());
  EXPECT_EQ(timers.waiting(), 0U);
}

TEST(ManualTimers, MayEndBeforeThoseWhoWait) {
  Loop loop;
  Names names;
  {
    ManualTimers timers(loop);
    asio::co_spawn(loop, NoteAfter(timers, Milliseconds(10), "x", names), asio::detached);
    loop.poll();
  }

  EXPECT_THAT(names, IsEmpty());
}

TEST(RealTimers, Ring) {
  Loop loop;
  RealTimers timers(loop);
  Names names;
  asio::co_spawn(loop, NoteAfter(timers, Milliseconds(1), "x", names), asio::detached);

  loop.run();

  EXPECT_THAT(names, ElementsAre("x"));
}

}  // namespace
}  // namespace trunkline::net
