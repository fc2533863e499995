// Interpreter: moves a run on. A plain function of the run, an event and the time: it does no I/O
// and waits for nothing; what the world must do is left in `calls` and `abandoned`.
//
// One instance serves one step: a start, something that became due, an answer of a task. Drive then
// goes on until every strand waits for something, the run has ended or the budget is used up.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"
#include "cloud/services/stepfunctions/data_flow.h"
#include "cloud/services/stepfunctions/failure.h"
#include "cloud/services/stepfunctions/resource.h"
#include "cloud/services/stepfunctions/run.h"

namespace trunkline::cloud::stepfunctions {

inline constexpr std::size_t kPayloadLimit = 262'144;  // bytes of any input or output
inline constexpr std::int64_t kHistoryLimit = 25'000;  // events of a STANDARD execution

class Interpreter {
 public:
  Interpreter(Run& run, Random& random, TimePoint now) : run_(run), random_(random), now_(now) {}

  // A task that must be called: the strand's `task` says what.
  struct Call {
    int strand = 0;
    int call = 0;
  };
  std::vector<Call> calls;
  std::vector<json::Object> abandoned;  // tasks under way that nobody waits for any more
  std::function<bool(std::string_view arn)> has_activity;  // unset: there is

  // Makes strand 0 and the first event.
  void Start(std::string_view start_at, json::Object started_details);
  // After a run was read: what can go on does.
  void Resume();
  // What has become due: the end of a Wait, of a task's time, of the execution's.
  void HandleDue();

  // Answers of tasks; those to earlier calls and ended strands are ignored.
  // `job` is what a .sync task waits for.
  void TaskSubmitted(int strand, int call, const std::string& output, std::string_view job = {});
  void TaskSucceeded(int strand, int call, const json::Value& result);
  void TaskFailed(int strand, int call, Failure failure);
  void ActivityStarted(int strand, int call, std::string_view worker);
  void Heartbeat(int strand, int call);
  // Of a distributed map; `arn` is its map run's.
  void MapRunStarted(int strand, int call, std::string_view arn);
  void MapRunEnded(int strand, int call, Outcome<> result);
  // What a field of a distributed map yields: ItemReader's, ResultWriter's and ItemBatcher's
  // templates. `place` is the field's name in causes.
  Outcome<> FillMapField(int strand, const json::Value& form, std::string_view place);
  // ItemSelector, for one item.
  Outcome<> SelectItem(Strand& strand, int index, const json::Value& item);
  // The strand, when `call` is what it waits for.
  Strand* FindCall(int strand, int call);

  // How the last failure was handled: for TestState.
  struct Handled {
    Failure failure;
    std::optional<std::size_t> retry;
    std::optional<std::size_t> caught;
    Milliseconds delay{0};
  };
  std::optional<Handled> handled;
  std::optional<std::size_t> exhausted;  // the retrier that would have had it, were it not used up
  json::Object* trace = nullptr;         // see StateView
  const json::Object* context_object = nullptr;  // in place of the run's own
  const json::Array* reader_items = nullptr;     // what a Map's ItemReader would have read
  // The result of strand 0's state, be it a task or a join whose children are not run.
  void AnswerForTest(Outcome<> result);

  void Abort(const std::optional<std::string>& error, const std::optional<std::string>& cause);
  void Redrive(const json::Array& checkpoint);

  // True: the budget is used up, and there is more to do.
  bool Drive(int budget);

 private:
  using Phase = Strand::Phase;
  const Node& NodeOf(const Strand& strand) const;
  json::Value ContextOf(const Strand& strand, const Node& node) const;
  StateView ViewOf(const Strand& strand, const Node& node, const json::Value& context) const;
  bool OutOfEvents();
  std::vector<int> DueStrands() const;

  // interpreter.cpp
  void Step(int id);
  void Enter(Strand& strand, const Node& node);
  void Execute(Strand& strand, const Node& node);
  void Leave(int id, const Node& node, Outcome<Departure> departure, std::string_view next);
  void LeaveByNext(int id, const Node& node, Outcome<Departure> departure);
  void Finish(int id, json::Value output);
  void EndRun(End end);

  // interpreter_states.cpp
  void ExecutePass(Strand& strand, const StateView& view);
  void ExecuteChoice(Strand& strand, const StateView& view);
  void ChooseByQuery(Strand& strand, const StateView& view);
  void ExecuteWait(Strand& strand, const StateView& view);
  void EndWait(Strand& strand, const Node& node);
  void ExecuteSucceed(Strand& strand, const StateView& view);
  void ExecuteFail(Strand& strand, const StateView& view);

  // interpreter_task.cpp
  void ExecuteTask(Strand& strand, const Node& node);
  Outcome<void> Schedule(Strand& strand, const StateView& view, const Resource& resource);
  void AddScheduled(Strand& strand, const Resource& resource);
  void AddStarted(Strand& strand);
  void AddTaskEvent(Strand& strand, std::string_view what, json::Object details);
  Failure TimeOut(Strand& strand);

  // interpreter_join.cpp
  void ExecuteParallel(Strand& strand, const StateView& view);
  void ExecuteMap(Strand& strand, const StateView& view);
  Outcome<json::Array> ItemsOf(const StateView& view, const json::Value& effective);
  void ExecuteMapRun(Strand& strand, const StateView& view);  // interpreter_map_run.cpp
  void StartIterations(int id, std::int64_t previous);
  bool StartIteration(int id, std::int64_t previous);
  // interpreter_trace.cpp
  Outcome<void> NoteMap(Strand& strand, const StateView& view, const json::Value& effective);
  Outcome<void> NoteSelected(Strand& strand);

  int AddChild(const Strand& parent, int index, std::string_view start_at, json::Value input,
               std::int64_t previous);
  void FinishChild(int id, json::Value output);
  void Join(int id);

  // interpreter_failure.cpp
  void Fail(int id, Failure failure);
  bool Retry(Strand& strand, const Node& node, const Failure& failure);
  bool Catch(Strand& strand, const Node& node, const Failure& failure);
  void TellState(const Strand& strand, Failure& failure) const;
  void AddEvaluationFailed(Strand& strand, const Failure& failure);
  void FailStrand(int id, const Failure& failure);
  void AddAborted(const Strand& failed);
  void Abandon(int id);

  Run& run_;
  Random& random_;
  TimePoint now_;
  std::deque<int> ready_;
};

// The error and cause of events, when there are any.
json::Object FailureDetails(const std::optional<std::string>& error,
                            const std::optional<std::string>& cause);
// {"name": ..., "truncated": false} beside an input or output.
void SetPayload(json::Object& details, std::string_view name, std::string text);

}  // namespace trunkline::cloud::stepfunctions
