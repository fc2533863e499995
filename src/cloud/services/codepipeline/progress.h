// Progress: how executions move through one pipeline, within one transaction.
//
// Everything that happens (a start, an action's end, an approval, a retry, an enabled transition)
// opens the pipeline, changes it, calls Advance and Save. Nothing waits here: actions and rules are
// run by jobs of their own and come back with EndAction and EndRule, so an execution is where its
// record says, also after a restart.
//
// An execution's body:
//   "Status", "StatusSummary", "Version" (of the declaration it goes by), "Started", "Updated",
//   "Trigger", "Mode", "Type", "RollbackTarget", "Variables", "Sources" (revisions it is to use),
//   "Attempt", "Stop", "Sequence", "Structure" (of the pipeline when it started)
//   "Stage": the stage it is in or waits for; "Step": where in it:
//      Waiting -> beforeEntry -> Actions -> onSuccess -> (next stage's) Waiting
//                                        or onFailure -> Ended
//   "Stages": by name {"Status", "Order" (of the actions that run), "Actions": by name {"Id",
//      "Status"}, "Conditions": by part {"Status", "Rules": by name {"Id", "Status"}},
//      "AutoRetries", "ManualRetries"}
//   "Artifacts": by name {"Places": by Region {"bucket", "key"}, "Revision"}
//   "Revisions": ArtifactRevisions, with "actionName"; "Spaces": variables by namespace
//
// Locks: in SUPERSEDED and QUEUED mode a stage holds one execution at a time. What waits in front
// of it is the newest alone (SUPERSEDED), or all in the order of their arrival (QUEUED).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/codepipeline/action_run.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {

struct StartOrder {
  std::string trigger_type;
  std::string trigger_detail;
  json::Array variables;  // [{"name", "value"}]
  json::Array sources;    // [{"actionName", "revisionType", "revisionValue"...}]
};

struct RuleOutcome {
  bool succeeded = false;
  std::string error_code;
  std::string error_message;
  std::string summary;
  std::string external_id;
  // A rule that waits (a deployment window) is run again later; it is still in progress.
  bool later = false;
};

class Progress {
 public:
  // PipelineNotFoundException.
  static Answer<Progress> Open(Context& context, std::string_view pipeline);
  static Answer<Progress> Open(Context& context, const Record& pipeline);

  // ---- what can happen; Advance and Save afterwards
  // The new execution's id. ConcurrentPipelineExecutionsLimitExceededException.
  Answer<std::string> Start(const StartOrder& order);
  // An execution that brings the stage back to what `target` made of it.
  std::string StartRollback(std::string_view stage, const std::string& target,
                            std::string_view trigger, std::string_view detail);
  // Nothing happens when the action ended before, or was abandoned. A pending outcome only shows
  // what is known.
  void EndAction(const std::string& action_id, const ActionOutcome& outcome,
                 std::string_view updated_by = {});
  void EndRule(const std::string& rule_id, const RuleOutcome& outcome);
  void Stop(const std::string& execution_id, bool abandon, std::string_view reason);
  // Of an execution that ended in this stage.
  void Retry(const std::string& execution_id, std::string_view mode, bool automatic);
  void Override(const std::string& execution_id, std::string_view part);
  // The declaration has another structure: what waits is cancelled, what runs ends with its
  // actions.
  void Restructure();
  // Lets every execution go as far as it can.
  void Advance();
  void Save();

  // ---- what there is
  const std::string& name() const { return pipeline_.id; }
  json::Object& pipeline() { return pipeline_.body; }
  const json::Object& declaration() { return pipeline_.body.GetObject("Declaration"); }
  json::Object& Execution(const std::string& id);           // it must exist
  const json::Object& Plan(const json::Object& execution);  // the declaration it goes by
  std::vector<std::string> ActiveIds();
  // What GetPipelineState keeps of a stage.
  json::Object& View(std::string_view stage);

 private:
  explicit Progress(Context& context, Record pipeline);
  Record& Load(const std::string& id);
  std::int64_t NextSequence();

  // Entering stages (progress_enter.cpp).
  bool AdmitTo(std::string_view stage);
  std::vector<std::string> WaitingFor(std::string_view stage);
  bool IsOccupied(std::string_view stage);
  void Enter(const std::string& id);
  void BeginActions(const std::string& id);
  void StartGroup(const std::string& id, std::int64_t order);
  void StartAction(const std::string& id, const json::Object& action);
  // Leaving them (progress_leave.cpp).
  void Settle(const std::string& id);
  void FinishStage(const std::string& id);
  void SucceedStage(const std::string& id, std::string_view status);
  void FailStage(const std::string& id);
  void FailForGood(const std::string& id);
  void ApplyResult(const std::string& id, std::string_view result);
  void End(const std::string& id, std::string_view status, std::string_view summary = {});
  bool RollBackStage(const std::string& id);
  // Conditions (progress_conditions.cpp).
  bool BeginConditions(const std::string& id, std::string_view part);
  void SettleConditions(const std::string& id, std::string_view part);

  void SetStage(json::Object& execution, std::string_view status);
  json::Object& StageOf(json::Object& execution);
  void CollectOutputs(json::Object& execution, const json::Object& action,
                      const ActionOutcome& outcome);
  void TellPipeline(const json::Object& execution, std::string_view id, std::string_view state);
  void TellStage(const json::Object& execution, std::string_view id, std::string_view state);
  void TellAction(const json::Object& execution, std::string_view id, const json::Object& action,
                  std::string_view state);
  void Tell(std::string_view type, const json::Object& detail);

  Context* context_;
  Record pipeline_;
  std::map<std::string, Record> executions_;
  json::Array events_;
};

// Opens, does, advances and saves.
template <class Work>
Answer<void> Change(Context& context, std::string_view pipeline, const Work& work) {
  TL_TRY(Progress progress, Progress::Open(context, pipeline));
  TL_DO(work(progress));
  progress.Advance();
  progress.Save();
  return {};
}

}  // namespace trunkline::cloud::codepipeline
