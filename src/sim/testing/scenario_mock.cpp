#include "sim/testing/scenario_mock.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "flow/catalogue.h"
#include "sim/steered_outcome.h"
#include "sim/testing/scenario.h"

namespace trunkline::sim {
namespace {

constexpr std::int64_t kLongestDelay = 300;  // seconds, as in the Testing language

json::Object FailsWith(std::string_view error, std::int64_t delay = 0) {
  json::Object value{{"Value", error}};
  if (delay != 0) value.Set("DelaySeconds", delay);
  return {{"Type", "Error"}, {"Error", std::move(value)}};
}

json::Object Gives(json::Object result) {
  return {{"Type", "ExecutionResult"}, {"ExecutionResult", std::move(result)}};
}

// `after 3 s`, if it is there: 3, else 0.
std::optional<std::int64_t> ReadDelay(ScenarioLine& line) {
  if (!line.Take("after")) return 0;
  const std::size_t from = line.Position();
  const std::string word(line.Word());
  const bool joined = word.size() > 1 && word.back() == 's';
  const auto seconds = ToInt(joined ? word.substr(0, word.size() - 1) : word);
  if (!joined && !line.Take("seconds") && !line.Take("second")) line.Take("s");
  if (seconds && *seconds >= 0 && *seconds <= kLongestDelay) return *seconds;
  line.SayAt(
      from, kBadValue,
      fmt::format("expected 0 to {} seconds behind 'after' but got '{}'", kLongestDelay, word),
      "write 'after 3 s'");
  return std::nullopt;
}

// The JSON object that the line ends with.
std::optional<json::Object> ReadObject(ScenarioLine& line, std::string_view what) {
  const std::size_t from = line.Position();
  const std::string_view text = line.Rest();
  if (text.empty()) {
    line.SayAt(from, kMissingPart, fmt::format("expected {}", what));
    return std::nullopt;
  }
  Result<json::Value> value = json::Parse(text);
  if (value && value->IsObject()) return std::move(value->AsObject());
  line.SayAt(from, kBadValue,
             fmt::format("expected {} but got {}", what,
                         value ? std::string(value->TypeName()) : value.error().message()));
  return std::nullopt;
}

std::optional<json::Object> ReadFailure(ScenarioLine& line, std::string_view error) {
  const auto delay = ReadDelay(line);
  if (!delay || !line.Ends()) return std::nullopt;
  return FailsWith(error, *delay);
}

std::optional<json::Object> ReadAnswer(ScenarioLine& line) {
  const auto delay = ReadDelay(line);
  if (!delay) return std::nullopt;
  const auto data = ReadObject(line, R"(what the function answers, such as {"name": "Ada"})");
  if (!data) return std::nullopt;
  json::Object result;
  if (*delay != 0) result.Set("DelaySeconds", *delay);
  result.Set("LoadedData", json::Write(*data));
  return Gives(std::move(result));
}

std::optional<json::Object> ReadUnderstood(ScenarioLine& line) {
  const auto intent = line.Name("the intent that the bot understands");
  if (!intent) return std::nullopt;
  json::Object data{{"IntentName", *intent}};
  if (!line.AtEnd()) {
    auto slots = ReadObject(line, R"(the slots, such as {"city": "Paris"})");
    if (!slots) return std::nullopt;
    data.Set("Slots", std::move(*slots));
  }
  return Gives({{"LoadedData", json::Write(data)}});
}

// Which action works with a kind of resource, and what else may be said of it.
struct MockKind {
  std::string_view symbol, type, called;
  bool completes = false;  // it can be waited for until it is done
};
constexpr MockKind kFunction{"lambda", "InvokeLambdaFunction", "function", true};
constexpr MockKind kBot{"bot", "ConnectParticipantWithLexBot", "bot", true};
constexpr MockKind kHours{"hours", "CheckHoursOfOperation", "hours"};
constexpr MockKind kQueue{"queue", "TransferContactToQueue", "queue"};

// What can be said of every kind. Nothing when it is something else, or wrong (`read` says which).
std::optional<Mock> ReadCommon(ScenarioLine& line, const MockKind& kind, std::string_view name,
                               bool& read) {
  Mock mock{.type = kind.type, .resource = AsSymbol(kind.symbol, name)};
  read = true;
  if (line.Take("starts")) {
    mock.awaited = "FlowActionStarted";
  } else if (kind.completes && line.Take("completes")) {
    mock.awaited = "FlowActionCompleted";
  } else if (line.Take("is")) {
    const auto other = line.Name(fmt::format("the {} that takes its place", kind.called));
    if (!other) return std::nullopt;
    mock.substitute = AsSymbol(kind.symbol, *other);
  } else {
    read = false;
    return std::nullopt;
  }
  return line.Ends() ? std::optional(std::move(mock)) : std::nullopt;
}

void SayExpected(ScenarioLine& line, const MockKind& kind, std::vector<std::string> words) {
  words.emplace_back("is");
  words.emplace_back("starts");
  if (kind.completes) words.emplace_back("completes");
  line.SayExpected(words, fmt::format("the name of the {}", kind.called));
}

std::optional<Mock> Made(const MockKind& kind, std::string_view name,
                         std::optional<json::Object> response) {
  if (!response) return std::nullopt;
  return Mock{
      .type = kind.type, .resource = AsSymbol(kind.symbol, name), .response = std::move(*response)};
}

}  // namespace

std::optional<Mock> ReadFunctionMock(ScenarioLine& line) {
  const auto name = line.Name("the name of a function");
  bool read = false;
  std::optional<Mock> common = name ? ReadCommon(line, kFunction, *name, read) : std::nullopt;
  if (!name || read) return common;
  if (line.Take("answers")) return Made(kFunction, *name, ReadAnswer(line));
  if (line.Take("fails")) return Made(kFunction, *name, ReadFailure(line, "NoMatchingError"));
  if (line.Take("times out")) return Made(kFunction, *name, ReadFailure(line, "TimeLimitExceeded"));
  SayExpected(line, kFunction, {"answers", "fails", "times out"});
  return std::nullopt;
}

std::optional<Mock> ReadBotMock(ScenarioLine& line) {
  const auto name = line.Name("the name of a bot");
  bool read = false;
  std::optional<Mock> common = name ? ReadCommon(line, kBot, *name, read) : std::nullopt;
  if (!name || read) return common;
  if (line.Take("understands")) return Made(kBot, *name, ReadUnderstood(line));
  if (line.Take("fails")) return Made(kBot, *name, ReadFailure(line, "NoMatchingError"));
  SayExpected(line, kBot, {"understands", "fails"});
  return std::nullopt;
}

std::optional<Mock> ReadHoursMock(ScenarioLine& line) {
  const auto name = line.Name("the name of hours of operation");
  bool read = false;
  std::optional<Mock> common = name ? ReadCommon(line, kHours, *name, read) : std::nullopt;
  if (!name || read) return common;
  std::optional<json::Object> response;
  if (line.Take("open")) {
    response = Gives({{"Value", "InHours"}});
  } else if (line.Take("closed")) {
    response = Gives({{"Value", "OutOfHours"}});
  } else if (line.Take("fail") || line.Take("fails")) {
    response = FailsWith("NoMatchingError");
  } else {
    SayExpected(line, kHours, {"open", "closed", "fail"});
  }
  if (response && !line.Ends()) return std::nullopt;
  return Made(kHours, *name, std::move(response));
}

std::optional<Mock> ReadQueueMock(ScenarioLine& line, std::string_view queue) {
  bool read = false;
  std::optional<Mock> common = ReadCommon(line, kQueue, queue, read);
  if (read) return common;
  std::optional<json::Object> response;
  if (line.Take("full")) {
    response = FailsWith("QueueAtCapacity");
  } else if (line.Take("fails")) {
    response = FailsWith("NoMatchingError");
  } else {
    SayExpected(line, kQueue, {"full", "fails"});
  }
  if (response && !line.Ends()) return std::nullopt;
  return Made(kQueue, queue, std::move(response));
}

namespace {

// What comes behind the name; false: a finding was made.
bool ReadSteered(ScenarioLine& line, SteeredOutcome& outcome) {
  if (line.Take("fails")) {
    outcome.error = line.AtEnd() ? "NoMatchingError" : std::string(line.Word());
    return line.Ends();
  }
  if (line.Take("gives")) {
    const auto condition = line.Name("the result that the action gives");
    if (!condition) return false;
    outcome.condition = *condition;
  } else if (!line.Take("succeeds")) {
    line.SayExpected({"gives", "succeeds", "fails"}, "the name of the action");
    return false;
  }
  if (line.AtEnd()) return true;
  auto attributes = ReadObject(line, R"(what it sets, such as {"$.Case.title": "Late"})");
  if (attributes) outcome.attributes = std::move(*attributes);
  return attributes.has_value();
}

}  // namespace

std::optional<json::Object> ReadActionOutcome(ScenarioLine& line) {
  const auto name = line.Name("an action: its identifier or its type");
  if (!name) return std::nullopt;
  const std::size_t from = line.Position();
  SteeredOutcome outcome;
  if (!ReadSteered(line, outcome)) return std::nullopt;
  const flow::ActionKind* kind = flow::FindActionKind(*name);
  if (const auto fault = kind == nullptr ? std::nullopt : FaultOf(*kind, outcome)) {
    line.SayAt(from, kBadValue, fault->message);
    return std::nullopt;
  }
  json::Object entry{{kind == nullptr ? "Action" : "Type", *name}};
  entry.SetIfNotEmpty("Condition", outcome.condition);
  entry.SetIfNotEmpty("Error", outcome.error);
  if (!outcome.attributes.empty()) entry.Set("Attributes", std::move(outcome.attributes));
  return entry;
}

namespace {

// `queue NAME`, `agent NAME` or `number +...` behind `transfers to`, then `by FLOW`.
std::optional<json::Object> ReadTransfer(ScenarioLine& line) {
  json::Object transfer;
  for (const std::string_view kind : {"queue", "agent", "number"}) {
    if (!line.Take(kind)) continue;
    const auto name = line.Name(fmt::format("the {} to transfer to", kind));
    if (!name) return std::nullopt;
    transfer.Set(kind, *name);
    break;
  }
  if (transfer.empty()) {
    line.SayExpected({"queue", "agent", "number"}, "'transfers to'");
    return std::nullopt;
  }
  if (line.Take("by")) {
    const auto flow = line.Name("the transfer flow");
    if (!flow) return std::nullopt;
    transfer.Set("flow", *flow);
  }
  if (!line.Ends()) return std::nullopt;
  return json::Object{{"agentTransfers", std::move(transfer)}};
}

}  // namespace

std::optional<json::Object> ReadAgentStep(ScenarioLine& line) {
  if (line.Take("transfers to")) return ReadTransfer(line);
  json::Object step;
  if (line.Take("holds")) {
    step = {{"agentHolds", "customer"}};
  } else if (line.Take("waits on hold")) {
    step = {{"agentHolds", "agent"}};
  } else if (line.Take("resumes")) {
    step = {{"agentResumes", true}};
  } else if (line.Take("leaves")) {
    step = {{"agentLeaves", true}};
  } else {
    line.SayExpected({"answers", "holds", "waits on hold", "resumes", "transfers to", "leaves"},
                     "'agent'");
    return std::nullopt;
  }
  if (!line.Ends()) return std::nullopt;
  return step;
}

}  // namespace trunkline::sim
