// Run: what an execution under way is, between two steps.
//
// A run is a tree of strands. Strand 0 walks the machine's own states; each branch of a Parallel
// state and each iteration of a Map state is a strand of its own, whose parent waits for it. A
// strand is all there is to know of its place, so that a run can be kept and taken up again.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "cloud/services/stepfunctions/machine.h"

namespace trunkline::cloud::stepfunctions {

struct Strand {
  enum class Phase {
    kEnter,    // about to enter `state`
    kExecute,  // entered; about to do, or to do again, what the state is for
    kWait,     // until `wake`: Wait, or the pause before a retry
    kTask,     // for what a task answers
    kJoin,     // for its children
    kDone,     // a child that has its output
  };
  int id = 0;
  int parent = -1;
  int index = 0;  // of the branch or iteration
  std::string state;
  Phase phase = Phase::kEnter;
  json::Value input = {};          // of the state
  json::Object variables = {};     // of this strand and those around it
  std::int64_t last_event = 0;     // the next event's previousEventId
  std::int64_t entered_event = 0;  // of the state
  std::int64_t before_event = 0;   // what the state's first event follows
  TimePoint entered = {};
  std::vector<int> attempts = {};  // of each retrier of the state
  int retries = 0;                 // of all
  bool retrying = false;           // in kWait: a retry comes next
  std::optional<TimePoint> wake = {};
  int call = 0;            // counts calls of tasks: answers to earlier ones come too late
  json::Object task = {};  // kTask: what is called; kJoin: the items of a Map
  std::optional<TimePoint> deadline = {};   // of the task
  std::optional<TimePoint> heartbeat = {};  // of the task; moved by each heartbeat
  json::Value output = {};                  // kDone; in kWait the effective input
  json::Value item = {};                    // Map.Item of the context object
  // Known from the children: not kept.
  int started = 0;  // children made so far
  int done = 0;     // of them in kDone

  json::Object ToJson() const;
  static Strand FromJson(const json::Object& body);
  // When something is due that nobody else tells of.
  std::optional<TimePoint> NextDue() const;
  // There is something to do at once.
  bool CanGoOn() const;
};

// How an execution ended.
struct End {
  std::string status;  // SUCCEEDED, FAILED, TIMED_OUT, ABORTED
  std::optional<std::string> output = {};
  std::optional<std::string> error = {};
  std::optional<std::string> cause = {};
};

struct Run {
  std::shared_ptr<const Machine> machine;  // shared by the runs of a revision
  // For the context object.
  std::string execution_arn;
  std::string name;
  std::string machine_arn;
  std::string machine_name;
  std::string role_arn;
  std::string start_time;
  json::Value input;
  std::int64_t redrives = 0;
  std::string redrive_time = {};
  std::string region = {};
  bool sync = false;          // started by StartSyncExecution
  bool keeps_history = true;  // STANDARD: at most 25,000 events

  std::map<int, Strand> strands = {};
  int next_strand = 1;
  std::optional<TimePoint> deadline = {};  // of the whole execution

  std::int64_t last_event = 0;
  std::vector<json::Object> events = {};  // new ones, not kept yet
  std::set<int> touched = {};             // strands that were changed or made since they were kept
  std::set<int> gone = {};                // strands that were kept and are no more
  std::optional<End> end = {};
  json::Array checkpoint = {};  // of a failure: the strands as they were, for a redrive

  // "An error occurred while executing ...": events are in the API's own form.
  std::int64_t AddEvent(std::string_view type, std::int64_t previous, TimePoint now,
                        std::string_view details_name = {}, json::Object details = {});
  Strand& Touch(int id);
  void Remove(int id);  // with its children
  std::vector<int> ChildrenOf(int id) const;
  void CountChildren();  // after the strands were read
  json::Array Checkpoint() const;
};

// "2026-11-22T20:35:18.000Z": with milliseconds, always.
std::string ToIsoMillis(TimePoint time);
// Seconds since 1970, as records and answers carry times.
json::Value ToSeconds(TimePoint time);

}  // namespace trunkline::cloud::stepfunctions
