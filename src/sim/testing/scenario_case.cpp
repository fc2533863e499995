#include "sim/testing/scenario_case.h"

#include <fmt/format.h>

#include "base/json_write.h"

namespace trunkline::sim {
namespace {

std::string AtLine(std::uint32_t line) {
  return fmt::format("line {}", line);
}

// What names the resource of a flow action.
json::Object ActionParameters(std::string_view type, const std::string& resource) {
  if (type == "ConnectParticipantWithLexBot")
    return {{"LexV2Bot", json::Object{{"AliasArn", resource}}}};
  if (type == "InvokeLambdaFunction") return {{"LambdaFunctionARN", resource}};
  if (type == "CheckHoursOfOperation") return {{"HoursOfOperationId", resource}};
  return {{"QueueId", resource}};
}

}  // namespace

std::string AsSymbol(std::string_view kind, std::string_view name) {
  if (name.starts_with("arn:") || name.starts_with("${")) return std::string(name);
  return fmt::format("${{{}:{}}}", kind, name);
}

ScenarioCase::ScenarioCase(std::string name, TestMode mode) : mode_(mode), name_(std::move(name)) {
  Observe("start", "TestInitiated", {});
}

void ScenarioCase::Enter(std::string_view flow, bool chat) {
  flow_ = AsSymbol("flow", flow);
  chat_ = chat;
}

bool ScenarioCase::SetAttribute(std::string_view key, std::string value) {
  if (attributes_.Has(key)) return false;
  attributes_.Set(key, std::move(value));
  return true;
}

void ScenarioCase::Fault(std::string flow, std::string action, std::string error) {
  faults_.push_back(json::Object{
      {"Flow", std::move(flow)}, {"Action", std::move(action)}, {"ErrorType", std::move(error)}});
}

void ScenarioCase::Hear(std::uint32_t line, std::string text, bool similar) {
  Observe(AtLine(line), "MessageReceived",
          {{"Text", std::move(text)},
           {"MatchingCriteria", json::Object{{"Type", similar ? "Similarity" : "Inclusion"}}}});
}

void ScenarioCase::Queue(std::uint32_t line, std::string_view queue) {
  constexpr std::string_view kType = "TransferContactToQueue";
  Observe(AtLine(line), "FlowActionStarted",
          {{"ActionType", kType},
           {"ActionParameters", ActionParameters(kType, AsSymbol("queue", queue))}});
}

void ScenarioCase::End(std::uint32_t line) {
  Observe(AtLine(line), "TestCompleted", {});
  over_ = true;
}

void ScenarioCase::Observe(std::string id, std::string_view type, json::Object properties) {
  if (!observations_.empty()) {
    CloseObservation();
    observations_.back().AsObject().Set("Transitions",
                                        json::Object{{"NextObservations", json::Array{id}}});
  }
  json::Object event{{"Identifier", fmt::format("{} event", id)},
                     {"Type", type},
                     {"Actor", "System"},
                     {"Properties", std::move(properties)}};
  observations_.push_back(
      json::Object{{"Identifier", std::move(id)},
                   {"Event", std::move(event)},
                   {"Actions", json::Array()},
                   {"Usage", json::Object{{"Type", "Exactly"}, {"Times", 1}}},
                   {"Transitions", json::Object{{"NextObservations", json::Array()}}}});
  customer_acted_ = false;
}

void ScenarioCase::CloseObservation() {
  observations_.back().AsObject().Set("Actions", std::move(actions_));
  actions_ = json::Array();
}

void ScenarioCase::Act(std::uint32_t line, std::string_view type, json::Object parameters) {
  if (!actions_.empty()) {
    actions_.back().AsObject().Set("Transitions", json::Object{{"NextAction", AtLine(line)}});
  }
  actions_.push_back(json::Object{{"Identifier", AtLine(line)},
                                  {"Type", type},
                                  {"Parameters", std::move(parameters)},
                                  {"Transitions", json::Object()}});
}

void ScenarioCase::Instruct(std::uint32_t line, json::Object instruction) {
  customer_acted_ = true;
  Act(line, "SendInstruction",
      {{"ActionType", "SendInstruction"},
       {"Actor", "Customer"},
       {"Instruction", std::move(instruction)}});
}

void ScenarioCase::Say(std::uint32_t line, std::string words) {
  const bool strict = mode_ == TestMode::kStrict;
  Instruct(line, {{"Type", strict ? "TextUtterance" : "Utterance"},
                  {"Properties", json::Object{{strict ? "Text" : "Value", std::move(words)}}}});
}

void ScenarioCase::Press(std::uint32_t line, std::string keys) {
  Instruct(line, {{"Type", "DtmfInput"}, {"Properties", json::Object{{"Value", std::move(keys)}}}});
}

void ScenarioCase::HangUp(std::uint32_t line) {
  Instruct(line, {{"Type", "Disconnect"}, {"Properties", json::Object()}});
}

void ScenarioCase::Check(std::uint32_t line, std::string reference, std::string_view op,
                         std::string operand) {
  Act(line, "Assert",
      {{"Namespace", std::move(reference)}, {"Operator", op}, {"Operand", std::move(operand)}});
}

void ScenarioCase::Log(std::uint32_t line, std::string text) {
  json::Object command{
      {"Type", "LogData"},
      {"Properties", json::Object{{"Expressions", json::Object{{AtLine(line), std::move(text)}}}}}};
  Act(line, "TestControl", {{"ActionType", "TestControl"}, {"Command", std::move(command)}});
}

void ScenarioCase::Add(std::uint32_t line, Mock mock) {
  json::Object properties{{"ActionType", mock.type},
                          {"ActionParameters", ActionParameters(mock.type, mock.resource)}};
  if (!mock.awaited.empty()) return Observe(AtLine(line), mock.awaited, std::move(properties));
  json::Object strategy{{"Type", "MockResponse"}, {"Response", std::move(mock.response)}};
  if (!mock.substitute.empty())
    strategy = {{"Type", "SubstituteResource"}, {"SubstituteArn", std::move(mock.substitute)}};
  properties.Set("Strategy", std::move(strategy));
  json::Object behavior{{"Type", "FlowAction"}, {"Properties", std::move(properties)}};
  Act(line, "OverrideSystemBehavior",
      {{"ActionType", "OverrideSystemBehavior"}, {"Behavior", std::move(behavior)}});
}

json::Object ScenarioCase::Finish() && {
  CloseObservation();
  if (!faults_.empty()) rehearsal_.Set("Errors", std::move(faults_));
  if (!agent_does_.empty()) rehearsal_.Set("AgentDoes", std::move(agent_does_));
  if (!outcomes_.empty()) rehearsal_.Set("Outcomes", std::move(outcomes_));
  json::Object metadata;
  if (!rehearsal_.empty()) metadata.Set("Rehearsal", std::move(rehearsal_));
  const json::Object content{{"Version", "2019-10-30"},
                             {"Metadata", std::move(metadata)},
                             {"Observations", std::move(observations_)}};
  json::Object parameters{{"FlowId", flow_}};
  parameters.SetIfNotEmpty("SourcePhoneNumber", from_);
  json::Object entry{{"Type", chat_ ? "CHAT" : "VOICE_CALL"}};
  entry.Set(chat_ ? "ChatEntryPointParameters" : "VoiceCallEntryPointParameters",
            std::move(parameters));
  json::Object test{{"Name", name_}};
  test.SetIfNotEmpty("Description", description_);
  test.Set("EntryPoint", std::move(entry));
  if (!attributes_.empty()) {
    const json::Object data{{"Attributes", std::move(attributes_)},
                            {"SegmentAttributes", json::Object()}};
    test.Set("InitializationData", json::Write(data));
  }
  test.Set("Content", json::Write(content));
  return test;
}

}  // namespace trunkline::sim
