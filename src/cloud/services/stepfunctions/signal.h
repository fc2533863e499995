// Signal: lets coroutines on the loop wait until somebody notifies them, or a time has come.
//
// Nothing is remembered: look first, then wait, without giving up the loop in between.
#pragma once

#include <memory>
#include <optional>

#include "base/clock.h"
#include "cloud/timers.h"
#include "net/async.h"

namespace trunkline::cloud::stepfunctions {

class Signal {
 public:
  explicit Signal(net::Loop& loop);
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void Notify();  // everybody who waits now

  // Until Notify, or until `due` on the given timers. The coroutine shares the signal.
  static net::aw<void> Wait(std::shared_ptr<Signal> signal, Timers& timers,
                            std::optional<TimePoint> due);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Lets others on the loop go first.
net::aw<void> Yield(net::Loop& loop);

}  // namespace trunkline::cloud::stepfunctions
