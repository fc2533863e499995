#include "cloud/services/sqs/queue.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/policy_document.h"

namespace trunkline::cloud::sqs {
namespace {

bool LetsIn(const Queue& queue, std::string_view account) {
  if (queue.scope.account == account) return true;
  const auto principals = AwsPrincipals(queue.Attribute("Policy"));
  return std::ranges::any_of(principals, [&](const std::string& principal) {
    return principal == "*" || principal.find(account) != std::string::npos;
  });
}

void AppendSized(std::string& out, std::string_view text) {
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    out += static_cast<char>(text.size() >> shift & 0xffU);
  out += text;
}

}  // namespace

ServiceError Fail(Context& context, std::string_view code, std::string_view query_code,
                  std::string_view text) {
  context.reply.headers.Set("x-amzn-query-error", fmt::format("{};Sender", query_code));
  return {code, text};
}

ServiceError WrongValue(Context& context, std::string_view text) {
  return Fail(context, "InvalidParameterValue", "InvalidParameterValue", text);
}

ServiceError Missing(Context& context, std::string_view parameter) {
  return Fail(context, "MissingParameter", "MissingParameter",
              fmt::format("The request must contain the parameter {}.", parameter));
}

bool SpeaksQuery(const Context& context) {
  return context.request && context.request->headers.Get("Content-Type")
                                .starts_with("application/x-www-form-urlencoded");
}

std::string Queue::Arn() const {
  return MakeArn(scope, "sqs", record.id);
}

std::int64_t Queue::Number(std::string_view name, std::int64_t fallback) const {
  return ToInt(Attribute(name)).value_or(fallback);
}

Answer<Queue> FindQueue(Context& context, const json::Object& input) {
  const std::string_view url = input.GetString("QueueUrl");
  const auto parts = Split(url, '/');
  Queue queue{.scope = context.RegionScope(), .record = {}};
  if (parts.size() > 1 && !parts[parts.size() - 2].empty() && parts.size() > 3)
    queue.scope.account = parts[parts.size() - 2];
  const Record* record = context.store.Find(queue.scope, kQueue, parts.back());
  if (!record) {
    return Fail(context, "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
                SpeaksQuery(context) ? "The specified queue does not exist for this wsdl version."
                                     : "The specified queue does not exist.");
  }
  queue.record = *record;
  if (LetsIn(queue, context.caller.account)) return queue;
  return Fail(context, "AccessDeniedException", "AccessDenied",
              "Access to the resource is denied.");
}

std::optional<Queue> FindQueueByArn(Context& context, std::string_view arn) {
  const auto parts = ParseArn(arn);
  if (!parts || parts->service != "sqs") return std::nullopt;
  Queue queue{.scope = {.account = parts->account, .region = parts->region}, .record = {}};
  const Record* record = context.store.Find(queue.scope, kQueue, parts->resource);
  if (!record) return std::nullopt;
  queue.record = *record;
  return queue;
}

std::string QueueUrl(const Context& context, const Queue& queue) {
  return fmt::format("{}/{}/{}", context.endpoint, queue.scope.account, queue.Name());
}

void Save(Context& context, Queue queue) {
  context.store.Put(queue.scope, kQueue, std::move(queue.record));
}

std::int64_t Milliseconds1970(const Context& context) {
  return context.Now().time_since_epoch().count();
}

std::vector<Queue> SourcesOf(Context& context, const Queue& target) {
  std::vector<Queue> queues;
  for (const Record* record : context.store.List(target.scope, kQueue)) {
    Queue queue{.scope = target.scope, .record = *record};
    const auto redrive = ReadRedrive(queue);
    if (redrive && redrive->queue_arn == target.Arn()) queues.push_back(std::move(queue));
  }
  return queues;
}

void TakeOver(Context& context, const Queue& from, Queue& to, Record message) {
  context.store.Delete(from.scope, kMessage, message.id);
  const std::int64_t number = to.record.body.GetInt("Sequence") + 1;
  to.record.body.Set("Sequence", number);
  message.body.Set("Receives", 0);
  message.body.Remove("Receipt");
  message.body.Remove("FirstReceive");
  message.parent = to.Name();
  message.name = fmt::format("{:020}", number);
  context.store.Put(to.scope, kMessage, std::move(message));
}

void Empty(Context& context, const Queue& queue) {
  std::vector<std::string> ids;
  for (const Record* one : context.store.List(queue.scope, kMessage, queue.Name()))
    ids.push_back(one->id);
  for (const std::string& id : ids) context.store.Delete(queue.scope, kMessage, id);
}

std::string DigestOfAttributes(const json::Object& attributes) {
  if (attributes.empty()) return {};
  std::vector<const json::Member*> sorted;
  for (const json::Member& one : attributes) sorted.push_back(&one);
  std::ranges::sort(sorted, {}, [](const json::Member* one) { return one->key; });
  std::string bytes;
  for (const json::Member* one : sorted) {
    const json::Object& attribute = one->value.AsObject();
    const bool binary = attribute.Has("BinaryValue");
    AppendSized(bytes, one->key);
    AppendSized(bytes, attribute.GetString("DataType"));
    bytes += binary ? '\2' : '\1';
    AppendSized(bytes, attribute.GetString(binary ? "BinaryValue" : "StringValue"));
  }
  return ToHex(Md5(bytes));
}

std::optional<Redrive> ReadRedrive(const Queue& queue) {
  const auto policy = json::Parse(queue.Attribute("RedrivePolicy"));
  if (!policy || !policy->IsObject()) return std::nullopt;
  const json::Object& read = policy->AsObject();
  // Clients write the count as a number or a text.
  const std::int64_t most =
      read.GetInt("maxReceiveCount", ToInt(read.GetString("maxReceiveCount")).value_or(0));
  return Redrive{.queue_arn = std::string(read.GetString("deadLetterTargetArn")),
                 .most_receives = most};
}

Answer<void> CheckBatch(Context& context, const json::Array& entries) {
  constexpr std::size_t kMost = 10;
  constexpr std::size_t kLongestId = 80;
  const auto fail = [&](std::string_view code, std::string_view text) {
    return Fail(context, code, fmt::format("AWS.SimpleQueueService.{}", code), text);
  };
  if (entries.empty())
    return fail("EmptyBatchRequest", "There should be at least one entry in the request.");
  if (entries.size() > kMost) {
    return fail("TooManyEntriesInBatchRequest",
                fmt::format("Maximum number of entries per request are 10. You have sent {}.",
                            entries.size()));
  }
  std::vector<std::string_view> ids;
  for (const json::Value& entry : entries) {
    const std::string_view id = entry.AsObject().GetString("Id");
    const bool valid =
        !id.empty() && id.size() <= kLongestId && std::ranges::all_of(id, [](char c) {
          return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
        });
    if (!valid) {
      return fail("InvalidBatchEntryId",
                  "A batch entry id can only contain alphanumeric characters, hyphens and "
                  "underscores. It can be at most 80 letters long.");
    }
    if (std::ranges::find(ids, id) != ids.end())
      return fail("BatchEntryIdsNotDistinct", fmt::format("Id {} repeated.", id));
    ids.push_back(id);
  }
  return {};
}

Answer<> RunBatch(Context& context, const json::Object& input, StateHandler one) {
  const json::Array& entries = input.GetArray("Entries");
  TL_DO(CheckBatch(context, entries));
  json::Array successful;
  json::Array failed;
  for (const json::Value& entry : entries) {
    json::Object part = entry.AsObject();
    const std::string id(part.GetString("Id"));
    part.Set("QueueUrl", input.GetString("QueueUrl"));
    auto answer = one(context, part);
    if (answer) {
      answer->Set("Id", id);
      successful.push_back(*std::move(answer));
    } else {
      failed.push_back(json::Object{{"Id", id},
                                    {"Code", answer.error().code},
                                    {"Message", answer.error().message},
                                    {"SenderFault", true}});
    }
  }
  context.reply.headers.Remove("x-amzn-query-error");
  json::Object answer;  // without empty lists (seen in recordings of the service)
  if (!successful.empty()) answer.Set("Successful", std::move(successful));
  if (!failed.empty()) answer.Set("Failed", std::move(failed));
  return answer;
}

}  // namespace trunkline::cloud::sqs
