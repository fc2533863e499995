// Queues: creating, finding, listing, deleting, purging.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "cloud/list_page.h"
#include "cloud/services/sqs/attributes.h"
#include "cloud/services/sqs/families.h"
#include "cloud/services/sqs/queue.h"

namespace trunkline::cloud::sqs {
namespace {

constexpr std::int64_t kPage = 1000;

bool IsQueueName(std::string_view name) {
  constexpr std::size_t kLongest = 80;
  if (name.size() > kLongest) return false;
  if (name.ends_with(".fifo")) name.remove_suffix(5);
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
}

// The same name with the same attributes is the same queue.
Answer<> Again(Context& context, const Queue& queue, const json::Object& attributes) {
  for (const json::Member& one : attributes) {
    if (ShownAttribute(context, queue, one.key) == one.value.AsString()) continue;
    return Fail(context, "QueueNameExists", "QueueAlreadyExists",
                fmt::format("A queue already exists with the same name and a different value for "
                            "attribute {}",
                            one.key));
  }
  return json::Object{{"QueueUrl", QueueUrl(context, queue)}};
}

Answer<> CreateQueue(Context& context, const json::Object& input) {
  const std::string name(input.GetString("QueueName"));
  if (!IsQueueName(name)) {
    return WrongValue(context,
                      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 "
                      "in length");
  }
  json::Object attributes = input.GetObject("Attributes");
  TL_DO(CheckAttributes(context, attributes));
  const bool fifo = attributes.GetString("FifoQueue") == "true";
  if (fifo != name.ends_with(".fifo")) {
    return WrongValue(context, fifo ? "The name of a FIFO queue can only include alphanumeric "
                                      "characters, hyphens, or underscores, must end with .fifo "
                                      "suffix and be 1 to 80 in length."
                                    : "Can only include alphanumeric characters, hyphens, or "
                                      "underscores. 1 to 80 in length");
  }
  Queue queue{.scope = context.RegionScope(), .record = {}};
  if (const Record* present = context.store.Find(queue.scope, kQueue, name)) {
    queue.record = *present;
    return Again(context, queue, attributes);
  }
  const json::Number now{EpochSeconds(std::chrono::floor<std::chrono::seconds>(context.Now()))};
  queue.record = {.id = name,
                  .parent = "",
                  .name = name,
                  .body = {{"Attributes", std::move(attributes)},
                           {"Tags", input.GetObject("tags")},
                           {"Created", now},
                           {"Modified", now}}};
  json::Object answer{{"QueueUrl", QueueUrl(context, queue)}};
  Save(context, std::move(queue));
  return answer;
}

Answer<> GetQueueUrl(Context& context, const json::Object& input) {
  const std::string_view owner = input.GetString("QueueOwnerAWSAccountId", context.caller.account);
  const json::Object named{
      {"QueueUrl", fmt::format("http://queue/{}/{}", owner, input.GetString("QueueName"))}};
  TL_TRY(const Queue queue, FindQueue(context, named));
  return json::Object{{"QueueUrl", QueueUrl(context, queue)}};
}

Answer<> ShowPage(Context& context, const json::Object& input, const std::vector<Queue>& queues,
                  std::string_view member) {
  json::Array urls;
  for (const Queue& queue : queues) urls.push_back(QueueUrl(context, queue));
  const std::string listing =
      fmt::format("{} {}", input.GetString("QueueNamePrefix"), input.GetString("QueueUrl"));
  const std::int64_t limit = input.GetInt("MaxResults", kPage);
  if (limit < 1 || limit > kPage)
    return WrongValue(context, "MaxResults must be an integer between 1 and 1000.");
  auto page = TakePage(std::move(urls), {.name = listing,
                                         .order = {},
                                         .limit = static_cast<std::size_t>(limit),
                                         .token = input.GetString("NextToken")});
  if (!page) return WrongValue(context, "Invalid or expired next token.");
  json::Object answer;
  if (!page->items.empty() || member == "queueUrls") answer.Set(member, std::move(page->items));
  if (input.Has("MaxResults")) answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<> ListQueues(Context& context, const json::Object& input) {
  std::vector<Queue> queues;
  for (const Record* record : context.store.List(context.RegionScope(), kQueue)) {
    if (record->id.starts_with(input.GetString("QueueNamePrefix")))
      queues.push_back({.scope = context.RegionScope(), .record = *record});
  }
  return ShowPage(context, input, queues, "QueueUrls");
}

Answer<> ListDeadLetterSourceQueues(Context& context, const json::Object& input) {
  TL_TRY(const Queue target, FindQueue(context, input));
  return ShowPage(context, input, SourcesOf(context, target), "queueUrls");
}

Answer<> DeleteQueue(Context& context, const json::Object& input) {
  TL_TRY(const Queue queue, FindQueue(context, input));
  Empty(context, queue);
  std::vector<std::string> tasks;
  for (const Record* task : context.store.List(queue.scope, kMoveTask, queue.Name()))
    tasks.push_back(task->id);
  for (const std::string& task : tasks) context.store.Delete(queue.scope, kMoveTask, task);
  context.store.Delete(queue.scope, kQueue, queue.Name());
  return json::Object();
}

Answer<> PurgeQueue(Context& context, const json::Object& input) {
  TL_TRY(Queue queue, FindQueue(context, input));
  constexpr double kPause = 60;  // seconds
  const double now = static_cast<double>(Milliseconds1970(context)) / 1000;
  if (queue.record.body.GetDouble("Purged") + kPause > now) {
    return Fail(context, "PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress",
                fmt::format("Only one PurgeQueue operation on {} is allowed every 60 seconds.",
                            queue.Name()))
        .WithStatus(403);
  }
  Empty(context, queue);
  queue.record.body.Set("Purged", now);
  Save(context, std::move(queue));
  return json::Object();
}

Answer<> GetQueueAttributes(Context& context, const json::Object& input) {
  TL_TRY(const Queue queue, FindQueue(context, input));
  json::Object attributes;
  for (const json::Value& name : input.GetArray("AttributeNames")) {
    if (name.AsString() == "All") {
      attributes = AllAttributes(context, queue);
      break;
    }
    if (!IsQueueAttribute(name.AsString())) return UnknownAttribute(context, name.AsString());
    attributes.SetIfNotEmpty(name.AsString(), ShownAttribute(context, queue, name.AsString()));
  }
  json::Object answer;
  if (!attributes.empty()) answer.Set("Attributes", std::move(attributes));
  return answer;
}

// A queue stays what it is.
Answer<void> CheckFifo(Context& context, const Queue& queue, const json::Object& added) {
  if (!added.Has("FifoQueue")) return {};
  if (!queue.IsFifo()) return UnknownAttribute(context, "FifoQueue");
  if (added.GetString("FifoQueue") == "true") return {};
  return Fail(context, "InvalidAttributeValue", "InvalidAttributeValue",
              "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not "
              "supported.");
}

// One kind of encryption takes the other's place.
void DropOtherEncryption(const json::Object& added, json::Object& attributes) {
  if (added.GetString("SqsManagedSseEnabled") == "true") {
    attributes.Remove("KmsMasterKeyId");
    attributes.Remove("KmsDataKeyReusePeriodSeconds");
  }
  if (!added.GetString("KmsMasterKeyId").empty()) attributes.Remove("SqsManagedSseEnabled");
}

Answer<> SetQueueAttributes(Context& context, const json::Object& input) {
  TL_TRY(Queue queue, FindQueue(context, input));
  const json::Object& added = input.GetObject("Attributes");
  TL_DO(CheckFifo(context, queue, added));
  TL_DO(CheckAttributes(context, added));
  json::Object attributes = queue.record.body.GetObject("Attributes");
  DropOtherEncryption(added, attributes);
  for (const json::Member& one : added) {
    if (one.value.AsString().empty()) {
      attributes.Remove(one.key);
    } else {
      attributes.Set(one.key, one.value);
    }
  }
  queue.record.body.Set("Attributes", std::move(attributes));
  queue.record.body.Set(
      "Modified",
      json::Number{EpochSeconds(std::chrono::floor<std::chrono::seconds>(context.Now()))});
  Save(context, std::move(queue));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateQueue", .handle = CreateQueue},
    {.name = "DeleteQueue", .handle = DeleteQueue},
    {.name = "GetQueueAttributes", .handle = GetQueueAttributes},
    {.name = "GetQueueUrl", .handle = GetQueueUrl},
    {.name = "ListDeadLetterSourceQueues", .handle = ListDeadLetterSourceQueues},
    {.name = "ListQueues", .handle = ListQueues},
    {.name = "PurgeQueue", .handle = PurgeQueue},
    {.name = "SetQueueAttributes", .handle = SetQueueAttributes},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kQueueOperations = kOperations;

}  // namespace trunkline::cloud::sqs
