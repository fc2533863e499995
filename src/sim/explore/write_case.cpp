#include "sim/explore/write_case.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/overloaded.h"
#include "base/text.h"
#include "flow/symbols.h"
#include "sim/speech.h"
#include "sim/testing/match.h"
#include "sim/words.h"

namespace trunkline::sim {
namespace {

// How the overrides and events of an action name its resource.
json::Object ParametersOf(const World& world, const std::string& type, const std::string& arn) {
  const std::string name = ResourceName(world, type, arn);
  const auto symbol = [&](flow::ResourceKind kind) { return flow::WriteSymbol(kind, name); };
  if (type == "InvokeLambdaFunction")
    return {{"LambdaFunctionARN", symbol(flow::ResourceKind::kLambda)}};
  if (type == "ConnectParticipantWithLexBot")
    return {{"LexV2Bot", json::Object{{"AliasArn", symbol(flow::ResourceKind::kBot)}}}};
  if (type == "CheckHoursOfOperation")
    return {{"HoursOfOperationId", symbol(flow::ResourceKind::kHours)}};
  return {{"QueueId", symbol(flow::ResourceKind::kQueue)}};
}

json::Object Mock(std::string_view type, json::Object value) {
  json::Object response{{"Type", type}};
  response.Set(type, std::move(value));
  return {{"Type", "MockResponse"}, {"Response", std::move(response)}};
}

json::Object FailingWith(std::string_view error) {
  return Mock("Error", {{"Value", error}});
}

// What an override makes of a choice of the outside; nothing when none can.
std::optional<json::Object> StrategyOf(const Choice& choice) {
  if (const auto* answer = std::get_if<LambdaAnswered>(&choice.event)) {
    if (answer->outcome == LambdaAnswered::Outcome::kPayload)
      return Mock("ExecutionResult", {{"LoadedData", answer->payload}});
    return FailingWith(answer->outcome == LambdaAnswered::Outcome::kTimedOut ? "TimeLimitExceeded"
                                                                             : "NoMatchingError");
  }
  if (const auto* answer = std::get_if<BotAnswered>(&choice.event)) {
    if (!answer->error.empty()) return FailingWith("NoMatchingError");
    if (!answer->session_attributes.empty()) return std::nullopt;
    json::Object understood{{"IntentName", answer->intent}};
    if (!answer->slots.empty()) understood.Set("Slots", answer->slots);
    return Mock("ExecutionResult", {{"LoadedData", json::Write(understood)}});
  }
  const auto* go_on = std::get_if<GoOn>(&choice.event);
  if (go_on == nullptr || choice.resource.empty()) return std::nullopt;
  if (choice.action_type == "CheckHoursOfOperation")
    return Mock("ExecutionResult", {{"Value", go_on->result == "True" ? "InHours" : "OutOfHours"}});
  if (choice.action_type.ends_with("ToQueue") && !go_on->error.empty())
    return FailingWith(go_on->error);
  return std::nullopt;
}

class CaseWriter {
 public:
  CaseWriter(const World& world, const std::vector<WayStep>& steps)
      : world_(world), steps_(steps) {}

  json::Array Observations(const Discovery& discovery) {
    Observe("TestInitiated", {});
    AddOverrides();
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      Instruct(i);
      for (const Effect& effect : steps_[i].effects) {
        const auto* say = std::get_if<Say>(&effect.what);
        if (say != nullptr && say->to == Party::kCustomer) Hear(*say);
        if (!discovery.queue.empty() && IsTransferTo(effect, discovery.queue)) {
          EnterQueue(effect);
          return Linked();
        }
      }
    }
    if (discovery.ends) {
      Observe("TestCompleted", {});
    } else {
      EndTest();
    }
    return Linked();
  }

  std::vector<std::string> left_out() && { return std::move(left_out_); }

 private:
  void Observe(std::string_view type, json::Object properties) {
    const std::string number = std::to_string(observations_.size() + 1);
    observations_.push_back({{"Identifier", "o" + number},
                             {"Event", json::Object{{"Identifier", "e" + number},
                                                    {"Type", type},
                                                    {"Actor", "System"},
                                                    {"Properties", std::move(properties)}}}});
    actions_.emplace_back();
  }

  void Act(std::string_view type, json::Object parameters) {
    json::Array& actions = actions_.back();
    actions.push_back(json::Object{
        {"Identifier", fmt::format("o{}a{}", observations_.size(), actions.size() + 1)},
        {"Type", type},
        {"Parameters", std::move(parameters)}});
  }

  void AddOverrides() {
    for (const WayStep& step : steps_) {
      const Choice& choice = step.choice;
      if (std::holds_alternative<Started>(choice.event)) continue;
      if (choice.by != Decider::kOutside && choice.by != Decider::kFailure) continue;
      auto strategy = StrategyOf(choice);
      const bool plain = choice.action_type.ends_with("ToQueue") && choice.by == Decider::kOutside;
      if (!strategy && !plain) left_out_.push_back(choice.words);
      if (!strategy) continue;
      json::Object properties{
          {"ActionType", choice.action_type},
          {"ActionParameters", ParametersOf(world_, choice.action_type, choice.resource)},
          {"Strategy", std::move(*strategy)}};
      Act("OverrideSystemBehavior",
          {{"ActionType", "OverrideSystemBehavior"},
           {"Behavior",
            json::Object{{"Type", "FlowAction"}, {"Properties", std::move(properties)}}}});
    }
  }

