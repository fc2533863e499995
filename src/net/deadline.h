// A time limit on an operation under way: when it is over, `expire` ends the operation (closes its
// socket). For net's own files.
#pragma once

#include <functional>
#include <memory>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.h"
#include "net/async.h"

namespace trunkline::net {

class Deadline {
 public:
  Deadline(Loop& loop, std::function<void()> expire)
      : timer_(loop), state_(std::make_shared<State>(State{.expire = std::move(expire)})) {}
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline() { state_->expire = nullptr; }

  // From now; replaces the limit set before.
  void Set(Milliseconds limit) {
    timer_.expires_after(limit);
    timer_.async_wait([state = state_](const boost::system::error_code& code) {
      if (code || !state->expire) return;
      state->expired = true;
      state->expire();
    });
  }
  void Cancel() { timer_.cancel(); }
  bool expired() const { return state_->expired; }

 private:
  struct State {
    std::function<void()> expire;
    bool expired = false;
  };
  using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                           asio::wait_traits<std::chrono::steady_clock>, Executor>;
  Timer timer_;
  std::shared_ptr<State> state_;  // shared with a wait whose end is already queued
};

}  // namespace trunkline::net
