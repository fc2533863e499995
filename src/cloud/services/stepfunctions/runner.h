// Runner: does for executions under way what waits: calls their tasks, arms their timers. A
// resident of the engine; all state is in the store.
//
// Each execution that does not end at once has a job (kRunExecutionJob), which serves it to its end
// and is started again after a restart. The job looks at the stored run: whatever a strand waits
// for and is not under way in this process is begun. So a task that was under way at a restart is
// called again, a job of a .sync task is waited for again, and a token that was sent is waited for.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "cloud/engine.h"
#include "cloud/services/stepfunctions/executions.h"
#include "cloud/services/stepfunctions/signal.h"
#include "cloud/wait.h"

namespace trunkline::cloud::stepfunctions {

class Runner final : public Resident {
 public:
  explicit Runner(Engine& engine) : engine_(engine) {}
  void Reset() override;

  // Serves the execution until it has ended.
  net::aw<void> Serve(WaitContext context, std::string id);
  // Somebody else has moved it on: look again.
  void Wake(const Scope& scope, const std::string& id);
  // Until an express execution has ended; the answer is its record's body, and the record goes.
  net::aw<Answer<>> WaitForEnd(WaitContext context, std::string id);

  MachineCache& machines() { return machines_; }

  // Notified whenever a child of the map run has ended.
  std::shared_ptr<Signal> ChildrenOf(const Scope& scope, const std::string& map_run);

 private:
  using Key = std::pair<std::string, std::string>;  // scope, execution
  using CallKey = std::pair<int, int>;              // strand, call
  struct Active {
    std::shared_ptr<Signal> changed;
    std::set<CallKey> calls;  // under way here
  };

  static Key KeyOf(const Scope& scope, const std::string& id);
  std::shared_ptr<Signal> MakeSignal() { return std::make_shared<Signal>(engine_.loop); }

  struct Seen {
    bool ended = false;
    bool busy = false;  // there is more to do at once
    std::optional<TimePoint> due;
  };
  Seen Look(const WaitContext& context, const std::string& id,
            const std::shared_ptr<Active>& active);
  void BeginCalls(const WaitContext& context, const std::string& id, const Run& run,
                  const std::shared_ptr<Active>& active);
  void End(const WaitContext& context, const std::string& id);

  Engine& engine_;
  MachineCache machines_;
  std::map<Key, std::shared_ptr<Active>> active_;    // shared with the coroutines that serve
  std::map<Key, std::shared_ptr<Signal>> ended_;     // of who waits for an end
  std::map<Key, std::shared_ptr<Signal>> children_;  // of map runs
};

// The runner's machines.
MachineCache* CacheOf(const WaitContext& context);

}  // namespace trunkline::cloud::stepfunctions
