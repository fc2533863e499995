#include "cloud/services/stepfunctions/signal.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace trunkline::cloud::stepfunctions {

namespace asio = net::asio;

struct Signal::State {
  explicit State(net::Loop& loop) : never(loop) {
    never.expires_at(asio::steady_timer::time_point::max());
  }
  asio::steady_timer never;
};

Signal::Signal(net::Loop& loop) : state_(std::make_unique<State>(loop)) {}
Signal::~Signal() = default;

void Signal::Notify() {
  state_->never.cancel();
}

net::aw<void> Signal::Wait(std::shared_ptr<Signal> signal, Timers& timers,
                           std::optional<TimePoint> due) {
  Timers::Id timer = 0;
  if (due) {
    const std::weak_ptr<Signal> weak = signal;
    timer = timers.CallAt(*due, [weak] {
      if (const auto there = weak.lock()) there->Notify();
    });
  }
  co_await signal->state_->never.async_wait(asio::as_tuple(net::kUseAw));
  if (due) timers.Cancel(timer);
}

net::aw<void> Yield(net::Loop& loop) {
  co_await asio::post(loop, net::kUseAw);
}

}  // namespace trunkline::cloud::stepfunctions
