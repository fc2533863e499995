#include "net/timers.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

namespace trunkline::net {
namespace {

using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

}  // namespace

aw<void> RealTimers::Wait(Milliseconds duration) {
  Timer timer(loop_, duration);
  co_await timer.async_wait(kUseAw);
}

// Each one waits on a timer that never rings by itself; ringing is setting its end to the past.
struct ManualTimers::State {
  explicit State(Loop& its_loop) : loop(its_loop) {}
  Loop& loop;
  Milliseconds now{0};
  std::multimap<Milliseconds, Timer*> waiting;
};

ManualTimers::ManualTimers(Loop& loop) : state_(std::make_shared<State>(loop)) {}
ManualTimers::~ManualTimers() = default;

aw<void> ManualTimers::Wait(Milliseconds duration) {
  const std::shared_ptr<State> state = state_;
  Timer timer(state->loop,
              duration.count() > 0 ? Timer::time_point::max() : Timer::time_point::min());
  if (duration.count() <= 0) {
    co_await timer.async_wait(kUseAw);
    co_return;
  }
  // Takes the entry away when the coroutine is cancelled or destroyed while it waits.
  struct Entry {
    State& owner;
    Timer* timer;
    ~Entry() {
      std::erase_if(owner.waiting, [this](const auto& item) { return item.second == timer; });
    }
  };
  const Entry entry{*state, &timer};
  state->waiting.emplace(state->now + duration, &timer);
  boost::system::error_code woken;  // "cancelled" is how Advance wakes
  co_await timer.async_wait(asio::redirect_error(kUseAw, woken));
  const auto cancelled = co_await asio::this_coro::cancellation_state;
  if (cancelled.cancelled() != asio::cancellation_type::none)
    throw boost::system::system_error(woken);
}

void ManualTimers::Advance(Milliseconds by) {
  state_->now += by;
  auto& waiting = state_->waiting;
  while (!waiting.empty() && waiting.begin()->first <= state_->now) {
    Timer* const due = waiting.begin()->second;
    waiting.erase(waiting.begin());
    due->cancel();
  }
}

std::size_t ManualTimers::waiting() const {
  return state_->waiting.size();
}

std::optional<Milliseconds> ManualTimers::NextDue() const {
  if (state_->waiting.empty()) return std::nullopt;
  return state_->waiting.begin()->first - state_->now;
}

}  // namespace trunkline::net
