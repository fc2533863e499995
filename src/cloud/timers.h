// Timers: calling something later, on the injected clock. LoopTimers waits for real; ManualTimers
// is its twin for tests and moves when told. Everything is called on the loop thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "base/clock.h"
#include "net/async.h"

namespace trunkline::cloud {

class Timers {
 public:
  using Id = std::uint64_t;
  virtual ~Timers() = default;
  virtual TimePoint Now() const = 0;
  // Calls `what` once when `due` has come; at the next turn of the loop if it has passed already.
  virtual Id CallAt(TimePoint due, std::function<void()> what) = 0;
  virtual void Cancel(Id id) = 0;  // fine if it was called already
};

// On the loop and its real clock. Destroying it cancels everything.
class LoopTimers final : public Timers {
 public:
  LoopTimers(net::Loop& loop, const Clock& clock);
  ~LoopTimers() override;
  TimePoint Now() const override;
  Id CallAt(TimePoint due, std::function<void()> what) override;
  void Cancel(Id id) override;

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the waits under way
};

class ManualTimers final : public Timers {
 public:
  explicit ManualTimers(ManualClock& clock) : clock_(clock) {}
  TimePoint Now() const override { return clock_.Now(); }
  Id CallAt(TimePoint due, std::function<void()> what) override;
  void Cancel(Id id) override;
  // Moves the clock on by `by`, stopping at every due time on the way to call what is due.
  void Advance(Milliseconds by);
  // Calls the next thing that is due until `end`, moving the clock to its time. False: there is
  // none.
  bool RunNext(TimePoint end);

 private:
  ManualClock& clock_;
  Id last_id_ = 0;
  std::map<std::pair<TimePoint, Id>, std::function<void()>> waiting_;
};

}  // namespace trunkline::cloud
