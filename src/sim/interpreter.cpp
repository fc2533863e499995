#include "sim/interpreter.h"

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "flow/catalogue.h"
#include "sim/actions/list.h"
#include "sim/conditions.h"
#include "sim/lifecycle.h"
#include "sim/lookup.h"
#include "sim/runaway.h"
#include "sim/runner.h"
#include "sim/stand_in.h"
#include "sim/steer.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kNoMatchingCondition = "NoMatchingCondition";
constexpr std::chrono::minutes kWhisperLimit{2};  // flow-language 2.3

bool CanGoOn(const ContactState& contact) {
  if (contact.phase == Phase::kEnded || contact.runs.empty()) return false;
  const FlowRun& run = contact.runs.back();
  return !run.pending && !run.finished;
}

// How an action ended, and where it leads.
struct Exit {
  std::string outcome;
  std::string detail = {};
  std::optional<BranchTaken> branch = {};
};

const std::string* TargetOf(const flow::Action& action, const BranchTaken& branch) {
  switch (branch.kind) {
    case flow::EdgeKind::kNext:
      return action.next ? &*action.next : nullptr;
    case flow::EdgeKind::kCondition:
      return &action.conditions[branch.position].next;
    case flow::EdgeKind::kError:
      return &action.errors[branch.position].next;
  }
  return nullptr;
}

void Log(Turn& turn, Exit exit, std::string_view next = {}) {
  if (!turn.contact.sink->WantsRan()) return;
  turn.Emit(Ran{.type = turn.action.type,
                .parameters = turn.contact.logging ? turn.parameters().Whole() : json::Object(),
                .outcome = std::move(exit.outcome),
                .detail = std::move(exit.detail),
                .next = next,
                .branch = exit.branch,
                .logged = turn.contact.logging});
}

// Leaves by a branch; without one, or where it leads nowhere, the flow ends.
void GoTo(Turn& turn, Exit exit) {
  const std::string* target = exit.branch ? TargetOf(turn.action, *exit.branch) : nullptr;
  const std::string_view next = target == nullptr ? std::string_view() : *target;
  if (target == nullptr) exit.branch.reset();
  Log(turn, std::move(exit), next);
  turn.frame.action = next;
}

std::optional<BranchTaken> ErrorBranch(const flow::Action& action, std::string_view type) {
  const auto found = std::ranges::find(action.errors, type, &flow::ErrorBranch::type);
  if (found == action.errors.end()) return std::nullopt;
  return BranchTaken{.kind = flow::EdgeKind::kError,
                     .position = static_cast<std::size_t>(found - action.errors.begin())};
}

void Succeed(Turn& turn) {
  GoTo(turn, {.outcome = "success", .branch = BranchTaken{}});
}

void FollowError(Turn& turn, Unhandled unhandled, const Failed& failed) {
  Exit exit{.outcome = failed.error, .detail = failed.why};
  exit.branch = ErrorBranch(turn.action, failed.error);
  if (!exit.branch) exit.branch = ErrorBranch(turn.action, kNoMatchingError);
  if (!exit.branch && unhandled == Unhandled::kGoesOn) exit.branch = BranchTaken{};
  if (!exit.branch) {
    turn.Warn("action '{}' took the error '{}', which has no branch: the flow ends ({})",
              turn.action.id, failed.error, failed.why);
  }
  GoTo(turn, std::move(exit));
}

// "Equals Sales".
std::string OutcomeOf(const flow::ConditionBranch& branch) {
  std::string outcome = branch.op;
  for (std::size_t i = 0; i < branch.operands.size(); ++i) {
    outcome += i == 0 ? " " : ", ";
    outcome += branch.operands[i];
  }
  return outcome;
}

void FollowResult(Turn& turn, const Returned& returned) {
  const std::vector<flow::ConditionBranch>& conditions = turn.action.conditions;
  if (conditions.empty()) return Succeed(turn);
  for (std::size_t i = 0; i < conditions.size() && returned.value; ++i) {
    if (!Holds(turn.contact, conditions[i], *returned.value)) continue;
    return GoTo(turn, {.outcome = OutcomeOf(conditions[i]),
                       .detail = *returned.value,
                       .branch = BranchTaken{.kind = flow::EdgeKind::kCondition, .position = i}});
  }
  const auto otherwise = ErrorBranch(turn.action, kNoMatchingCondition);
  GoTo(turn, {.outcome = std::string(kNoMatchingCondition),
              .detail = returned.value.value_or("no value"),
              .branch = otherwise.value_or(BranchTaken{})});
}

