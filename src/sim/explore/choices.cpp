#include "sim/explore/choices.h"

#include <algorithm>
#include <set>

#include "base/json_write.h"
#include "base/text.h"
#include "flow/catalogue.h"
#include "sim/actions/list.h"
#include "sim/explore/arms.h"
#include "sim/lifecycle.h"
#include "sim/phone_number.h"
#include "sim/testing/match.h"

namespace trunkline::sim {
namespace {

// Errors of actions that depend on the world around the center.
struct FailureRow {
  std::string_view type, error, words;
};
constexpr FailureRow kFailures[] = {
    {"CreateCallbackContact", "NoMatchingError", "the callback cannot be created"},
    {"DequeueContactAndTransferToQueue", "QueueAtCapacity", "queue '{}' is full"},
    {"DequeueContactAndTransferToQueue", "NoMatchingError", "queue '{}' cannot be reached"},
    {"TransferContactToQueue", "QueueAtCapacity", "queue '{}' is full"},
    {"TransferContactToQueue", "NoMatchingError", "queue '{}' cannot be reached"},
};

constexpr std::string_view kAnyDigits = "1234567890123456";
constexpr std::string_view kResult = "Success";

template <class Question>
const Question* LastOf(const std::vector<Effect>& effects) {
  for (auto at = effects.rbegin(); at != effects.rend(); ++at) {
    if (const auto* question = std::get_if<Question>(&at->what)) return question;
  }
  return nullptr;
}

Choice Steer(const Stopped& stopped, Decider by, GoOn go_on, std::string words) {
  go_on.request = stopped.request;
  return {.by = by,
          .event = std::move(go_on),
          .words = std::move(words),
          .action_type = std::string(stopped.type),
          .resource = stopped.resource};
}

Choice Fail(const Stopped& stopped, std::string error, std::string words) {
  return Steer(stopped, Decider::kFailure, {.error = std::move(error)}, std::move(words));
}

bool Knows(const std::vector<Choice>& choices, const std::string& words) {
  return std::ranges::find(choices, words, &Choice::words) != choices.end();
}

std::size_t PlaceOf(const Contact& contact, const FlowMap& map) {
  const Frame& frame = contact.state().runs.back().frames.back();
  return map.Find(*frame.resource, frame.action);
}

Choice Press(const std::string& keys) {
  return {.by = Decider::kCaller,
          .event = CallerPressed{keys},
          .words = fmt::format("presses {}", keys)};
}

Choice Silence(const Contact& contact, std::string words) {
  return {.by = Decider::kSilence,
          .event = TimerFired{*contact.needs().timer},
          .words = std::move(words)};
}

}  // namespace

const flow::Action* CurrentAction(const ContactState& contact) {
  if (contact.runs.empty() || contact.runs.back().frames.empty()) return nullptr;
  const Frame& frame = contact.runs.back().frames.back();
  return frame.resource->document->FindAction(frame.action);
}

bool HandsOverUnseen(std::string_view type) {
  const flow::ActionKind* kind = flow::FindActionKind(type);
  return FindRunner(type) == nullptr && kind != nullptr && kind->next == flow::Next::kTerminal;
}

Choices::Choices(const World& world, const FlowMap& map, const Answers& answers)
    : world_(world), map_(map), answers_(answers) {}

std::vector<Choice> Choices::At(const Contact& contact, const std::vector<Effect>& effects) const {
  if (contact.phase() == Phase::kEnded) return {};
  const RequestId request = contact.needs().request;
  if (request == 0) return OfWaiting(contact);
  const auto* stopped = LastOf<Stopped>(effects);
  if (stopped != nullptr && stopped->request == request) return BeforeAction(contact, *stopped);
  const auto* invoked = LastOf<InvokeLambda>(effects);
  if (invoked != nullptr && invoked->request == request) return OfFunction(contact, *invoked);
  const auto* asked = LastOf<AskBot>(effects);
  if (asked != nullptr && asked->request == request) return OfBot(contact, *asked);
  const auto* dialled = LastOf<DialThirdParty>(effects);
  if (dialled == nullptr || dialled->request != request) return {};
  using Dialled = ThirdPartyAnswered::Outcome;
  std::vector<Choice> choices;
  const auto add = [&](Decider by, Dialled outcome, std::string_view words) {
    choices.push_back({.by = by,
                       .event = ThirdPartyAnswered{.request = request, .outcome = outcome},
                       .words = fmt::format("{} {}", dialled->number, words),
                       .action_type = "TransferParticipantToThirdParty",
                       .resource = {}});
  };
  add(Decider::kOutside, Dialled::kConnected, "answers");
  add(Decider::kFailure, Dialled::kCallFailed, "cannot be called");
  add(Decider::kFailure, Dialled::kTimeLimitExceeded, "does not answer");
  return choices;
}

std::vector<Choice> Choices::AtEntry(const Call& call) const {
  const FlowResource* flow = world_.FindFlow(call.flow);
  const std::size_t place = flow == nullptr || flow->document == nullptr
                                ? kNowhere
                                : map_.Find(*flow, flow->document->start);
  const FunctionReplies all = answers_.OfEntry(place, call.attributes);
  complete_ = complete_ && all.complete;
  std::vector<Choice> choices;
  for (const FunctionReply& reply : all.replies) {
    const bool first = choices.empty();
    Choice begins{.by = first ? Decider::kNobody : Decider::kOutside, .event = Started{}};
    if (!first)
      begins.words = reply.words.empty() ? "begins with attributes"
                                         : fmt::format("begins with attributes ({})", reply.words);
    begins.attributes = reply.payload;
    choices.push_back(std::move(begins));
  }
  return choices;
}

std::vector<Choice> Choices::BeforeAction(const Contact& contact, const Stopped& stopped) const {
  const flow::Action& action = *CurrentAction(contact.state());
  if (HandsOverUnseen(stopped.type)) return {};
  // A queue whose hours are not known has some.
  const bool hours = world_.FindHours(stopped.resource) != nullptr ||
                     (stopped.resource.empty() && contact.queue() != nullptr &&
                      !action.parameters.Has("HoursOfOperationId"));
  if (stopped.type == "CheckHoursOfOperation" && hours) return OfHours(contact, stopped);
  if (stopped.type == "DistributeByPercentage" || stopped.type == "CheckMetricData")
    return OfArms(stopped, action);
  if (FindRunner(stopped.type) == nullptr) return OfStandIn(stopped, action);
  const Choice goes_on = Steer(stopped, Decider::kNobody, {}, "");
  std::vector<Choice> choices{goes_on};
  const bool to_queue = stopped.type.ends_with("ToQueue");
  if (to_queue && world_.FindQueue(stopped.resource) == nullptr) return choices;
  for (const FailureRow& row : kFailures) {
    if (row.type != stopped.type) continue;
    const std::string name = ResourceName(world_, stopped.type, stopped.resource);
    choices.push_back(
        Fail(stopped, std::string(row.error), fmt::format(fmt::runtime(row.words), name)));
  }
  if (choices.size() == 1) return choices;
  choices.front().by = Decider::kOutside;
  choices.front().words = to_queue
                              ? fmt::format("queue '{}' takes the contact",
                                            ResourceName(world_, stopped.type, stopped.resource))
                              : "the callback is created";
  return choices;
}

std::vector<Choice> Choices::OfHours(const Contact& contact, const Stopped& stopped) const {
  const std::string name = stopped.resource.empty()
                               ? "of queue " + contact.queue()->name
                               : ResourceName(world_, stopped.type, stopped.resource);
  return {Steer(stopped, Decider::kOutside, {.result = "True"},
                fmt::format("hours '{}' are open", name)),
          Steer(stopped, Decider::kOutside, {.result = "False"},
                fmt::format("hours '{}' are closed", name))};
}

std::vector<Choice> Choices::OfArms(const Stopped& stopped, const flow::Action& action) const {
  const bool percent = stopped.type == "DistributeByPercentage";
  std::vector<Choice> choices;
  for (const Arm& arm :
       ArmsOf(action.conditions, percent ? ValueRange::kPercent : ValueRange::kCount)) {
    choices.push_back(Steer(
        stopped, Decider::kOutside, {.result = arm.value},
        percent ? fmt::format("the split draws {} of 100", arm.value)
                : fmt::format("{} is {}", action.parameters.GetString("MetricType", "the metric"),
                              arm.value)));
  }
  return choices;
}

// A type that is not simulated stands for all its branches.
std::vector<Choice> Choices::OfStandIn(const Stopped& stopped, const flow::Action& action) const {
  std::vector<Choice> choices;
  for (const Arm& arm : ArmsOf(action.conditions, ValueRange::kAny)) {
    const std::string result = action.conditions.empty() ? std::string(kResult) : arm.value;
    choices.push_back(Steer(stopped, Decider::kOutside, {.result = result},
                            fmt::format("{} gives '{}'", stopped.type, result)));
    if (action.conditions.empty()) break;
  }
  for (const flow::ErrorBranch& branch : action.errors) {
    if (branch.type == "NoMatchingCondition") continue;
    Choice failure =
        Fail(stopped, branch.type, fmt::format("{} fails ({})", stopped.type, branch.type));
    if (!Knows(choices, failure.words)) choices.push_back(std::move(failure));
  }
  return choices;
}

std::vector<Choice> Choices::OfFunction(const Contact& contact, const InvokeLambda& invoked) const {
  const std::size_t place = PlaceOf(contact, map_);
  auto known = functions_.find({place, invoked.arn});
  if (known == functions_.end())
    known = functions_.emplace(std::pair(place, invoked.arn), answers_.OfFunction(place, invoked))
                .first;
  const FunctionReplies& all = known->second;
  complete_ = complete_ && all.complete;
  std::vector<Choice> choices;
  const auto add = [&](Decider by, LambdaAnswered answer, std::string words) {
    answer.request = invoked.request;
    choices.push_back({.by = by,
                       .event = std::move(answer),
                       .words = fmt::format("function '{}' {}", invoked.name, words),
                       .action_type = "InvokeLambdaFunction",
                       .resource = invoked.arn});
  };
  for (const FunctionReply& reply : all.replies) {
    add(Decider::kOutside, {.payload = json::Write(reply.payload)},
        reply.words.empty() ? "answers" : fmt::format("answers: {}", reply.words));
  }
  using Invoked = LambdaAnswered::Outcome;
  add(Decider::kFailure, {.outcome = Invoked::kError, .error = "it failed"}, "fails");
  add(Decider::kFailure, {.outcome = Invoked::kTimedOut, .took = invoked.limit},
      "does not answer in time");
  return choices;
}

std::vector<Choice> Choices::OfBot(const Contact& contact, const AskBot& asked) const {
  const std::size_t place = PlaceOf(contact, map_);
  auto known = bots_.find(place);
  if (known == bots_.end()) known = bots_.emplace(place, answers_.OfBot(place)).first;
  std::vector<Choice> choices;
  const auto add = [&](Decider by, BotAnswered answer, std::string words) {
    answer.request = asked.request;
    choices.push_back({.by = by,
                       .event = std::move(answer),
                       .words = fmt::format("bot '{}' {}", asked.name, words),
                       .action_type = "ConnectParticipantWithLexBot",
                       .resource = asked.alias_arn});
  };
  for (const BotReply& reply : known->second) {
    const bool fallback = reply.intent == "FallbackIntent";
    // Silence is nothing that a bot understands.
    if (asked.input == AskBot::Input::kSilence && !fallback) continue;
    std::string words =
        fallback ? "understands nothing" : fmt::format("understands '{}'", reply.intent);
    if (!reply.words.empty() && !fallback) words += fmt::format(" ({})", reply.words);
    add(Decider::kOutside,
        {.intent = reply.intent,
         .intent_state = "ReadyForFulfillment",
         .dialog_action = "Close",
         .slots = reply.slots,
         .session_attributes = reply.session_attributes,
         .score = fallback ? 0.0 : 1.0},
        std::move(words));
  }
  add(Decider::kFailure, {.error = "it failed"}, "fails");
  return choices;
}

std::vector<Choice> Choices::OfWaiting(const Contact& contact) const {
  const ContactState& state = contact.state();
  const Needs needs = contact.needs();
  const bool remains = state.hooks.contains("CustomerRemaining");
  const bool in_disconnect_flow =
      !state.runs.empty() && state.runs.back().role == FlowRole::kDisconnect;
  std::vector<Choice> choices;
  if (contact.phase() == Phase::kThirdParty) {
    choices.push_back({.by = Decider::kOutside,
                       .event = ThirdPartyLeft{},
                       .words = "the third party hangs up",
                       .action_type = "TransferParticipantToThirdParty",
                       .resource = {}});
    return choices;
  }
  if (contact.phase() == Phase::kTalking) {
    if (remains)
      choices.push_back(
          {.by = Decider::kAgent, .event = AgentLeft{}, .words = "the agent hangs up"});
    return choices;
  }
  if (needs.keys) AddKeys(contact, choices);
  if (needs.speech)
    choices.push_back(
        {.by = Decider::kCaller, .event = CallerSaid{"something"}, .words = "says something"});
  const bool returns =
      !state.runs.empty() && state.runs.back().pending && state.runs.back().pending->returning;
  if (returns)
    choices.push_back({.by = Decider::kCaller, .event = CallerReturned{}, .words = "comes back"});
  if (contact.phase() == Phase::kQueued && AgentFor(state) != nullptr)
    choices.push_back(
        {.by = Decider::kAgent, .event = AgentAccepted{}, .words = "an agent answers"});
  const bool asked = needs.keys || needs.speech || returns;
  if (needs.timer && asked)
    choices.push_back(Silence(contact, needs.speech ? "says nothing"
                                       : needs.keys ? "presses nothing"
                                                    : "stays away"));
  if (needs.timer && !asked)
    choices.push_back({.by = Decider::kNobody, .event = TimerFired{*needs.timer}, .words = ""});
  if (asked && remains && !in_disconnect_flow)
    choices.push_back({.by = Decider::kCaller, .event = CallerHungUp{}, .words = "hangs up"});
  return choices;
}

void Choices::AddKeys(const Contact& contact, std::vector<Choice>& choices) const {
  const flow::Action& action = *CurrentAction(contact.state());
  if (action.type != "GetParticipantInput") return;  // a bot: words will do
  if (EqualsIgnoreCase(action.parameters.GetString("StoreInput"), "true"))
    return AddStored(action, choices);
  for (const Arm& arm : ArmsOf(action.conditions, ValueRange::kKey))
    choices.push_back(Press(arm.value));
}

void Choices::AddStored(const flow::Action& action, std::vector<Choice>& choices) const {
  const json::Object& validation = action.parameters.GetObject("InputValidation");
  const json::Object& custom = validation.GetObject("CustomValidation");
  const json::Object& phone = validation.GetObject("PhoneNumberValidation");
  const std::string_view terminator =
      action.parameters.GetObject("DTMFConfiguration").GetString("InputTerminationSequence", "#");
  const auto limit = ToInt(custom.GetString("MaximumLength"));
  const std::size_t most =
      limit && *limit > 0 ? static_cast<std::size_t>(*limit) : kAnyDigits.size();
  std::vector<std::string> typed = answers_.OfCaller();
  if (!phone.empty()) {
    typed.insert(typed.end(), {"15550123", "1"});
  } else {
    typed.emplace_back(kAnyDigits.substr(0, limit ? std::min(most, kAnyDigits.size()) : 4));
  }
  for (std::string& digits : typed) {
    if (digits.size() > most) continue;
    if (digits.size() < most) digits += terminator;
    Choice press = Press(digits);
    if (!Knows(choices, press.words)) choices.push_back(std::move(press));
  }
}

}  // namespace trunkline::sim
