#include "cloud/timers.h"

#include <unordered_map>

#include <boost/asio/steady_timer.hpp>

namespace trunkline::cloud {

// Shared with the completion handlers, which may come after the timers are gone: `open` is false
// then.
struct LoopTimers::State {
  net::Loop& loop;
  const Clock& clock;
  bool open = true;
  Id last_id = 0;
  std::unordered_map<Id, std::unique_ptr<net::asio::steady_timer>> waiting;
};

LoopTimers::LoopTimers(net::Loop& loop, const Clock& clock)
    : state_(std::make_shared<State>(State{.loop = loop, .clock = clock, .waiting = {}})) {}

LoopTimers::~LoopTimers() {
  state_->open = false;
  state_->waiting.clear();
}

TimePoint LoopTimers::Now() const {
  return state_->clock.Now();
}

Timers::Id LoopTimers::CallAt(TimePoint due, std::function<void()> what) {
  const Id id = ++state_->last_id;
  auto timer = std::make_unique<net::asio::steady_timer>(state_->loop);
  const Milliseconds rest = due - state_->clock.Now();
  timer->expires_after(std::max(rest, Milliseconds(0)));
  timer->async_wait(
      [state = state_, id, what = std::move(what)](const boost::system::error_code& error) {
        if (error || !state->open || state->waiting.erase(id) == 0) return;
        what();
      });
  state_->waiting.emplace(id, std::move(timer));
  return id;
}

void LoopTimers::Cancel(Id id) {
  state_->waiting.erase(id);
}

Timers::Id ManualTimers::CallAt(TimePoint due, std::function<void()> what) {
  const Id id = ++last_id_;
  waiting_.emplace(std::pair(due, id), std::move(what));
  return id;
}

void ManualTimers::Cancel(Id id) {
  std::erase_if(waiting_, [id](const auto& entry) { return entry.first.second == id; });
}

bool ManualTimers::RunNext(TimePoint end) {
  if (waiting_.empty() || waiting_.begin()->first.first > end) return false;
  auto next = waiting_.extract(waiting_.begin());
  if (const auto due = next.key().first; due > clock_.Now()) clock_.Advance(due - clock_.Now());
  next.mapped()();
  return true;
}

void ManualTimers::Advance(Milliseconds by) {
  const TimePoint end = clock_.Now() + by;
  while (RunNext(end)) {
  }
  if (end > clock_.Now()) clock_.Advance(end - clock_.Now());
}

}  // namespace trunkline::cloud
