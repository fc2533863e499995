#include "cloud/jobs.h"

#include <unordered_map>
#include <utility>

namespace trunkline::cloud {
namespace {

constexpr Kind kJob{"cloud", "job"};

TimePoint DueOf(const Record& record) {
  return TimePoint(Milliseconds(record.body.GetInt("Due")));
}

}  // namespace

struct Jobs::State : std::enable_shared_from_this<Jobs::State> {
  State(Store& store_, Timers& timers_, Random& random_, Log& log_, Options options_)
      : store(store_), timers(timers_), random(random_), log(log_), options(options_) {}

  Store& store;
  Timers& timers;
  Random& random;
  Log& log;
  Options options;
  Runner runner;
  std::unordered_map<std::string_view, const JobKind*> kinds;
  std::unordered_map<std::string, Timers::Id> armed;  // by job id; 0 while it runs

  void Arm(const Scope& scope, const std::string& id, TimePoint due);
  void Disarm(const std::string& id);
  void Run(const Scope& scope, const std::string& id);
  void RunState(const Scope& scope, const std::string& id, const JobKind& kind,
                const json::Object& payload);
  void RunWait(const Scope& scope, const std::string& id, const JobKind& kind,
               json::Object payload);
  void Forget(const Scope& scope, const std::string& id);
};

void Jobs::State::Arm(const Scope& scope, const std::string& id, TimePoint due) {
  const std::weak_ptr<State> weak = weak_from_this();
  armed[id] = timers.CallAt(due, [weak, scope, id] {
    if (const auto state = weak.lock()) state->Run(scope, id);
  });
}

void Jobs::State::Disarm(const std::string& id) {
  const auto found = armed.find(id);
  if (found == armed.end()) return;
  timers.Cancel(found->second);
  armed.erase(found);
}

void Jobs::State::Run(const Scope& scope, const std::string& id) {
  armed[id] = 0;
  const Record* record = store.Find(scope, kJob, id);
  if (!record) {
    armed.erase(id);
    return;
  }
  const auto kind = kinds.find(record->name);
  if (kind == kinds.end()) {
    log.Warn("job '{}' was scheduled by another version and is dropped: nothing runs '{}' here", id,
             record->name);
    Forget(scope, id);
  } else if (kind->second->run) {
    RunState(scope, id, *kind->second, record->body.GetObject("Payload"));
  } else {
    RunWait(scope, id, *kind->second, record->body.GetObject("Payload"));
  }
}

void Jobs::State::RunState(const Scope& scope, const std::string& id, const JobKind& kind,
                           const json::Object& payload) {
  const json::Object own = payload;  // the record it stands in goes
  const auto done = runner.state(scope, [&](Context& context) {
    store.Delete(scope, kJob, id);
    return kind.run(context, own);
  });
  armed.erase(id);
  if (done) return;
  log.Warn("job '{}' ended with {}: {}", kind.name, done.error().code, done.error().message);
  Forget(scope, id);
}

void Jobs::State::RunWait(const Scope& scope, const std::string& id, const JobKind& kind,
                          json::Object payload) {
  const std::weak_ptr<State> weak = weak_from_this();
  const JobKind* running = &kind;
  runner.wait(scope, *kind.wait, std::move(payload),
              [weak, scope, id, running](const Answer<>& answer) {
                const auto state = weak.lock();
                if (!state) return;
                if (!answer) {
                  state->log.Warn("job '{}' ended with {}: {}", running->name, answer.error().code,
                                  answer.error().message);
                }
                state->Forget(scope, id);
              });
}

void Jobs::State::Forget(const Scope& scope, const std::string& id) {
  armed.erase(id);
  const auto done = store.Transact([&] {
    store.Delete(scope, kJob, id);
    return true;
  });
  if (!done) log.Warn("job '{}' stays scheduled: {}", id, done.error().message());
}

Jobs::Jobs(Store& store, Timers& timers, Random& random, Log& log,
           std::span<const JobKind* const> kinds, Options options)
    : state_(std::make_shared<State>(store, timers, random, log, options)) {
  for (const JobKind* kind : kinds) state_->kinds.emplace(kind->name, kind);
}

Jobs::~Jobs() {
  for (const auto& [id, timer] : state_->armed) state_->timers.Cancel(timer);
}

std::string Jobs::Schedule(const Context& context, const JobKind& kind, json::Object payload,
                           Milliseconds realistic) {
  const Milliseconds delay = state_->options.realistic_delays ? realistic : kShortDelay;
  return ScheduleAt(context, kind, std::move(payload), state_->timers.Now() + delay);
}

std::string Jobs::ScheduleAt(const Context& context, const JobKind& kind, json::Object payload,
                             TimePoint due) {
  const Scope scope = context.RegionScope();
  std::string id = NewUuid(state_->random);
  json::Object body{{"Due", due.time_since_epoch().count()}, {"Payload", std::move(payload)}};
  state_->store.Put(
      scope, kJob,
      {.id = id, .parent = {}, .name = std::string(kind.name), .body = std::move(body)});
  state_->store.AtEnd([state = state_, scope, id, due](bool committed) {
    // Cancelled in the same transaction: there is nothing to arm.
    if (committed && state->store.Find(scope, kJob, id)) state->Arm(scope, id, due);
  });
  return id;
}

bool Jobs::Cancel(const Context& context, std::string_view id) {
  if (!state_->store.Delete(context.RegionScope(), kJob, id)) return false;
  state_->store.AtEnd([state = state_, job = std::string(id)](bool committed) {
    if (committed) state->Disarm(job);
  });
  return true;
}

void Jobs::SetRunner(Runner runner) {
  state_->runner = std::move(runner);
}

void Jobs::Resume() {
  for (const auto& [id, timer] : state_->armed) state_->timers.Cancel(timer);
  state_->armed.clear();
  for (const auto& [scope, record] : state_->store.ListEverywhere(kJob)) {
    state_->Arm(scope, record->id, DueOf(*record));
  }
}

std::size_t Jobs::pending() const {
  return state_->armed.size();
}

}  // namespace trunkline::cloud
