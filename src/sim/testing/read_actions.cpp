// Actions of the Testing language.
#include <array>

#include "base/json_read.h"
#include "base/json_write.h"
#include "sim/testing/reader.h"

namespace trunkline::sim {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> kActionTypes = {
    "SendInstruction", "OverrideSystemBehavior", "Assert", "TestControl"};
constexpr std::array<std::string_view, 1> kCustomer = {"Customer"};
constexpr std::array<std::string_view, 4> kInstructions = {"DtmfInput", "Utterance",
                                                           "TextUtterance", "Disconnect"};
constexpr std::array<std::string_view, 9> kOperators = {
    "Equals",         "TextStartsWith",      "TextEndsWith",
    "TextContains",   "NumberGreaterThan",   "NumberGreaterOrEqualTo",
    "NumberLessThan", "NumberLessOrEqualTo", "Exists"};
constexpr std::array<std::string_view, 6> kOverridable = {
    "InvokeLambdaFunction",   "CheckHoursOfOperation",     "ConnectParticipantWithLexBot",
    "TransferContactToQueue", "DequeueAndTransferToQueue", "DequeueContactAndTransferToQueue"};
constexpr std::array<std::string_view, 2> kCommands = {"EndTest", "LogData"};
constexpr std::array<std::string_view, 2> kStrategies = {"SubstituteResource", "MockResponse"};
constexpr std::array<std::string_view, 2> kResponses = {"ExecutionResult", "Error"};
constexpr std::array<std::string_view, 2> kSlowErrors = {"TimeLimitExceeded", "NoMatchingError"};
constexpr std::array<std::string_view, 1> kHoursErrors = {"NoMatchingError"};
constexpr std::array<std::string_view, 2> kQueueErrors = {"QueueAtCapacity", "NoMatchingError"};
constexpr std::int64_t kLongestDelay = 300;  // seconds: a test takes no longer

class ActionReader {
 public:
  ActionReader(TestReader& reader, bool chat) : reader_(reader), chat_(chat) {}

  std::optional<TestAction> Read(const json::Value& action) {
    const std::string type = reader_.Word(action, "an action", "Type", kActionTypes);
    if (!action.IsObject()) return std::nullopt;
    reader_.OnlyKnown(action.AsObject(), "an action",
                      {"Identifier", "Type", "Parameters", "Transitions"});
    TestAction read{.id = reader_.Text(action, "an action", "Identifier"), .what = {}};
    const json::Object* parameters = reader_.FindObject(action, "an action", "Parameters");
    if (type.empty() || parameters == nullptr) return std::nullopt;
    const json::Value& at = action.AsObject().At("Parameters");
    what_ = fmt::format("'Parameters' of action '{}'", read.id);
    if (type == "Assert") {
      read.what = ReadAssert(at);
      return read;
    }
    ReadInnerType(at, type);
    if (type == "SendInstruction") {
      read.what = ReadInstruction(at);
    } else if (type == "OverrideSystemBehavior") {
      read.what = ReadOverride(at);
    } else if (!ReadControl(at, read)) {
      return std::nullopt;
    }
    return read;
  }

 private:
  // The type again, inside: exports without it exist.
  void ReadInnerType(const json::Value& at, const std::string& type) {
    if (!at.AsObject().Has("ActionType") && !reader_.IsStrict()) return;
    const std::string_view word = type;
    reader_.Word(at, what_, "ActionType", Words(&word, 1));
  }

