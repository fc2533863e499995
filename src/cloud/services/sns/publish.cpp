// Publish and PublishBatch.
#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "cloud/arn.h"
#include "cloud/services/sns/deliver.h"
#include "cloud/services/sns/families.h"
#include "cloud/services/sns/letters.h"

namespace trunkline::cloud::sns {
namespace {

constexpr std::size_t kLargest = 262144;  // bytes, attributes included
constexpr std::size_t kMostEntries = 10;
constexpr auto kDeduplication = std::chrono::minutes(5);

std::size_t SizeOf(const json::Object& input) {
  std::size_t size = input.GetString("Message").size();
  for (const json::Member& one : input.GetObject("MessageAttributes")) {
    const json::Object& attribute = one.value.AsObject();
    size += one.key.size() + attribute.GetString("DataType").size() +
            attribute.GetString("StringValue").size() + attribute.GetString("BinaryValue").size();
  }
  return size;
}

Answer<void> CheckStructure(const json::Object& input) {
  const std::string_view structure = input.GetString("MessageStructure");
  if (structure.empty()) return {};
  if (structure != "json") return Invalid("MessageStructure");
  const auto parsed = json::Parse(input.GetString("Message"));
  if (!parsed || !parsed->IsObject())
    return Invalid("Message Structure - JSON message body failed to parse");
  const json::Value* fallback = parsed->AsObject().Find("default");
  if (fallback && fallback->IsString()) return {};
  return Invalid("Message Structure - No default entry in JSON message body");
}

ServiceError WrongValue(std::string_view text) {
  return {"InvalidParameterValueException", text};
}

Answer<void> CheckAttributeName(std::string_view name) {
  constexpr std::size_t kLongest = 256;
  if (name.size() > kLongest)
    return WrongValue("Length of message attribute name must be less than 256 bytes.");
  const auto wrong = std::ranges::find_if_not(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
  });
  if (wrong != name.end()) {
    return WrongValue(
        fmt::format("Invalid non-alphanumeric character '#x{:X}' was found in the "
                    "message attribute name. Can only include alphanumeric "
                    "characters, hyphens, underscores, or dots.",
                    static_cast<unsigned char>(*wrong)));
  }
  for (const bool end : {false, true}) {
    if (end ? !name.ends_with('.') : !name.starts_with('.')) continue;
    return WrongValue(fmt::format("Invalid message attribute name {} with character '.' was found.",
                                  end ? "ending" : "starting"));
  }
  if (name.find("..") == std::string_view::npos) return {};
  return WrongValue("Message attribute name can not have successive '.' character.");
}

Answer<void> CheckAttribute(std::string_view name, const json::Object& attribute) {
  TL_DO(CheckAttributeName(name));
  const std::string_view type = attribute.GetString("DataType");
  const std::string_view prefix = type.substr(0, type.find('.'));
  if (prefix != "Binary" && prefix != "String" && prefix != "Number") {
    return WrongValue(
        fmt::format("The message attribute '{}' has an invalid message attribute "
                    "type, the set of supported type prefixes is Binary, Number, "
                    "and String.",
                    name));
  }
  const bool binary = prefix == "Binary";
  const std::string_view field = binary ? "Binary" : "String";
  if (!attribute.GetString(binary ? "BinaryValue" : "StringValue").empty()) return {};
  if (!attribute.GetString(binary ? "StringValue" : "BinaryValue").empty()) {
    return WrongValue(fmt::format("The message attribute '{}' with type '{}' must use field '{}'.",
                                  name, type, field));
  }
  return WrongValue(
      fmt::format("The message attribute '{}' must contain non-empty message "
                  "attribute value for message attribute type '{}'.",
                  name, type));
}

Answer<void> CheckMessage(const json::Object& input) {
  if (input.GetString("Message").empty()) return Invalid("Empty message");
  if (SizeOf(input) > kLargest) return Invalid("Message too long");
  constexpr std::size_t kLongestSubject = 100;
  const std::string_view subject = input.GetString("Subject");
  const bool printable = std::ranges::none_of(
      subject, [](char c) { return std::iscntrl(static_cast<unsigned char>(c)) != 0; });
  if (input.Has("Subject") && (subject.empty() || subject.size() > kLongestSubject || !printable))
    return Invalid("Subject");
  for (const json::Member& one : input.GetObject("MessageAttributes"))
    TL_DO(CheckAttribute(one.key, one.value.AsObject()));
  return CheckStructure(input);
}

// Records hold texts: bytes become Base64.
json::Object KeptAttributes(const json::Object& input) {
  json::Object kept;
  for (const json::Member& one : input.GetObject("MessageAttributes")) {
    json::Object attribute = one.value.AsObject();
    if (attribute.Has("BinaryValue"))
      attribute.Set("BinaryValue", ToBase64(attribute.GetString("BinaryValue")));
    kept.Set(one.key, std::move(attribute));
  }
  return kept;
}

json::Object NewMessage(Context& context, const json::Object& input) {
  json::Object message{{"MessageId", NewUuid(context.random)},
                       {"Message", input.GetString("Message")},
                       {"Timestamp", ToIso8601(context.Now())},
                       {"Structured", input.GetString("MessageStructure") == "json"},
                       {"MessageAttributes", KeptAttributes(input)}};
  for (const std::string_view member : {"Subject", "MessageGroupId", "MessageDeduplicationId"})
    message.SetIfNotEmpty(member, input.GetString(member));
  return message;
}

Answer<std::string> DeduplicationId(const Topic& topic, const json::Object& input) {
  if (input.GetString("MessageGroupId").empty())
    return Invalid("The MessageGroupId parameter is required for FIFO topics");
  const std::string_view given = input.GetString("MessageDeduplicationId");
  if (!given.empty()) return std::string(given);
  if (topic.Attribute("ContentBasedDeduplication") == "true")
    return ToHex(Sha256(input.GetString("Message")));
  return Invalid(
      "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
      "provided explicitly");
}

// The same message within five minutes is accepted and not delivered again: the answer is the first
// one's.
const json::Object* FindRecent(json::Array& recent, std::string_view id, TimePoint now) {
  std::erase_if(recent, [&](const json::Value& one) {
    return FromEpochSeconds(one.AsObject().GetDouble("At")) + kDeduplication < now;
  });
  for (const json::Value& one : recent) {
    if (one.AsObject().GetString("Id") == id) return &one.AsObject();
  }
  return nullptr;
}

Answer<> PublishInOrder(Context& context, Topic& topic, const json::Object& input) {
  TL_TRY(const std::string id, DeduplicationId(topic, input));
  json::Array recent = topic.record.body.GetArray("Recent");
  if (const json::Object* same = FindRecent(recent, id, context.Now())) return *same;
  const std::int64_t number = topic.record.body.GetInt("Sequence") + 1;
  const std::string sequence = fmt::format("1{:019}", number);
  json::Object message = NewMessage(context, input);
  message.Set("TopicArn", topic.Arn());
  message.Set("MessageDeduplicationId", id);
  message.Set("SequenceNumber", sequence);
  recent.push_back(json::Object{{"Id", id},
                                {"At", json::Number{EpochSeconds(context.Now())}},
                                {"MessageId", message.At("MessageId")},
                                {"SequenceNumber", sequence}});
  topic.record.body.Set("Sequence", number);
  topic.record.body.Set("Recent", std::move(recent));
  Save(context, topic);
  Deliver(context, topic, message);
  return message;
}

Answer<> PublishTo(Context& context, Topic& topic, const json::Object& input) {
  TL_DO(CheckMessage(input));
  if (topic.IsFifo()) return PublishInOrder(context, topic, input);
  if (input.Has("MessageDeduplicationId"))
    return Invalid(
        "MessageDeduplicationId Reason: The request includes MessageDeduplicationId "
        "parameter that is not valid for this topic type");
  json::Object message = NewMessage(context, input);
  message.Set("TopicArn", topic.Arn());
  Deliver(context, topic, message);
  return message;
}

Answer<> PublishToPhone(Context& context, const json::Object& input) {
  TL_DO(CheckMessage(input));
  const std::string_view number = input.GetString("PhoneNumber");
  const bool valid = number.starts_with('+') && number.size() > 2 &&
                     number.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (!valid)
    return Invalid(
        fmt::format("PhoneNumber Reason: {} is not valid to "
                    "publish to",
                    number));
  const std::string id = NewUuid(context.random);
  KeepLetter(context, json::Object{{"Protocol", "sms"},
                                   {"Endpoint", number},
                                   {"MessageId", id},
                                   {"Message", input.GetString("Message")}});
  return json::Object{{"MessageId", id}};
}

Answer<> Publish(Context& context, const json::Object& input) {
  if (input.Has("PhoneNumber")) return PublishToPhone(context, input);
  if (!input.Has("TopicArn") && !input.Has("TargetArn"))
    return Invalid("TopicArn or TargetArn Reason: no value for required parameter");
  const std::string_view arn = input.GetString("TopicArn", input.GetString("TargetArn"));
  if (const auto parts = ParseArn(arn); parts && parts->resource.starts_with("endpoint/"))
    return Invalid("TargetArn Reason: No endpoint found for the target arn specified");
  TL_TRY(Topic topic, FindTopic(context, arn));
  return PublishTo(context, topic, input);
}

Answer<void> CheckBatch(const json::Array& entries) {
  if (entries.empty()) {
    return ServiceError("EmptyBatchRequestException",
                        "The batch request doesn't contain any entries.");
  }
  if (entries.size() > kMostEntries) {
    return ServiceError("TooManyEntriesInBatchRequestException",
                        "The batch request contains more entries than permissible.");
  }
  std::set<std::string_view> ids;
  std::size_t size = 0;
  for (const json::Value& entry : entries) {
    size += SizeOf(entry.AsObject());
    if (!ids.insert(entry.AsObject().GetString("Id")).second) {
      return ServiceError("BatchEntryIdsNotDistinctException",
                          "Two or more batch entries in the request have the same Id.");
    }
  }
  if (size <= kLargest) return {};
  return ServiceError("BatchRequestTooLongException",
                      "The length of all the messages put together is more than the limit.");
}

Answer<> PublishBatch(Context& context, const json::Object& input) {
  TL_TRY(Topic topic, FindTopic(context, input.GetString("TopicArn")));
  const json::Array& entries = input.GetArray("PublishBatchRequestEntries");
  TL_DO(CheckBatch(entries));
  // One that cannot be sent stops all; seen in recordings of the service.
  for (const json::Value& entry : entries) {
    TL_DO(CheckMessage(entry.AsObject()));
    if (topic.IsFifo()) TL_DO(DeduplicationId(topic, entry.AsObject()));
  }
  json::Array successful;
  json::Array failed;
  for (const json::Value& entry : entries) {
    const std::string_view id = entry.AsObject().GetString("Id");
    auto answer = PublishTo(context, topic, entry.AsObject());
    if (answer) {
      answer->Set("Id", id);
      successful.push_back(*std::move(answer));
    } else {
      failed.push_back(json::Object{{"Id", id},
                                    {"Code", "InvalidParameter"},
                                    {"Message", answer.error().message},
                                    {"SenderFault", true}});
    }
  }
  return json::Object{{"Successful", std::move(successful)}, {"Failed", std::move(failed)}};
}

constexpr Operation kOperations[] = {
    {.name = "Publish", .handle = Publish},
    {.name = "PublishBatch", .handle = PublishBatch},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPublishOperations = kOperations;

}  // namespace trunkline::cloud::sns
