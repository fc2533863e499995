// Jobs: work that goes on after the answer: an instance becomes ACTIVE, a bot is built, a
// function's code is ready.
//
// A job is a kind, a due time and a payload, kept in the store: a restart runs what is due, and
// waits for the rest. A *state* job is a plain function in one transaction, which also removes the
// job: it happens once. A *waits* job is a coroutine; when the process ends before it did, it is
// run again at the next start, so it must stand that. A job's caller is the account's root, in the
// Region it was scheduled in.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "cloud/context.h"
#include "cloud/operation.h"
#include "cloud/store.h"
#include "cloud/timers.h"

namespace trunkline::cloud {

// One kind of job: a row of job_kinds.h.
struct JobKind {
  std::string_view name;  // "connect.activate-instance": stands in the store, so keep it
  // An error is logged and the job is gone, with what it changed.
  Answer<void> (*run)(Context&, const json::Object& payload) = nullptr;
  const WaitHandler* wait =
      nullptr;  // exactly one of the two; its answer is dropped, its error logged
};

class Jobs {
 public:
  static constexpr Milliseconds kShortDelay{50};

  struct Options {
    bool realistic_delays = false;  // AWS's own delays instead of kShortDelay
  };
  Jobs(Store& store, Timers& timers, Random& random, Log& log,
       std::span<const JobKind* const> kinds, Options options);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  // Within a transaction: the job exists if the transaction does. Runs after kShortDelay, or after
  // `realistic` with
  // --realistic-delays. The answer is the job's id.
  std::string Schedule(const Context& context, const JobKind& kind, json::Object payload,
                       Milliseconds realistic);
  // At that time whatever the options say: schedules, waits a user asked for.
  std::string ScheduleAt(const Context& context, const JobKind& kind, json::Object payload,
                         TimePoint due);
  // Within a transaction. False: it has run, or never was.
  bool Cancel(const Context& context, std::string_view id);

  // How jobs run: set once by the cloud, before Resume.
  struct Runner {
    // Runs `work` as `account` in `region`, in one transaction.
    std::function<Answer<void>(const Scope& scope,
                               const std::function<Answer<void>(Context&)>& work)>
        state;
    // Starts a waits job; calls `done` when it has ended.
    std::function<void(const Scope& scope, const WaitHandler& handler, json::Object payload,
                       std::function<void(Answer<> answer)> done)>
        wait;
  };
  void SetRunner(Runner runner);
  // Reads what the store holds and arms it: once, at start, and after a reset.
  void Resume();
  std::size_t pending() const;  // scheduled or running

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with timers and jobs under way
};

}  // namespace trunkline::cloud
