// ScenarioCase: a test case in the Testing language while a scenario's lines are added to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "sim/testing/read_test_case.h"

namespace trunkline::sim {

// What a function, bot, hours or queue is to do, or what is waited for of it.
struct Mock {
  std::string_view type;  // "InvokeLambdaFunction"
  std::string resource;
  std::string_view awaited = {};  // "FlowActionStarted", "FlowActionCompleted"; else
  std::string substitute = {};    // another one in its place; else
  json::Object response = {};     // {"Type": "Error", "Error": {...}}
};

class ScenarioCase {
 public:
  ScenarioCase(std::string name, TestMode mode);

  void Describe(std::string description) { description_ = std::move(description); }
  void Enter(std::string_view flow, bool chat);
  void CallFrom(std::string number) { from_ = std::move(number); }
  bool SetAttribute(std::string_view key, std::string value);  // false: it was there
  // Members of the Metadata's "Rehearsal".
  void Rehearse(std::string_view key, json::Value value) { rehearsal_.Set(key, std::move(value)); }
  void Fault(std::string flow, std::string action, std::string error);
  void LetAgent(json::Object step) { agent_does_.push_back(std::move(step)); }
  void Want(json::Object outcome) { outcomes_.push_back(std::move(outcome)); }

  // Observations; `line` names them, and what follows is done when they came.
  void Hear(std::uint32_t line, std::string text, bool similar);
  void Queue(std::uint32_t line, std::string_view queue);
  void End(std::uint32_t line);

  void Say(std::uint32_t line, std::string words);
  void Press(std::uint32_t line, std::string keys);
  void HangUp(std::uint32_t line);
  void Check(std::uint32_t line, std::string reference, std::string_view op, std::string operand);
  // Expressions in `text` get their values.
  void Log(std::uint32_t line, std::string text);
  void Add(std::uint32_t line, Mock mock);

  bool entered() const { return !flow_.empty(); }
  bool chat() const { return chat_; }
  bool over() const { return over_; }
  // The customer was told to do something, and nothing was waited for since.
  bool customer_acted() const { return customer_acted_; }
  bool waits() const { return observations_.size() > 1; }

  // The input of CreateTestCase.
  json::Object Finish() &&;

 private:
  void Observe(std::string id, std::string_view type, json::Object properties);
  void Act(std::uint32_t line, std::string_view type, json::Object parameters);
  void Instruct(std::uint32_t line, json::Object instruction);
  void CloseObservation();  // gives the last one its actions

  TestMode mode_;
  std::string name_, description_, flow_, from_;
  bool chat_ = false, over_ = false, customer_acted_ = false;
  json::Object attributes_, rehearsal_;
  json::Array faults_, outcomes_, agent_does_, observations_,
      actions_;  // actions of the last observation
};

// "Sales" -> "${queue:Sales}"; an ARN or a symbol stays.
std::string AsSymbol(std::string_view kind, std::string_view name);

}  // namespace trunkline::sim