  Instruction ReadInstruction(const json::Value& at) {
    reader_.OnlyKnown(at.AsObject(), what_, {"ActionType", "Actor", "Instruction"});
    reader_.Word(at, what_, "Actor", kCustomer);
    const json::Object* instruction = reader_.FindObject(at, what_, "Instruction");
    if (instruction == nullptr) return {};
    const json::Value& inner = at.AsObject().At("Instruction");
    reader_.OnlyKnown(*instruction, "'Instruction'", {"Type", "Properties"});
    const std::string type = reader_.Word(inner, "'Instruction'", "Type", kInstructions);
    if (type == "Disconnect") {
      if (const json::Object* none =
              reader_.FindObject(inner, "'Instruction'", "Properties", false))
        reader_.OnlyKnown(*none, "'Properties' of Disconnect", {});
      return {.kind = Instruction::Kind::kHangUp, .value = {}};
    }
    if (type.empty() || !reader_.FindObject(inner, "'Instruction'", "Properties")) return {};
    const json::Value& properties = instruction->At("Properties");
    if (type == "DtmfInput") return ReadKeys(inner, properties);
    return {.kind = Instruction::Kind::kWords, .value = ReadWords(inner, properties, type)};
  }

  Instruction ReadKeys(const json::Value& instruction, const json::Value& properties) {
    reader_.OnlyKnown(properties.AsObject(), "'Properties' of DtmfInput", {"Value"});
    if (chat_ && !reader_.IsStrict()) {
      reader_.Say(instruction, kOtherMode, "DTMF input is not supported for a chat entry point",
                  "a chat takes an Utterance");
    }
    const json::Value* value = properties.AsObject().Find("Value");
    std::string keys = value != nullptr && value->IsNumber()
                           ? value->AsNumber().text
                           : reader_.Text(properties, "'Properties' of DtmfInput", "Value");
    if (keys.find_first_not_of("0123456789*#") != std::string::npos) {
      reader_.Say(*value, kOutOfBounds,
                  fmt::format("expected keys of a phone, 0 to 9, * and #, but got '{}'", keys));
    }
    return {.kind = Instruction::Kind::kKeys, .value = std::move(keys)};
  }

  // The documentation has TextUtterance, the service Utterance.
  std::string ReadWords(const json::Value& instruction, const json::Value& properties,
                        const std::string& type) {
    const bool documented = type == "TextUtterance";
    const std::string what = fmt::format("'Properties' of {}", type);
    if (documented != reader_.IsStrict()) {
      reader_.Say(
          instruction, kOtherMode,
          documented ? "the service refuses 'TextUtterance'" : "'Utterance' is not documented",
          documented ? "write 'Utterance' with a 'Value', or check with --strict"
                     : "write 'TextUtterance' with a 'Text', or check without --strict");
    }
    reader_.Text(properties, what, "LanguageCode", false);
    if (!documented) {
      reader_.OnlyKnown(properties.AsObject(), what, {"Value", "LanguageCode"});
      return reader_.Text(properties, what, "Value");
    }
    reader_.OnlyKnown(properties.AsObject(), what, {"Text", "SSML", "LanguageCode"});
    const bool ssml = properties.AsObject().Has("SSML");
    return reader_.Text(properties, what, ssml ? "SSML" : "Text");
  }

  Assertion ReadAssert(const json::Value& at) {
    reader_.OnlyKnown(at.AsObject(), what_, {"Namespace", "Operator", "Operand"});
    Assertion read{.reference = reader_.Text(at, what_, "Namespace"),
                   .op = reader_.Word(at, what_, "Operator", kOperators),
                   .operand = {}};
    if (!read.reference.empty() && !read.reference.starts_with("$.")) {
      reader_.Say(at.AsObject().At("Namespace"), kWrongShape,
                  fmt::format("expected a reference such as '$.Attributes.tier' but got '{}'",
                              read.reference));
    }
    if (read.op == "Exists") {
      if (!reader_.IsStrict())
        reader_.Say(at.AsObject().At("Operator"), kOtherMode,
                    "the service refuses the operator 'Exists'",
                    "compare with a value, or check with --strict");
      return read;
    }
    const bool may_be_empty = read.op == "TextContains" || read.op == "TextStartsWith";
    const json::Value* operand = at.AsObject().Find("Operand");
    if (operand != nullptr && operand->IsNumber()) {
      read.operand = operand->AsNumber().text;
    } else if (!may_be_empty || operand != nullptr) {
      read.operand = reader_.Text(at, what_, "Operand", !may_be_empty);
    }
    return read;
  }

