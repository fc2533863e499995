// ReceiveMessage: takes what is visible, and waits for it if asked to.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/hash.h"
#include "cloud/services/sqs/families.h"
#include "cloud/services/sqs/queue.h"
#include "cloud/wait.h"

namespace trunkline::cloud::sqs {
namespace {

constexpr std::int64_t kMostMessages = 10;
constexpr std::int64_t kLongestWait = 20;          // seconds
constexpr std::int64_t kLongestInvisible = 43200;  // seconds
constexpr Milliseconds kBetweenLooks{100};

Answer<void> CheckRange(Context& context, const json::Object& input, std::string_view member,
                        std::int64_t low, std::int64_t high) {
  const std::int64_t value = input.GetInt(member, low);
  if (value >= low && value <= high) return {};
  return WrongValue(context,
                    fmt::format("Value {} for parameter {} is invalid. Reason: Must be between {} "
                                "and {}, if provided.",
                                value, member, low, high));
}

// ---- choosing

struct Taken {
  std::vector<Record> messages;
  std::vector<Record> too_often;  // for the dead-letter queue
  std::vector<std::string> expired;
};

Taken Choose(Context& context, const Queue& queue, std::size_t most) {
  const std::int64_t now = Milliseconds1970(context);
  const auto redrive = ReadRedrive(queue);
  Taken taken;
  // A group of a FIFO queue is blocked behind its first message that is in flight.
  std::set<std::string, std::less<>> blocked;
  context.store.Scan(queue.scope, kMessage, queue.Name(), {}, [&](const Record& message) {
    const std::string group(message.body.GetObject("System").GetString("MessageGroupId"));
    if (message.body.GetInt("Expires") <= now) {
      taken.expired.push_back(message.id);
    } else if (queue.IsFifo() && blocked.contains(group)) {
      return true;
    } else if (message.body.GetInt("Visible") > now) {
      blocked.insert(group);
    } else if (redrive && message.body.GetInt("Receives") >= redrive->most_receives) {
      taken.too_often.push_back(message);
    } else {
      taken.messages.push_back(message);
    }
    return taken.messages.size() < most;
  });
  return taken;
}

void MoveToDeadLetters(Context& context, const Queue& queue, std::vector<Record> messages) {
  const auto redrive = ReadRedrive(queue);
  auto target = redrive ? FindQueueByArn(context, redrive->queue_arn) : std::nullopt;
  for (Record& message : messages) {
    if (!target) {
      context.store.Delete(queue.scope, kMessage, message.id);
      continue;
    }
    json::Object system = message.body.GetObject("System");
    system.Set("DeadLetterQueueSourceArn", queue.Arn());
    message.body.Set("System", std::move(system));
    TakeOver(context, queue, *target, std::move(message));
  }
  if (target) Save(context, *std::move(target));
}

// ---- showing

bool IsWanted(const json::Array& names, std::string_view name) {
  return std::ranges::any_of(names, [&](const json::Value& one) {
    std::string_view wanted = one.AsString();
    if (wanted == "All" || wanted == ".*" || wanted == name) return true;
    if (!wanted.ends_with(".*")) return false;
    wanted.remove_suffix(2);
    return name.starts_with(wanted);
  });
}

json::Object ShownSystem(const Record& message, const json::Object& input) {
  json::Object all = message.body.GetObject("System");
  all.Set("ApproximateReceiveCount", std::to_string(message.body.GetInt("Receives")));
  all.Set("ApproximateFirstReceiveTimestamp", std::to_string(message.body.GetInt("FirstReceive")));
  json::Object shown;
  for (const json::Member& one : all) {
    if (IsWanted(input.GetArray("AttributeNames"), one.key) ||
        IsWanted(input.GetArray("MessageSystemAttributeNames"), one.key))
      shown.Set(one.key, one.value);
  }
  return shown;
}

json::Object ShownAttributes(const Record& message, const json::Object& input) {
  json::Object shown;
  for (const json::Member& one : message.body.GetObject("MessageAttributes")) {
    if (!IsWanted(input.GetArray("MessageAttributeNames"), one.key)) continue;
    json::Object attribute = one.value.AsObject();
    if (attribute.Has("BinaryValue"))
      attribute.Set("BinaryValue", FromBase64(attribute.GetString("BinaryValue")).value_or(""));
    shown.Set(one.key, std::move(attribute));
  }
  return shown;
}

json::Object Show(const Record& message, const json::Object& input) {
  json::Object shown{{"MessageId", message.id},
                     {"ReceiptHandle", message.body.GetString("Receipt")},
                     {"MD5OfBody", ToHex(Md5(message.body.GetString("Body")))},
                     {"Body", message.body.GetString("Body")}};
  json::Object system = ShownSystem(message, input);
  if (!system.empty()) shown.Set("Attributes", std::move(system));
  json::Object attributes = ShownAttributes(message, input);
  if (!attributes.empty()) {
    shown.Set("MD5OfMessageAttributes", DigestOfAttributes(attributes));
    shown.Set("MessageAttributes", std::move(attributes));
  }
  return shown;
}

Record Receive(Context& context, Record message, std::int64_t invisible) {
  const std::int64_t now = Milliseconds1970(context);
  constexpr std::size_t kSecret = 32;
  message.body.Set("Receives", message.body.GetInt("Receives") + 1);
  if (!message.body.Has("FirstReceive")) message.body.Set("FirstReceive", now);
  message.body.Set("Visible", now + 1000 * invisible);
  message.body.Set(
      "Receipt",
      ToBase64(fmt::format("{} {}", message.id, NewToken(context.random, kSecret, kAlphanumeric))));
  return message;
}

Answer<> Look(Context& context, const json::Object& input) {
  TL_TRY(const Queue queue, FindQueue(context, input));
  TL_DO(CheckRange(context, input, "MaxNumberOfMessages", 1, kMostMessages));
  TL_DO(CheckRange(context, input, "WaitTimeSeconds", 0, kLongestWait));
  TL_DO(CheckRange(context, input, "VisibilityTimeout", 0, kLongestInvisible));
  constexpr std::int64_t kDefaultInvisible = 30;
  const std::int64_t invisible =
      input.GetInt("VisibilityTimeout", queue.Number("VisibilityTimeout", kDefaultInvisible));
  Taken taken =
      Choose(context, queue, static_cast<std::size_t>(input.GetInt("MaxNumberOfMessages", 1)));
  for (const std::string& id : taken.expired) context.store.Delete(queue.scope, kMessage, id);
  MoveToDeadLetters(context, queue, std::move(taken.too_often));
  json::Array messages;
  for (Record& one : taken.messages) {
    Record message = Receive(context, std::move(one), invisible);
    messages.push_back(Show(message, input));
    context.store.Put(queue.scope, kMessage, std::move(message));
  }
  json::Object answer{
      {"Wait", input.GetInt("WaitTimeSeconds", queue.Number("ReceiveMessageWaitTimeSeconds", 0))}};
  if (!messages.empty()) answer.Set("Messages", std::move(messages));
  return answer;
}

net::aw<Answer<>> ReceiveMessage(WaitContext context, json::Object input) {
  const TimePoint begun = context.clock().Now();
  for (;;) {
    Reply* reply = &context.reply();
    auto answer = context.State([&input, reply](Context& state) {
      auto looked = Look(state, input);
      reply->headers = state.reply.headers;
      return looked;
    });
    if (!answer || answer->Has("Messages")) co_return answer;
    const TimePoint end = begun + std::chrono::seconds(answer->GetInt("Wait"));
    if (context.clock().Now() >= end) co_return answer;
    co_await context.Sleep(std::min(kBetweenLooks, end - context.clock().Now()));
  }
}

constexpr WaitHandler kReceiveMessage{ReceiveMessage};

constexpr Operation kOperations[] = {
    {.name = "ReceiveMessage", .wait = &kReceiveMessage},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kReceiveOperations = kOperations;

}  // namespace trunkline::cloud::sqs
