// The pipelines of the tooling account: what they do, and what a person tells them.
//
// A pipeline is named in full (amzconnect-instance-develop) or without what all of them begin with
// (instance-develop).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/tooling.h"
#include "base/clock.h"
#include "base/result.h"

namespace trunkline::app {

inline constexpr std::string_view kPipelinePrefix = "amzconnect-";

struct ActionStatus {
  std::string name;
  std::string category;  // Source, Build, Test, Deploy, Approval, Invoke
  std::string provider;
  std::string status;    // InProgress, Succeeded, Failed, Abandoned; empty: it has not run
  std::string message;   // the error's, else what was said at the end
  std::string question;  // of an approval: what a person is asked
  std::string external_id;
  std::optional<TimePoint> started;
  std::optional<TimePoint> changed;
  std::vector<std::string> last_lines = {};  // of a build that failed: what its commands wrote

  bool AsksAPerson() const { return category == "Approval" && status == "InProgress"; }
};

struct StageStatus {
  std::string name;
  std::vector<ActionStatus> actions;

  // InProgress, Failed and so on of its actions; empty: it has not begun.
  std::string status() const;
};

struct ExecutionStatus {
  std::string pipeline;
  std::string id;      // empty: it has never run
  std::string status;  // as CodePipeline spells it
  std::string commit;
  std::string summary;  // of the commit
  std::string trigger;
  std::optional<TimePoint> started;
  std::vector<StageStatus> stages;

  bool HasEnded() const { return status != "InProgress" && status != "Stopping"; }
  // The stage it is in, or ended in; nullptr before the first.
  const StageStatus* At() const;
};

// From a row of ListPipelineExecutions; without stages.
ExecutionStatus ToStatus(std::string pipeline, const json::Object& summary);

net::aw<Result<std::vector<std::string>>> PipelineNames(aws::Client client);
// The full name of a pipeline that there is; the error lists what there is, and the nearest.
net::aw<Result<std::string>> FindPipeline(aws::Client client, std::string name);
// `execution` empty: the latest. With `stages` false only what the list of executions says.
net::aw<Result<ExecutionStatus>> ReadExecution(aws::Client client, std::string pipeline,
                                               std::string execution, bool stages = true);

// The latest execution of every pipeline, sorted by name.
Result<std::vector<ExecutionStatus>> ListPipelines(AppWorld& world, const ToolingArgs& args);

// Tells `changed` of an execution whenever something changed in it, until it has ended or asks a
// person; with `follow` false once. The answer has the last lines of builds that failed.
Result<ExecutionStatus> WatchPipeline(AppWorld& world, const ToolingArgs& args,
                                      const std::string& name, const std::string& execution,
                                      bool follow,
                                      const std::function<void(const ExecutionStatus&)>& changed);

// ---- telling

// Starts it, at a commit or (empty) at the branch's head; the execution's id.
Result<std::string> StartPipeline(AppWorld& world, const ToolingArgs& args, const std::string& name,
                                  const std::string& commit);
// Ends the running execution: after the actions under way, or at once.
Result<std::string> StopPipeline(AppWorld& world, const ToolingArgs& args, const std::string& name,
                                 bool at_once, const std::string& reason);
// Runs what failed in the latest execution again, or all of that stage; the stage's name.
Result<std::string> RetryPipeline(AppWorld& world, const ToolingArgs& args, const std::string& name,
                                  bool whole_stage);
// Answers the approval that waits; the stage's name.
Result<std::string> AnswerApproval(AppWorld& world, const ToolingArgs& args,
                                   const std::string& name, bool approved,
                                   const std::string& comment);

}  // namespace trunkline::app
