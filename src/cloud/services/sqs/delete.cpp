// Deleting messages and changing how long they stay invisible: both by receipt.
#include <fmt/format.h>

#include "base/hash.h"
#include "cloud/services/sqs/families.h"
#include "cloud/services/sqs/queue.h"

namespace trunkline::cloud::sqs {
namespace {

// The message's id stands in the receipt; nothing: no such receipt was ever given.
std::optional<std::string> MessageIdOf(std::string_view receipt) {
  const auto text = FromBase64(receipt);
  const std::size_t blank = text ? text->find(' ') : std::string::npos;
  if (blank == std::string::npos) return std::nullopt;
  return text->substr(0, blank);
}

// The message that the receipt is good for: deleted ones and those received again have none.
Answer<const Record*> FindReceived(Context& context, const Queue& queue,
                                   const json::Object& input) {
  const std::string_view receipt = input.GetString("ReceiptHandle");
  const auto id = MessageIdOf(receipt);
  if (!id) {
    return Fail(
        context, "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid",
        fmt::format("The input receipt handle \"{}\" is not a valid receipt handle.", receipt));
  }
  const Record* message = context.store.Find(queue.scope, kMessage, *id);
  const bool good = message && message->parent == queue.Name() &&
                    EqualsConstantTime(message->body.GetString("Receipt"), receipt);
  return good ? message : nullptr;
}

Answer<> DeleteMessage(Context& context, const json::Object& input) {
  TL_TRY(const Queue queue, FindQueue(context, input));
  TL_TRY(const Record* message, FindReceived(context, queue, input));
  if (message && queue.IsFifo() && message->body.GetInt("Visible") <= Milliseconds1970(context)) {
    return WrongValue(context, fmt::format("Value {} for parameter ReceiptHandle is invalid. "
                                           "Reason: The receipt handle has expired.",
                                           input.GetString("ReceiptHandle")));
  }
  if (message) {
    const std::string id = message->id;
    context.store.Delete(queue.scope, kMessage, id);
  }
  return json::Object();
}

Answer<> ChangeMessageVisibility(Context& context, const json::Object& input) {
  TL_TRY(const Queue queue, FindQueue(context, input));
  constexpr std::int64_t kLongest = 43200;
  const std::int64_t seconds = input.GetInt("VisibilityTimeout");
  if (seconds < 0 || seconds > kLongest) {
    return WrongValue(context,
                      fmt::format("Value {} for parameter VisibilityTimeout is invalid. Reason: "
                                  "VisibilityTimeout must be an integer between 0 and 43200.",
                                  seconds));
  }
  TL_TRY(const Record* message, FindReceived(context, queue, input));
  const std::int64_t now = Milliseconds1970(context);
  // Of one that has become visible and was not received again the receipt is still good.
  if (!message) {
    return Fail(context, "MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight",
                fmt::format("Value {} for parameter ReceiptHandle is invalid. Reason: Message does "
                            "not exist or is not available for visibility timeout change.",
                            input.GetString("ReceiptHandle")));
  }
  Record changed = *message;
  changed.body.Set("Visible", now + 1000 * seconds);
  context.store.Put(queue.scope, kMessage, std::move(changed));
  return json::Object();
}

Answer<> DeleteMessageBatch(Context& context, const json::Object& input) {
  TL_DO(FindQueue(context, input));
  return RunBatch(context, input, DeleteMessage);
}

Answer<> ChangeMessageVisibilityBatch(Context& context, const json::Object& input) {
  TL_DO(FindQueue(context, input));
  return RunBatch(context, input, ChangeMessageVisibility);
}

constexpr Operation kOperations[] = {
    {.name = "ChangeMessageVisibility", .handle = ChangeMessageVisibility},
    {.name = "ChangeMessageVisibilityBatch", .handle = ChangeMessageVisibilityBatch},
    {.name = "DeleteMessage", .handle = DeleteMessage},
    {.name = "DeleteMessageBatch", .handle = DeleteMessageBatch},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kDeleteOperations = kOperations;

}  // namespace trunkline::cloud::sqs
