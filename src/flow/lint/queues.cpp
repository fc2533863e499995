// Rules about what must have happened before a contact goes into a queue, and about waiting there.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kToQueue = "TransferContactToQueue";

bool IsModuleCall(const Action& action) {
  return action.Is("InvokeFlowModule");
}

// 0 before an action that `counts`, 1 behind it.
template <class Counts>
Paths After(const LintContext& context, Counts counts) {
  return {context, 2, 0, [&](Paths::State state, const Action& action, const GraphEdge&) {
            return counts(action) ? Paths::State{1} : state;
          }};
}

// The actions that some path reaches without `counts` before.
template <class Needs, class Counts>
void ReportMissing(LintContext& context, Needs needs, Counts counts, std::string_view what,
                   std::string_view hint) {
  const std::vector<const Action*>& actions = context.Actions();
  if (std::ranges::none_of(actions, [&](const Action* action) { return needs(*action); })) return;
  const bool elsewhere =
      std::ranges::any_of(actions, [&](const Action* action) { return counts(*action); });
  const Paths paths = After(context, counts);
  for (const Action* action : actions) {
    const std::size_t at = context.IndexOf(*action);
    if (!needs(*action) || !paths.Reaches(at, 0)) continue;
    if (elsewhere) {
      context.Report(fmt::format("a path reaches action '{}' ({}) without {}: {}", action->id,
                                 action->type, what, paths.Way(at, 0)),
                     action->offset, std::string(hint));
    } else if (context.document.type != "QUEUE_TRANSFER") {  // there, an agent decides
      context.ReportNote(
          fmt::format("action '{}' ({}) is reached without {}", action->id, action->type, what),
          action->offset, std::string(hint));
      return;  // one is enough: it is how the whole flow is
    }
  }
}

bool IsOfType(const LintContext& context, FlowTypes types) {
  const std::string& type = context.document.type;
  return type.empty() || (FlowTypeBit(type) & types) != 0;
}

bool GoesToQueue(const Action& action) {
  return action.Is(kToQueue);
}

// Without an id of its own the action works on the queue that was chosen before.
bool NeedsAQueue(const Action& action) {
  if (action.Is("CheckHoursOfOperation")) return !action.parameters.Has("HoursOfOperationId");
  const bool asks = action.Is("CheckMetricData") || action.Is("GetMetricData") ||
                    action.Is("CreateCallbackContact");
  return action.Is(kToQueue) ||
         (asks && !action.parameters.Has("QueueId") && !action.parameters.Has("AgentId"));
}

}  // namespace

// A flow that never chooses a queue may get it from the flow before; one that does so on some paths
// forgot the others. A module may choose one.
void QueueNotSet(LintContext& context) {
  if (!IsOfType(context, kContactFlow | kAgentTransfer)) return;
  const std::vector<const Action*>& actions = context.Actions();
  const bool chooses = std::ranges::any_of(
      actions, [](const Action* action) { return action->Is("UpdateContactTargetQueue"); });
  const Paths paths = After(context, [](const Action& action) {
    return action.Is("UpdateContactTargetQueue") || IsModuleCall(action);
  });
  for (const Action* action : actions) {
    const std::size_t at = context.IndexOf(*action);
    if (!NeedsAQueue(*action) || !paths.Reaches(at, 0)) continue;
    if (chooses) {
      context.Report(fmt::format("a path reaches action '{}' ({}) without choosing a queue: {}",
                                 action->id, action->type, paths.Way(at, 0)),
                     action->offset, "UpdateContactTargetQueue chooses it");
    } else if (GoesToQueue(*action)) {
      context.ReportNote(
          fmt::format(
              "action '{}' (TransferContactToQueue) needs a queue that the flow before has chosen",
              action->id),
          action->offset);
    }
  }
}

void HoursNotChecked(LintContext& context) {
  if (!IsOfType(context, kContactFlow | kQueueTransfer)) return;
  ReportMissing(
      context, GoesToQueue,
      [](const Action& action) {
        return action.Is("CheckHoursOfOperation") || IsModuleCall(action);
      },
      "checking the hours", "CheckHoursOfOperation keeps callers from waiting when nobody works");
}