  bool ReadControl(const json::Value& at, TestAction& read) {
    reader_.OnlyKnown(at.AsObject(), what_, {"ActionType", "Command"});
    const json::Object* command = reader_.FindObject(at, what_, "Command");
    if (command == nullptr) return false;
    const json::Value& inner = at.AsObject().At("Command");
    reader_.OnlyKnown(*command, "'Command'", {"Type", "Properties"});
    const std::string type = reader_.Word(inner, "'Command'", "Type", kCommands);
    if (type == "EndTest") read.what = EndTest{};
    if (type == "LogData") read.what = ReadLog(inner);
    return !type.empty();
  }

  LogData ReadLog(const json::Value& command) {
    LogData read;
    const json::Object* properties = reader_.FindObject(command, "LogData", "Properties");
    if (properties == nullptr) return read;
    const json::Value& at = command.AsObject().At("Properties");
    reader_.OnlyKnown(*properties, "'Properties' of LogData", {"Expressions"});
    const json::Object* all = reader_.FindObject(at, "'Properties' of LogData", "Expressions");
    if (all == nullptr) return read;
    for (const json::Member& one : *all) {
      const json::Value& map = properties->At("Expressions");
      read.expressions.emplace_back(one.key, reader_.Text(map, "'Expressions'", one.key));
    }
    return read;
  }

  Override ReadOverride(const json::Value& at) {
    Override read;
    reader_.OnlyKnown(at.AsObject(), what_, {"ActionType", "Behavior"});
    const json::Object* behavior = reader_.FindObject(at, what_, "Behavior");
    if (behavior == nullptr) return read;
    const json::Value& inner = at.AsObject().At("Behavior");
    constexpr std::array<std::string_view, 1> kFlowAction = {"FlowAction"};
    reader_.OnlyKnown(*behavior, "'Behavior'", {"Type", "Properties"});
    reader_.Word(inner, "'Behavior'", "Type", kFlowAction);
    const json::Object* properties = reader_.FindObject(inner, "'Behavior'", "Properties");
    if (properties == nullptr) return read;
    const json::Value& where = behavior->At("Properties");
    reader_.OnlyKnown(*properties, "'Properties' of 'Behavior'",
                      {"ActionType", "ActionParameters", "Strategy"});
    FlowActionTarget target =
        ReadFlowActionTarget(reader_, where, "'Properties' of 'Behavior'", kOverridable);
    read.action_type = std::move(target.type);
    read.resource = std::move(target.resource);
    if (!read.action_type.empty() &&
        reader_.FindObject(where, "'Properties' of 'Behavior'", "Strategy") != nullptr)
      ReadStrategy(properties->At("Strategy"), read);
    return read;
  }

  void ReadStrategy(const json::Value& strategy, Override& read) {
    const std::string type = reader_.Word(strategy, "'Strategy'", "Type", kStrategies);
    if (type == "SubstituteResource") {
      reader_.OnlyKnown(strategy.AsObject(), "'Strategy'", {"Type", "SubstituteArn"});
      read.substitute = reader_.Text(strategy, "'Strategy'", "SubstituteArn");
    } else if (type == "MockResponse") {
      reader_.OnlyKnown(strategy.AsObject(), "'Strategy'", {"Type", "Response"});
      if (reader_.FindObject(strategy, "'Strategy'", "Response") != nullptr)
        ReadResponse(strategy.AsObject().At("Response"), read);
    }
  }

