// Waiting, passed in. RealTimers wait on the loop's clock; ManualTimers are their twin for tests
// and ring when told, so that back-off and life-cycle delays are tested without sleeping.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "net/async.h"

namespace trunkline::net {

class Timers {
 public:
  virtual ~Timers() = default;
  // Resumes after `duration`; zero or less: after what is ready already. Cancelled with the
  // coroutine.
  virtual aw<void> Wait(Milliseconds duration) = 0;
};

class RealTimers final : public Timers {
 public:
  explicit RealTimers(Loop& loop) : loop_(loop) {}
  aw<void> Wait(Milliseconds duration) override;

 private:
  Loop& loop_;
};

// Belongs to the loop's thread.
class ManualTimers final : public Timers {
 public:
  explicit ManualTimers(Loop& loop);
  ~ManualTimers() override;
  aw<void> Wait(Milliseconds duration) override;

  // Moves the time on and wakes, in order of time, all who are due; they run when the loop runs.
  void Advance(Milliseconds by);
  std::size_t waiting() const;
  // How far Advance must go for the next one; nothing when nobody waits.
  std::optional<Milliseconds> NextDue() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with those who wait
};

}  // namespace trunkline::net
