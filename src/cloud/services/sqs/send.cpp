// SendMessage and SendMessageBatch.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/sqs/families.h"
#include "cloud/services/sqs/queue.h"

namespace trunkline::cloud::sqs {
namespace {

constexpr std::int64_t kLongestDelay = 900;        // seconds
constexpr std::int64_t kDefaultLargest = 1048576;  // bytes
constexpr std::int64_t kRetention = 345600;        // seconds
constexpr std::int64_t kDeduplication = 300000;    // milliseconds
constexpr std::size_t kMostAttributes = 10;

Answer<void> CheckAttribute(Context& context, std::string_view name,
                            const json::Object& attribute) {
  const std::string_view type = attribute.GetString("DataType");
  const bool binary = type.starts_with("Binary");
  if (!binary && !type.starts_with("String") && !type.starts_with("Number")) {
    return WrongValue(context,
                      fmt::format("The message attribute '{}' has an invalid message attribute "
                                  "type, the set of supported type prefixes is Binary, Number, and "
                                  "String.",
                                  name));
  }
  if (!attribute.GetString(binary ? "BinaryValue" : "StringValue").empty()) return {};
  if (!SpeaksQuery(context)) {
    return WrongValue(context, fmt::format("Message (user) attribute '{}' must contain a non-empty "
                                           "value of type '{}'.",
                                           name, type));
  }
  return WrongValue(context, fmt::format("The message attribute '{}' must contain non-empty "
                                         "message attribute value for message attribute type '{}'.",
                                         name, type));
}

// What XML 1.0 can hold.
bool IsContent(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
  }
  return IsUtf8(text);
}

// With its attributes.
std::size_t SizeOf(const json::Object& message) {
  std::size_t size = message.GetString("MessageBody").size();
  for (const json::Member& one : message.GetObject("MessageAttributes")) {
    const json::Object& attribute = one.value.AsObject();
    size += one.key.size() + attribute.GetString("DataType").size() +
            attribute.GetString("StringValue").size() + attribute.GetString("BinaryValue").size();
  }
  return size;
}

Answer<void> CheckMessage(Context& context, const Queue& queue, const json::Object& input) {
  const std::string_view body = input.GetString("MessageBody");
  if (body.empty()) return Missing(context, "MessageBody");
  if (!IsContent(body)) {
    return Fail(context, "InvalidMessageContents", "InvalidMessageContents",
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to "
                "#xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
  }
  const json::Object& attributes = input.GetObject("MessageAttributes");
  if (attributes.size() > kMostAttributes) {
    return WrongValue(context, fmt::format("Number of message attributes [{}] exceeds the allowed "
                                           "maximum [10].",
                                           attributes.size()));
  }
  for (const json::Member& one : attributes)
    TL_DO(CheckAttribute(context, one.key, one.value.AsObject()));
  const std::int64_t most = queue.Number("MaximumMessageSize", kDefaultLargest);
  if (static_cast<std::int64_t>(SizeOf(input)) <= most) return {};
  return WrongValue(context, fmt::format("One or more parameters are invalid. Reason: Message must "
                                         "be shorter than {} bytes.",
                                         most));
}

Answer<std::int64_t> ChooseDelay(Context& context, const Queue& queue, const json::Object& input) {
  const std::int64_t delay = input.GetInt("DelaySeconds", queue.Number("DelaySeconds", 0));
  if (queue.IsFifo() && input.GetInt("DelaySeconds") > 0) {
    return WrongValue(context,
                      fmt::format("Value {} for parameter DelaySeconds is invalid. Reason: "
                                  "The request include parameter that is not valid for "
                                  "this queue type.",
                                  delay));
  }
  if (delay >= 0 && delay <= kLongestDelay) return delay;
  return WrongValue(context, fmt::format("Value {} for parameter DelaySeconds is invalid. Reason: "
                                         "DelaySeconds must be >= 0 and <= 900.",
                                         delay));
}

Answer<std::string> DeduplicationId(Context& context, const Queue& queue,
                                    const json::Object& input) {
  if (input.GetString("MessageGroupId").empty()) return Missing(context, "MessageGroupId");
  const std::string_view given = input.GetString("MessageDeduplicationId");
  if (!given.empty()) return std::string(given);
  if (queue.Attribute("ContentBasedDeduplication") == "true")
    return ToHex(Sha256(input.GetString("MessageBody")));
  return WrongValue(context,
                    "The queue should either have ContentBasedDeduplication enabled or "
                    "MessageDeduplicationId provided explicitly");
}

// The message of that deduplication id of the last five minutes; older ones are forgotten.
const Record* FindRecent(Context& context, const Queue& queue, const std::string& id) {
  const std::int64_t now = Milliseconds1970(context);
  std::vector<std::string> old;
  for (const Record* recent : context.store.List(queue.scope, kRecent, queue.Name())) {
    if (recent->body.GetInt("Until") <= now) old.push_back(recent->id);
  }
  for (const std::string& one : old) context.store.Delete(queue.scope, kRecent, one);
  return context.store.Find(queue.scope, kRecent, fmt::format("{} {}", queue.Name(), id));
}

void NoteRecent(Context& context, const Queue& queue, const std::string& id,
                const json::Object& answer) {
  const std::string key = fmt::format("{} {}", queue.Name(), id);
  context.store.Put(
      queue.scope, kRecent,
      {.id = key,
       .parent = queue.Name(),
       .name = key,
       .body = {{"Until", Milliseconds1970(context) + kDeduplication}, {"Answer", answer}}});
}

// Records hold texts: bytes become Base64.
json::Object KeptAttributes(const json::Object& attributes) {
  json::Object kept;
  for (const json::Member& one : attributes) {
    json::Object attribute = one.value.AsObject();
    if (attribute.Has("BinaryValue"))
      attribute.Set("BinaryValue", ToBase64(attribute.GetString("BinaryValue")));
    kept.Set(one.key, std::move(attribute));
  }
  return kept;
}

json::Object SystemAttributes(const Context& context, const json::Object& input) {
  json::Object shown{{"SenderId", context.caller.user_id.empty() ? context.caller.account
                                                                 : context.caller.user_id},
                     {"SentTimestamp", std::to_string(Milliseconds1970(context))}};
  shown.SetIfNotEmpty("MessageGroupId", input.GetString("MessageGroupId"));
  for (const json::Member& one : input.GetObject("MessageSystemAttributes"))
    shown.SetIfNotEmpty(one.key, one.value.AsObject().GetString("StringValue"));
  return shown;
}

json::Object Keep(Context& context, Queue& queue, const json::Object& input, json::Object shown,
                  std::int64_t delay) {
  const std::int64_t now = Milliseconds1970(context);
  const std::int64_t number = queue.record.body.GetInt("Sequence") + 1;
  const std::string id = NewUuid(context.random);
  queue.record.body.Set("Sequence", number);
  if (queue.IsFifo()) shown.Set("SequenceNumber", fmt::format("1{:019}", number));
  const json::Object& attributes = input.GetObject("MessageAttributes");
  json::Object answer{{"MessageId", id},
                      {"MD5OfMessageBody", ToHex(Md5(input.GetString("MessageBody")))}};
  answer.SetIfNotEmpty("MD5OfMessageAttributes", DigestOfAttributes(attributes));
  answer.SetIfNotEmpty("MD5OfMessageSystemAttributes",
                       DigestOfAttributes(input.GetObject("MessageSystemAttributes")));
  answer.SetIfNotEmpty("SequenceNumber", shown.GetString("SequenceNumber"));
  context.store.Put(
      queue.scope, kMessage,
      {.id = id,
       .parent = queue.Name(),
       .name = fmt::format("{:020}", number),
       .body = {{"Body", input.GetString("MessageBody")},
                {"MessageAttributes", KeptAttributes(attributes)},
                {"System", std::move(shown)},
                {"Visible", now + 1000 * delay},
                {"Expires", now + 1000 * queue.Number("MessageRetentionPeriod", kRetention)}}});
  Save(context, queue);
  return answer;
}

Answer<> SendMessage(Context& context, const json::Object& input) {
  TL_TRY(Queue queue, FindQueue(context, input));
  TL_DO(CheckMessage(context, queue, input));
  TL_TRY(const std::int64_t delay, ChooseDelay(context, queue, input));
  json::Object shown = SystemAttributes(context, input);
  if (!queue.IsFifo()) {
    if (input.Has("MessageDeduplicationId")) {
      return WrongValue(context,
                        "The request includes MessageDeduplicationId parameter that is not valid "
                        "for this queue type");
    }
    return Keep(context, queue, input, std::move(shown), delay);
  }
  TL_TRY(const std::string id, DeduplicationId(context, queue, input));
  if (const Record* recent = FindRecent(context, queue, id))
    return recent->body.GetObject("Answer");
  shown.Set("MessageDeduplicationId", id);
  json::Object answer = Keep(context, queue, input, std::move(shown), delay);
  NoteRecent(context, queue, id, answer);
  return answer;
}

Answer<> SendMessageBatch(Context& context, const json::Object& input) {
  TL_TRY(const Queue queue, FindQueue(context, input));
  std::size_t size = 0;
  for (const json::Value& entry : input.GetArray("Entries")) size += SizeOf(entry.AsObject());
  if (size > static_cast<std::size_t>(kDefaultLargest)) {
    return Fail(
        context, "BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong",
        fmt::format("Batch requests cannot be longer than {} bytes. You have sent {} bytes.",
                    kDefaultLargest, size));
  }
  // What a FIFO queue needs must be there in all entries, or none is sent.
  for (const json::Value& entry : input.GetArray("Entries")) {
    if (!queue.IsFifo()) break;
    const auto id = DeduplicationId(context, queue, entry.AsObject());
    if (!id) return WrongValue(context, id.error().message);
  }
  return RunBatch(context, input, SendMessage);
}

constexpr Operation kOperations[] = {
    {.name = "SendMessage", .handle = SendMessage},
    {.name = "SendMessageBatch", .handle = SendMessageBatch},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kSendOperations = kOperations;

}  // namespace trunkline::cloud::sqs