  // What a bot is going to understand is as good a word as any.
  std::string WordsAt(std::size_t step) const {
    const auto* understood = step + 1 < steps_.size()
                                 ? std::get_if<BotAnswered>(&steps_[step + 1].choice.event)
                                 : nullptr;
    return understood == nullptr || understood->intent.empty() ? "hello" : understood->intent;
  }

  void Instruct(std::size_t step) {
    const Choice& choice = steps_[step].choice;
    json::Object instruction;
    if (const auto* pressed = std::get_if<CallerPressed>(&choice.event)) {
      instruction = {{"Type", "DtmfInput"}, {"Properties", json::Object{{"Value", pressed->keys}}}};
    } else if (std::holds_alternative<CallerSaid>(choice.event)) {
      instruction = {{"Type", "Utterance"}, {"Properties", json::Object{{"Value", WordsAt(step)}}}};
    } else if (std::holds_alternative<CallerHungUp>(choice.event)) {
      instruction = {{"Type", "Disconnect"}};
    } else {
      const bool untold = choice.by == Decider::kAgent || choice.by == Decider::kCaller;
      if (untold) left_out_.push_back(choice.words);
      return;
    }
    Act("SendInstruction", {{"ActionType", "SendInstruction"},
                            {"Actor", "Customer"},
                            {"Instruction", std::move(instruction)}});
  }

  void Hear(const Say& say) {
    json::Object properties;
    if (!Folded(say.text).empty()) {
      properties = {{"Text", say.text}, {"MatchingCriteria", json::Object{{"Type", "Inclusion"}}}};
    } else if (!say.prompt.empty()) {
      properties = {{"PromptId", say.prompt}};
    } else if (!say.media_uri.empty()) {
      properties = {{"Media", json::Object{{"Uri", say.media_uri}, {"SourceType", "S3"}}}};
    } else {
      return;
    }
    Observe("MessageReceived", std::move(properties));
  }

  static bool IsTransferTo(const Effect& effect, const std::string& queue) {
    const auto* queued = std::get_if<Queued>(&effect.what);
    return queued != nullptr && queued->queue_name == queue;
  }

  void EnterQueue(const Effect& effect) {
    const std::string type = "TransferContactToQueue";
    Observe("FlowActionStarted",
            {{"ActionType", type},
             {"ActionParameters",
              ParametersOf(world_, type, std::get<Queued>(effect.what).queue_arn)}});
    EndTest();
  }

  void EndTest() {
    Act("TestControl",
        {{"ActionType", "TestControl"}, {"Command", json::Object{{"Type", "EndTest"}}}});
  }

  // One observation behind the other.
  json::Array Linked() {
    json::Array all;
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      json::Object& one = observations_[i];
      Chain(actions_[i]);
      one.Set("Actions", std::move(actions_[i]));
      one.Set("Usage", json::Object{{"Type", "Exactly"}, {"Times", 1}});
      json::Array next;
      if (i + 1 < observations_.size())
        next.emplace_back(observations_[i + 1].GetString("Identifier"));
      one.Set("Transitions", json::Object{{"NextObservations", std::move(next)}});
      all.emplace_back(std::move(one));
    }
    return all;
  }

  static void Chain(json::Array& actions) {
    for (std::size_t i = 0; i < actions.size(); ++i) {
      json::Object transitions;
      if (i + 1 < actions.size())
        transitions.Set("NextAction", actions[i + 1].AsObject().GetString("Identifier"));
      actions[i].AsObject().Set("Transitions", std::move(transitions));
    }
  }

  const World& world_;
  const std::vector<WayStep>& steps_;
  std::vector<json::Object> observations_;
  std::vector<json::Array> actions_;  // beside them
  std::vector<std::string> left_out_;
};

json::Object EntryPointOf(const Call& call, std::string_view flow) {
  const bool chat = call.channel == Channel::kChat;
  json::Object entry{{"Type", chat ? "CHAT" : "VOICE_CALL"}};
  entry.Set(chat ? "ChatEntryPointParameters" : "VoiceCallEntryPointParameters",
            json::Object{{"FlowId", flow}});
  return entry;
}

}  // namespace

std::vector<std::string> WordsOf(const std::vector<WayStep>& steps) {
  std::vector<std::string> words;
  for (const WayStep& step : steps) {
    if (!step.choice.words.empty()) words.push_back(step.choice.words);
  }
  return words;
}

WrittenCase WriteCase(const Exploration& exploration, const Discovery& discovery,
                      const std::vector<WayStep>& steps, std::string_view name,
                      std::string_view flow) {
  const Call& call = exploration.order().call;
  CaseWriter writer(exploration.world(), steps);
  json::Array observations = writer.Observations(discovery);
  WrittenCase written;
  written.test = {{"Name", name},
                  {"Description", fmt::format("{} {}: {}.", discovery.code, discovery.message,
                                              Join(WordsOf(steps), ", "))},
                  {"EntryPoint", EntryPointOf(call, flow)}};
  const json::Object& attributes = steps.empty() ? call.attributes : steps[0].choice.attributes;
  if (!attributes.empty())
    written.test.Set("InitializationData",
                     json::Write(json::Object{{"Attributes", attributes},
                                              {"SegmentAttributes", json::Object()}}));
  written.test.Set("Content", json::Object{{"Version", "2019-10-30"},
                                           {"Metadata", json::Object()},
                                           {"Observations", std::move(observations)}});
  written.left_out = std::move(writer).left_out();
  return written;
}

}  // namespace trunkline::sim