void EnterFlow(Turn& turn, const FlowResource& flow) {
  Log(turn, {.outcome = "success"});
  // A module that transfers leaves its caller too, and its own namespaces with it.
  Scratch kept = std::move(turn.run.frames.front().scratch);
  kept.flow_attributes = {};
  turn.run.frames.clear();
  PushFrame(turn.contact, turn.run, flow, FlowRole::kTransfer, std::move(kept));
}

void EnterModule(Turn& turn, EntersModule entered) {
  Log(turn, {.outcome = "entered"});
  Scratch own;
  own.modules.Set("Input", std::move(entered.input));
  PushFrame(turn.contact, turn.run, *entered.module, FlowRole::kModule, std::move(own));
}

// The module's frame goes; its caller's action, InvokeFlowModule, gets the result.
void LeaveModule(ContactState& contact, FlowRun& run, LeavesModule left) {
  run.frames.pop_back();
  Frame& caller = run.frames.back();
  caller.scratch.modules = {};
  if (left.result) caller.scratch.modules.Set("Result", *left.result);
  caller.scratch.modules.Set("ResultData", std::move(left.data));
  const flow::Action& action = *caller.resource->document->FindAction(caller.action);
  Turn turn(contact, run, action, {});
  if (left.result) return FollowResult(turn, {left.result});
  Succeed(turn);
}

void Settle(Turn& turn, Unhandled unhandled, Outcome outcome) {
  ContactState& contact = turn.contact;
  FlowRun& run = turn.run;
  if (!std::holds_alternative<Waits>(outcome)) {
    run.pending.reset();
    DropTimersOf(contact, run.serial);
  }
  std::visit(Overloaded{
                 [&](const Succeeded&) { Succeed(turn); },
                 [&](const Returned& returned) { FollowResult(turn, returned); },
                 [&](const Failed& failed) { FollowError(turn, unhandled, failed); },
                 [&](const Waits&) { ForgetTrail(contact); },
                 [&](const EntersFlow& entered) { EnterFlow(turn, *entered.flow); },
                 [&](EntersModule& entered) { EnterModule(turn, std::move(entered)); },
                 [&](LeavesModule& left) {
                   Log(turn, {.outcome = "returned", .detail = left.result.value_or("")});
                   if (run.frames.size() > 1) return LeaveModule(contact, run, std::move(left));
                   turn.Warn(
                       "action '{}' returns from a module, but flow '{}' is none: the flow ends",
                       turn.action.id, turn.frame.resource->name);
                   FinishRun(contact);
                 },
                 [&](const EntersQueue&) {
                   Log(turn, {.outcome = "success"});
                   EnterQueue(contact);
                 },
                 [&](const EntersAgent&) {
                   Log(turn, {.outcome = "success"});
                   EnterAgent(contact);
                 },
                 [&](const EndsFlow&) {
                   Log(turn, {.outcome = "ended"});
                   FinishRun(contact);
                 },
                 [&](const HangsUp& hung_up) {
                   Log(turn, {.outcome = "disconnected"});
                   FlowHangsUp(contact, hung_up.why);
                 },
                 [&](const HandsOver& handed) {
                   Log(turn, {.outcome = "transferred", .detail = handed.number});
                   HandOver(contact, handed.number);
                 },
             },
             outcome);
}

Outcome NotSimulated(Turn& turn) {
  turn.Warn("action '{}' of type '{}' is not simulated", turn.action.id, turn.action.type);
  return Fail("not simulated");
}

void RunOffTheEnd(ContactState& contact, FlowRun& run) {
  if (run.frames.size() > 1) return LeaveModule(contact, run, {});
  FinishRun(contact);
}

Parameters ParametersOf(ContactState& contact, const flow::Action& action, bool warn) {
  std::vector<std::string> missing;
  Parameters parameters(contact, action.parameters, missing);
  for (const std::string& reference : missing) {
    if (warn)
      Warn(contact,
           fmt::format("reference '{}' of action '{}' has no value here", reference, action.id));
  }
  return parameters;
}

bool WhispersTooLong(const ContactState& contact, const FlowRun& run) {
  const bool whisper =
      run.role == FlowRole::kAgentWhisper || run.role == FlowRole::kCustomerWhisper;
  return whisper && contact.now - run.began > kWhisperLimit;
}

// The type of flow the active run counts as; 0 when the flow does not say.
flow::FlowTypes TypeOf(const FlowRun& run) {
  switch (run.role) {
    case FlowRole::kQueue:
      return flow::kCustomerQueue;
    case FlowRole::kAgentWhisper:
      return flow::kAgentWhisper;
    case FlowRole::kCustomerWhisper:
      return flow::kCustomerWhisper;
    default:
      return flow::FlowTypeBit(run.frames.front().resource->type);
  }
}