  void ReadResponse(const json::Value& response, Override& read) {
    const std::string type = reader_.Word(response, "'Response'", "Type", kResponses);
    if (type.empty()) return;
    reader_.OnlyKnown(response.AsObject(), "'Response'", {"Type", type});
    if (reader_.FindObject(response, "'Response'", type) == nullptr) return;
    const json::Value& inner = response.AsObject().At(type);
    if (type == "Error") return ReadError(inner, read);
    if (read.action_type == "CheckHoursOfOperation") return ReadHours(inner, read);
    if (read.action_type.ends_with("ToQueue")) {
      reader_.Say(inner, kWrongShape, fmt::format("{} has no result to mock", read.action_type),
                  "substitute the queue, or mock an error");
      return;
    }
    reader_.OnlyKnown(inner.AsObject(), "'ExecutionResult'", {"DelaySeconds", "LoadedData"});
    read.delay = ReadDelay(inner, "'ExecutionResult'");
    read.loaded = reader_.Text(inner, "'ExecutionResult'", "LoadedData");
    if (read.loaded.empty()) return;
    const Result<json::Value> data = json::Parse(read.loaded);
    if (!data || !data->IsObject()) {
      reader_.Say(inner.AsObject().At("LoadedData"), kWrongShape,
                  fmt::format("expected the text of a JSON object as 'LoadedData' but got {}",
                              data ? std::string(data->TypeName()) : data.error().message()));
      return;
    }
    if (read.action_type == "ConnectParticipantWithLexBot")
      CheckUnderstood(inner, data->AsObject());
  }

  // What a mocked bot understood. Its members are not published: these are ours.
  void CheckUnderstood(const json::Value& inner, const json::Object& data) {
    for (const json::Member& member : data) {
      const bool known = (member.key == "IntentName" && member.value.IsString()) ||
                         (member.key == "Slots" && member.value.IsObject());
      if (known) continue;
      reader_.Say(inner.AsObject().At("LoadedData"), kUnknownMember,
                  fmt::format("expected the text 'IntentName' and the object 'Slots' in what a bot "
                              "understood but got '{}'",
                              member.key));
    }
    if (!data.Has("IntentName"))
      reader_.Say(inner.AsObject().At("LoadedData"), kMissingMember,
                  "expected 'IntentName' in what a bot understood");
  }

  // Documented as InHours and OutOfHours; generators of tests that ran send the singular.
  void ReadHours(const json::Value& inner, Override& read) {
    constexpr std::array<std::string_view, 4> kValues = {"InHours", "OutOfHours", "InHour",
                                                         "OutOfHour"};
    reader_.OnlyKnown(inner.AsObject(), "'ExecutionResult'", {"Value"});
    const Words values = reader_.IsStrict() ? Words(kValues).first(2) : Words(kValues);
    const std::string value = reader_.Word(inner, "'ExecutionResult'", "Value", values);
    if (!value.empty()) read.result = value.starts_with("In") ? "True" : "False";
  }

  void ReadError(const json::Value& inner, Override& read) {
    const bool queue = read.action_type.ends_with("ToQueue");
    const bool hours = read.action_type == "CheckHoursOfOperation";
    const Words errors = queue ? Words(kQueueErrors) : hours ? Words(kHoursErrors) : kSlowErrors;
    read.error = reader_.Word(inner, "'Error'", "Value", errors);
    if (queue || hours) {
      reader_.OnlyKnown(inner.AsObject(), "'Error'", {"Value"});
      return;
    }
    reader_.OnlyKnown(inner.AsObject(), "'Error'", {"Value", "DelaySeconds"});
    read.delay = ReadDelay(inner, "'Error'");
  }

  Milliseconds ReadDelay(const json::Value& inner, std::string_view what) {
    const json::Value* delay = inner.AsObject().Find("DelaySeconds");
    if (delay == nullptr) return Milliseconds{0};
    if (!delay->IsNumber() || delay->AsInt() < 0 || delay->AsInt() > kLongestDelay) {
      reader_.Say(*delay, kOutOfBounds,
                  fmt::format("expected 0 to {} seconds as 'DelaySeconds' of {} but got {}",
                              kLongestDelay, what, json::Write(*delay)));
      return Milliseconds{0};
    }
    return std::chrono::seconds(delay->AsInt());
  }

  TestReader& reader_;
  bool chat_;
  std::string what_;
};

}  // namespace

std::optional<TestAction> ReadTestAction(TestReader& reader, const json::Value& action, bool chat) {
  return ActionReader(reader, chat).Read(action);
}

}  // namespace trunkline::sim
