#include "sim/explore/choices.h"

#include <algorithm>

#include "base/json_write.h"
#include "flow/catalogue.h"
#include "sim/actions/list.h"
#include "sim/explore/arms.h"
#include "sim/explore/waiting_choices.h"
#include "sim/stand_in.h"
#include "sim/testing/match.h"

namespace trunkline::sim {
namespace {

// Errors of actions that depend on the world around the center.
struct FailureRow {
  std::string_view type, error, words;
  std::string_view otherwise;  // when it does not fail
};
constexpr std::string_view kTaken = "queue '{}' takes the contact";
constexpr FailureRow kFailures[] = {
    {"CreateCallbackContact", "NoMatchingError", "the callback cannot be created",
     "the callback is created"},
    {"CreateContact", "NoMatchingError", "the contact cannot be created", "the contact is created"},
    {"DequeueContactAndTransferToQueue", "QueueAtCapacity", "queue '{}' is full", kTaken},
    {"DequeueContactAndTransferToQueue", "NoMatchingError", "queue '{}' cannot be reached", kTaken},
    {"RouteContactToAgent", "NoMatchingError", "the agent cannot be rung", "the agent is rung"},
    {"StartOutboundChatContact", "NoMatchingError", "the message cannot be sent",
     "the message is sent"},
    {"TransferContactToQueue", "QueueAtCapacity", "queue '{}' is full", kTaken},
    {"TransferContactToQueue", "NoMatchingError", "queue '{}' cannot be reached", kTaken},
};

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

// The action as it is, and what may fail around it.
std::vector<Choice> OfFailures(const World& world, const Stopped& stopped) {
  std::vector<Choice> choices{Steer(stopped, Decider::kNobody, {}, "")};
  const bool to_queue = stopped.type.ends_with("ToQueue");
  if (to_queue && world.FindQueue(stopped.resource) == nullptr) return choices;
  const std::string name = ResourceName(world, stopped.type, stopped.resource);
  for (const FailureRow& row : kFailures) {
    if (row.type != stopped.type) continue;
    choices.push_back(
        Fail(stopped, std::string(row.error), fmt::format(fmt::runtime(row.words), name)));
    choices.front().by = Decider::kOutside;
    choices.front().words = fmt::format(fmt::runtime(row.otherwise), name);
  }
  return choices;
}

std::vector<Choice> OfNumber(const DialThirdParty& dialled) {
  using Dialled = ThirdPartyAnswered::Outcome;
  std::vector<Choice> choices;
  const auto add = [&](Decider by, Dialled outcome, std::string_view words) {
    choices.push_back({.by = by,
                       .event = ThirdPartyAnswered{.request = dialled.request, .outcome = outcome},
                       .words = fmt::format("{} {}", dialled.number, words),
                       .action_type = "TransferParticipantToThirdParty",
                       .resource = {}});
  };
  add(Decider::kOutside, Dialled::kConnected, "answers");
  add(Decider::kFailure, Dialled::kCallFailed, "cannot be called");
  add(Decider::kFailure, Dialled::kTimeLimitExceeded, "does not answer");
  return choices;
}

}  // namespace

const flow::Action* CurrentAction(const ContactState& contact) {
  if (contact.runs.empty() || contact.runs.back().frames.empty()) return nullptr;
  const Frame& frame = contact.runs.back().frames.back();
  return frame.resource->document->FindAction(frame.action);
}

Choices::Choices(const World& world, const FlowMap& map, const Answers& answers)
    : world_(world), map_(map), answers_(answers) {}

std::vector<Choice> Choices::At(const Contact& contact, const std::vector<Effect>& effects) const {
  if (contact.phase() == Phase::kEnded) return {};
  const RequestId request = contact.needs().request;
  if (request == 0) return WaitingChoices(contact, answers_);
  const auto* stopped = LastOf<Stopped>(effects);
  if (stopped != nullptr && stopped->request == request) return BeforeAction(contact, *stopped);
  const auto* invoked = LastOf<InvokeLambda>(effects);
  if (invoked != nullptr && invoked->request == request) return OfFunction(contact, *invoked);
  const auto* asked = LastOf<AskBot>(effects);
  if (asked != nullptr && asked->request == request) return OfBot(contact, *asked);
  const auto* dialled = LastOf<DialThirdParty>(effects);
  if (dialled == nullptr || dialled->request != request) return {};
  return OfNumber(*dialled);
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
  // A queue whose hours are not known has some.
  const bool hours = world_.FindHours(stopped.resource) != nullptr ||
                     (stopped.resource.empty() && contact.queue() != nullptr &&
                      !action.parameters.Has("HoursOfOperationId"));
  if (stopped.type == "CheckHoursOfOperation" && hours) return OfHours(contact, stopped);
  if (stopped.type == "DistributeByPercentage" || stopped.type == "CheckMetricData")
    return OfArms(stopped, action);
  const bool known = RunnerOf(flow::FindActionKind(stopped.type)) != nullptr;
  if (!known || FindStandIn(stopped.type) != nullptr) return OfStandIn(stopped, action);
  return OfFailures(world_, stopped);
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

// A stand-in, and a type that is not known, goes by all its branches.
std::vector<Choice> Choices::OfStandIn(const Stopped& stopped, const flow::Action& action) const {
  std::vector<Choice> choices;
  if (action.conditions.empty()) {
    choices.push_back(Steer(stopped, Decider::kOutside, {.succeeds = true},
                            fmt::format("{} succeeds", stopped.type)));
  } else {
    for (const Arm& arm : ArmsOf(action.conditions, ValueRange::kAny))
      choices.push_back(Steer(stopped, Decider::kOutside, {.result = arm.value},
                              fmt::format("{} gives '{}'", stopped.type, arm.value)));
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
  complete_ = complete_ && known->second.complete;
  std::vector<Choice> choices;
  const auto add = [&](Decider by, BotAnswered answer, std::string words) {
    answer.request = asked.request;
    choices.push_back({.by = by,
                       .event = std::move(answer),
                       .words = fmt::format("bot '{}' {}", asked.name, words),
                       .action_type = "ConnectParticipantWithLexBot",
                       .resource = asked.alias_arn});
  };
  for (const BotReply& reply : known->second.replies) {
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

}  // namespace trunkline::sim