void StaffingNotChecked(LintContext& context) {
  if (!IsOfType(context, kContactFlow | kQueueTransfer)) return;
  ReportMissing(
      context, GoesToQueue,
      [](const Action& action) {
        return action.Is("CheckMetricData") || action.Is("GetMetricData") ||
               action.Is("CreateCallbackContact") || IsModuleCall(action);
      },
      "looking at the queue or offering a callback",
      "CheckMetricData knows whether agents are there and how many contacts wait");
}

// A flow that never chooses the queue flow wants the default one; one that does so on some paths
// forgot the others.
void QueueFlowNotSet(LintContext& context) {
  const auto sets = [](const Action& action) {
    return action.Is("UpdateContactEventHooks") &&
           action.parameters.GetObject("EventHooks").Has("CustomerQueue");
  };
  if (std::ranges::none_of(context.Actions(), [&](const Action* action) { return sets(*action); }))
    return;
  ReportMissing(
      context, GoesToQueue,
      [&](const Action& action) { return sets(action) || IsModuleCall(action); },
      "choosing what waiting callers hear",
      "UpdateContactEventHooks chooses it; else they hear the default queue flow");
}

void RecordingNotSet(LintContext& context) {
  if (!IsOfType(context, kContactFlow)) return;
  ReportMissing(
      context, GoesToQueue,
      [](const Action& action) {
        return action.type.starts_with("UpdateContactRecording") || IsModuleCall(action);
      },
      "saying whether the conversation is recorded",
      "UpdateContactRecordingAndAnalyticsBehavior says it");
}

void TransferBeforeLoop(LintContext& context) {
  if (context.document.type != "CUSTOMER_QUEUE") return;
  const Paths paths = After(context, [](const Action& action) {
    return action.Is("MessageParticipantIteratively") || IsModuleCall(action);
  });
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    if (!action->Is("DequeueContactAndTransferToQueue") || !paths.Reaches(at, 0)) continue;
    context.Report(fmt::format("a path reaches action '{}' ({}) before any looped prompt: {}",
                               action->id, action->type, paths.Way(at, 0)),
                   action->offset, "the service wants MessageParticipantIteratively before it");
  }
}

void QueueWithoutWayOut(LintContext& context) {
  constexpr std::string_view kWaysOut[] = {"CreateCallbackContact",
                                           "DequeueContactAndTransferToQueue",
                                           "TransferParticipantToThirdParty",
                                           "DisconnectParticipant",
                                           "ConnectParticipantWithLexBot",
                                           "GetParticipantInput",
                                           "CreateTask",
                                           "InvokeFlowModule"};
  if (context.document.type != "CUSTOMER_QUEUE") return;
  const Action* loop = nullptr;
  for (const Action* action : context.Actions()) {
    if (std::ranges::find(kWaysOut, action->type) != std::end(kWaysOut)) return;
    if (loop == nullptr && action->Is("MessageParticipantIteratively")) loop = action;
  }
  if (loop == nullptr) return;
  context.Report(fmt::format("callers hear the loop of action '{}' until somebody is free; nothing "
                             "offers a way out",
                             loop->id),
                 loop->offset, "interrupt it now and then, and offer a callback or another queue");
}

// How long a text takes to read at least: fast voices read 20 characters a second.
void LoopCutShort(LintContext& context) {
  constexpr std::int64_t kCharactersPerSecond = 20;
  for (const Action* action : context.Actions()) {
    const std::optional<std::int64_t> interval =
        ToInt(action->parameters.GetString("InterruptFrequencySeconds"));
    if (!interval || !action->Is("MessageParticipantIteratively")) continue;
    std::int64_t characters = 0;
    for (const json::Value& message : action->parameters.GetArray("Messages")) {
      if (message.IsObject())
        characters += static_cast<std::int64_t>(message.AsObject().GetString("Text").size());
    }
    const std::int64_t seconds = characters / kCharactersPerSecond;
    if (seconds <= *interval) continue;
    context.Report(
        fmt::format("the texts of action '{}' take {} seconds or more to read, but are interrupted "
                    "after {}: what comes later is never heard",
                    action->id, seconds, *interval),
        action->offset, "every return to the action starts with the first text again");
  }
}

}  // namespace trunkline::flow::lint
