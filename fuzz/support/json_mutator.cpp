#include "fuzz/support/json_mutator.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/json_read.h"
#include "base/json_write.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace trunkline::fuzz {
namespace {

constexpr std::string_view kWords[] = {"Identifier",
                                       "Type",
                                       "Parameters",
                                       "Transitions",
                                       "NextAction",
                                       "Errors",
                                       "Conditions",
                                       "Condition",
                                       "Operator",
                                       "Operands",
                                       "ErrorType",
                                       "NoMatchingError",
                                       "NoMatchingCondition",
                                       "InputTimeLimitExceeded",
                                       "QueueAtCapacity",
                                       "Equals",
                                       "TextStartsWith",
                                       "NumberLessThan",
                                       "MessageParticipant",
                                       "InvokeLambdaFunction",
                                       "Compare",
                                       "GetParticipantInput",
                                       "UpdateContactAttributes",
                                       "UpdateContactTargetQueue",
                                       "TransferContactToQueue",
                                       "ConnectParticipantWithLexBot",
                                       "InvokeFlowModule",
                                       "EndFlowModuleExecution",
                                       "Loop",
                                       "Wait",
                                       "TransferToFlow",
                                       "UpdateContactEventHooks",
                                       "DisconnectParticipant",
                                       "DistributeByPercentage",
                                       "Attributes",
                                       "Text",
                                       "SSML",
                                       "PromptId",
                                       "QueueId",
                                       "LambdaFunctionARN",
                                       "LexV2Bot",
                                       "$.External.key",
                                       "$.Attributes.name",
                                       "$.External.['`$.Attributes.key`']",
                                       "$.Lex.Slots.x",
                                       "${queue:Sales}",
                                       "${lambda:mapping}",
                                       "<<ARNREPLACE>>",
                                       "${flow:Main",
                                       "${",
                                       "True",
                                       "1",
                                       "",
                                       "arn:aws:connect:us-east-1:111122223333:instance/i/queue/q",
                                       "<speak>Hi</speak>",
                                       "MODULE"};

std::size_t Below(std::size_t end, Random& random) {
  return end == 0 ? 0 : random() % end;
}

std::string_view Word(Random& random) {
  return kWords[Below(std::size(kWords), random)];
}

void Collect(json::Value& value, std::vector<json::Value*>& found) {
  found.push_back(&value);
  if (value.IsArray()) {
    for (json::Value& item : value.AsArray()) Collect(item, found);
  } else if (value.IsObject()) {
    for (json::Member& member : value.AsObject()) Collect(member.value, found);
  }
}

void MutateString(json::Value& value, Random& random) {
  std::string& text = value.AsString();
  const std::size_t at = Below(text.size() + 1, random);
  switch (random() % 4) {
    case 0:
      text = Word(random);
      break;
    case 1:
      text.resize(at);
      break;
    case 2:
      text.insert(at, Word(random));
      break;
    default:
      text += text;
  }
}

void MutateArray(json::Value& value, Random& random) {
  json::Array& items = value.AsArray();
  if (items.empty()) {
    items.emplace_back(Word(random));
    return;
  }
  const std::size_t at = Below(items.size(), random);
  const auto there = items.begin() + static_cast<std::ptrdiff_t>(at);
  switch (random() % 3) {
    case 0:
      items.erase(there);
      break;
    case 1:
      items.push_back(json::Value(items[at]));
      break;
    default:
      std::swap(items[at], items[Below(items.size(), random)]);
  }
}

void MutateObject(json::Value& value, Random& random) {
  json::Object& object = value.AsObject();
  if (object.empty() || random() % 4 == 0) {
    object.Set(Word(random), Word(random));
    return;
  }
  const auto member = object.begin() + static_cast<std::ptrdiff_t>(Below(object.size(), random));
  const std::string key = member->key;
  if (random() % 2 == 0) {
    object.Remove(key);
  } else {
    object.Set(Word(random), json::Value(member->value));
  }
}

void MutateValue(json::Value& value, Random& random) {
  if (value.IsString()) return MutateString(value, random);
  if (value.IsArray()) return MutateArray(value, random);
  if (value.IsObject()) return MutateObject(value, random);
  value = json::Value(Word(random));
}

}  // namespace

void MutateJson(json::Value& document, Random& random) {
  std::vector<json::Value*> values;
  Collect(document, values);
  json::Value& value = *values[Below(values.size(), random)];
  switch (random() % 8) {
    case 0: {  // copied first: the other may hold this one
      json::Value other = *values[Below(values.size(), random)];
      value = std::move(other);
      break;
    }
    case 1:
      value = random() % 2 == 0 ? json::Value() : json::Value(static_cast<int>(random() % 1000));
      break;
    default:
      MutateValue(value, random);
  }
}

std::size_t MutateText(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
  Random random(seed);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Result<json::Value> document = json::Parse(text);
  if (!document || random() % 4 == 0) return LLVMFuzzerMutate(data, size, max_size);
  for (std::size_t changes = 1 + random() % 4; changes > 0; --changes)
    MutateJson(*document, random);
  const std::string changed = json::Write(*document);
  if (changed.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, changed.data(), changed.size());
  return changed.size();
}

}  // namespace trunkline::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  return trunkline::fuzz::MutateText(data, size, max_size, seed);
}