// An action that does not work in this type of flow takes its error branch; in a module the calling
// flow's type counts (flow-language 1.8). Terminal actions decide by themselves.
std::optional<Outcome> OutOfPlace(const FlowRun& run, const flow::ActionKind* kind) {
  const flow::FlowTypes type = TypeOf(run);
  if (kind == nullptr || type == 0 || kind->next == flow::Next::kTerminal) return std::nullopt;
  if (((kind->flow_types | kind->more_flow_types) & type) != 0) return std::nullopt;
  return Fail("it does not work in a flow of type {}", flow::FlowTypeNames(type));
}

Outcome RunBy(const Runner* runner, const flow::ActionKind* kind, Turn& turn) {
  if (runner == nullptr) return NotSimulated(turn);
  if (auto misplaced = OutOfPlace(turn.run, kind)) return std::move(*misplaced);
  return runner->run(turn);
}

// The action is not run, or as the host wants it.
Outcome RunBy(const Runner* runner, const flow::ActionKind* kind, Turn& turn, const GoOn& go_on) {
  const bool told = go_on.succeeds || !go_on.error.empty() || !go_on.result.empty();
  if (!told) return RunBy(runner, kind, turn);
  if (const StandIn* stand_in = FindStandIn(turn.action.type))
    return RunAsTold(turn, *stand_in, go_on);
  if (!go_on.error.empty()) return Failed{go_on.error, "the host wants it so"};
  if (!go_on.result.empty()) return Returned{go_on.result};
  return Succeeded{};
}

// The action runs when GoOn comes.
void Stop(Turn& turn) {
  Pending& pending = turn.Wait();
  pending.request = turn.NewRequest();
  pending.stopped = true;
  turn.Emit(Stopped{
      .request = pending.request, .type = turn.action.type, .resource = SteeredResource(turn)});
}

// The action that had stopped, as the host wants it.
void Begin(ContactState& contact, FlowRun& run, const flow::Action& action, const GoOn& go_on) {
  Parameters parameters = std::move(run.pending->parameters);
  run.pending.reset();
  if (!go_on.resource.empty()) {
    json::Object own = parameters.Whole();
    Steer(contact, action.type, own, go_on.resource);
    parameters = Parameters(std::move(own));
  }
  const flow::ActionKind* kind = flow::FindActionKind(action.type);
  const Runner* runner = RunnerOf(kind);
  Turn turn(contact, run, action, std::move(parameters));
  Settle(turn, runner == nullptr ? Unhandled::kEndsFlow : runner->unhandled,
         RunBy(runner, kind, turn, go_on));
}

void RunAction(ContactState& contact, FlowRun& run) {
  Frame& frame = run.frames.back();
  if (frame.action.empty()) return RunOffTheEnd(contact, run);
  if (WhispersTooLong(contact, run)) {
    return FlowHangsUp(
        contact, fmt::format("flow '{}' whispered for more than 2 minutes", frame.resource->name));
  }
  const flow::Action* action = frame.resource->document->FindAction(frame.action);
  if (action == nullptr) {
    Warn(contact, fmt::format("flow '{}' has no action '{}': the flow ends there",
                              frame.resource->name, frame.action));
    frame.action = {};
    return;
  }
  if (auto loop = CountAction(contact)) return EndContact(contact, std::move(*loop));

  const flow::ActionKind* kind = flow::FindActionKind(action->type);
  const Runner* runner = RunnerOf(kind);
  const bool warn = runner == nullptr || !runner->missing_is_normal;
  Turn turn(contact, run, *action, ParametersOf(contact, *action, warn));
  if (contact.call.stops) return Stop(turn);
  Settle(turn, runner == nullptr ? Unhandled::kEndsFlow : runner->unhandled,
         RunBy(runner, kind, turn));
}

}  // namespace

void Advance(ContactState& contact) {
  do {
    while (CanGoOn(contact)) RunAction(contact, contact.runs.back());
  } while (AcceptIfReady(contact));
}

void Resume(ContactState& contact, const Event& event) {
  FlowRun& run = contact.runs.back();
  const Frame& frame = run.frames.back();
  const flow::Action& action = *frame.resource->document->FindAction(frame.action);
  if (run.pending->stopped) return Begin(contact, run, action, std::get<GoOn>(event));
  const Runner& runner = *RunnerOf(flow::FindActionKind(action.type));
  Turn turn(contact, run, action, run.pending->parameters);
  Settle(turn, runner.unhandled, runner.resume(turn, event));
}

}  // namespace trunkline::sim
