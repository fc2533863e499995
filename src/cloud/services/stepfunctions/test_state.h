// TestState: one state, without an execution. Internal to test_state*.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/services/stepfunctions/run.h"
#include "cloud/wait.h"

namespace trunkline::cloud::stepfunctions {

// The state under test and what it is tested with.
struct Trial {
  Run run;
  std::string state;
  json::Object trace = {};  // inspectionData
  json::Object context_object = {};
  json::Object mock = {};
  json::Value mocked = {};     // mock.result, read
  json::Object settings = {};  // stateConfiguration
  std::optional<json::Array> reader_items = {};
  std::string role = {};
  std::string level = {};

  const Node& node() const { return *run.machine->Find(state); }
};

ServiceError InvalidTest(std::string_view message);

// A text of the call that must be JSON.
Answer<json::Value> ReadTestJson(const json::Object& input, std::string_view member,
                                 std::string_view fallback);

// What the call says, checked in the service's order.
Answer<Trial> ReadTrial(const WaitContext& context, const json::Object& input);

// Whether the state may be tested with this mock, or without one; the mocked result.
Answer<json::Value> ReadMock(const WaitContext& context, const Node& node,
                             const json::Object& input);

// A context object that the caller made up: nothing but known fields of the right types, and a
// Task only where one would be waited for.
Answer<void> CheckContextObject(const json::Object& object, const Node& node);

}  // namespace trunkline::cloud::stepfunctions
