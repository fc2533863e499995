// TestCase: a test in Amazon Connect's Testing language, as a value. sim/testing/read_test_case.h
// reads one, sim/testing/run_test_case.h runs it; docs/test.md says what each part means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/finding.h"
#include "base/json.h"
#include "sim/contact.h"
#include "sim/steered_outcome.h"

namespace trunkline::sim {

enum class TestEventType {
  kTestInitiated,
  kTestCompleted,
  kMessageReceived,
  kFlowActionStarted,
  kFlowActionCompleted,
};
std::string_view ToText(TestEventType type);  // "TestInitiated", ...

enum class Matching { kSimilarity, kInclusion };

// What is waited for. Of a message exactly one of `text`, `ssml`, `prompt` and `media_uri` is set.
struct TestEvent {
  TestEventType type = TestEventType::kTestInitiated;
  std::string text, ssml, prompt, media_uri;
  Matching matching = Matching::kSimilarity;
  std::string action_type, resource;  // of a flow action; the resource by id, ARN, name or symbol
};

// How often an observation must match.
struct Usage {
  enum class Kind { kExactly, kAtLeast, kAtMost, kAlways };
  Kind kind = Kind::kExactly;
  int times = 1;  // not of kAlways

  bool Optional() const { return kind == Kind::kAtMost || kind == Kind::kAlways; }
};

// The customer presses keys, says or writes words, or hangs up.
struct Instruction {
  enum class Kind { kKeys, kWords, kHangUp };
  Kind kind = Kind::kKeys;
  std::string value;
};

// What the next run of an action with this resource does instead; used once, the oldest first.
// Exactly one of `substitute`, `error`, `result` (hours) and `loaded` (functions, bots) is set.
struct Override {
  std::string action_type, resource;
  std::string substitute;
  std::string error;   // "NoMatchingError", "TimeLimitExceeded", "QueueAtCapacity"
  std::string result;  // "True", "False"
  std::string loaded;  // JSON text
  Milliseconds delay{0};
};

struct Assertion {
  std::string reference;  // "$.Attributes.tier"
  std::string op;         // "Equals", "TextContains", ...
  std::string operand;
};

struct LogData {
  std::vector<std::pair<std::string, std::string>> expressions;  // label -> text with references
};

struct EndTest {};

struct TestAction {
  std::string id;
  std::variant<Instruction, Override, Assertion, LogData, EndTest> what;
};

struct Observation {
  std::string id;
  TestEvent event;
  std::vector<TestAction> actions;  // in the order they are done
  Usage usage;
  std::vector<std::string> next;  // observations that are waited for afterwards
};

// How an action goes, whatever it is about.
struct WantedOutcome {
  std::string flow;    // id, ARN, name or symbol of its flow or module; empty: any
  std::string action;  // identifier; empty: any
  std::string type;    // "ShowView"; empty: any
  SteeredOutcome outcome;
  Place place;  // in the test's file
};

// What only a rehearsal can do: the member "Rehearsal" of the Content's Metadata, which the service
// keeps and does not read.
struct RehearsalSetting {
  // What the agent does while he talks with the customer, each once, in this order; one that he
  // came not to do fails the test.
  std::vector<Event> agent_does;
  bool agent_answers = false;  // an agent takes the queued contact when it heard its first message
  std::vector<WantedOutcome> outcomes;  // each once; one that nothing came to take fails the test
  std::optional<TimePoint> at;          // when the contact begins
  std::optional<std::uint64_t> seed;
};

struct TestCase {
  std::string name, description;
  std::string flow;  // id, ARN, name or symbol of the flow that is entered
  Channel channel = Channel::kVoice;
  std::string from;  // the caller's number; may be empty
  json::Object attributes;
  std::vector<Observation> observations;
  RehearsalSetting rehearsal;
};

}  // namespace trunkline::sim
