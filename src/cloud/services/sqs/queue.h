// Queues and messages as they stand in the store.
//
//   {"sqs","queue"}    id and name: the queue's name. body: "Attributes" (those that were set),
//                      "Tags", "Created", "Modified", "Purged" (seconds), "Sequence"
//   {"sqs","message"}  parent: the queue's name; name: its place in the queue. body: "Body",
//                      "MessageAttributes" (bytes in Base64), "System" (what is shown of it),
//                      "Sent", "Visible", "Expires" (milliseconds since 1970), "Receives",
//                      "Receipt"
//   {"sqs","move-task"}  parent: the source queue's name; name: when it began. body: as it is
//   listed,
//                      but for the handle
//   {"sqs","recent"}   a FIFO queue's deduplication ids of the last five minutes
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::sqs {

inline constexpr Kind kQueue{"sqs", "queue"};
inline constexpr Kind kMessage{"sqs", "message"};
inline constexpr Kind kRecent{"sqs", "recent"};
inline constexpr Kind kMoveTask{"sqs", "move-task"};

// An error with the code that the Query protocol has for it, for clients that read
// x-amzn-query-error.
ServiceError Fail(Context& context, std::string_view code, std::string_view query_code,
                  std::string_view text);
ServiceError WrongValue(Context& context, std::string_view text);    // InvalidParameterValue
ServiceError Missing(Context& context, std::string_view parameter);  // MissingParameter
// Whether the client speaks the Query protocol, which says some things otherwise.
bool SpeaksQuery(const Context& context);

struct Queue {
  Scope scope;
  Record record;
  const std::string& Name() const { return record.id; }
  std::string Arn() const;
  bool IsFifo() const { return record.id.ends_with(".fifo"); }
  std::string_view Attribute(std::string_view name) const {
    return record.body.GetObject("Attributes").GetString(name);
  }
  std::int64_t Number(std::string_view name, std::int64_t fallback) const;
};

// By the account and name at the end of its URL. QueueDoesNotExist; another account's where its
// policy names the caller's, else AccessDeniedException.
Answer<Queue> FindQueue(Context& context, const json::Object& input);
std::optional<Queue> FindQueueByArn(Context& context, std::string_view arn);
std::string QueueUrl(const Context& context, const Queue& queue);
void Save(Context& context, Queue queue);
std::int64_t Milliseconds1970(const Context& context);

// The queues of the same account and Region whose dead letters go to this one.
std::vector<Queue> SourcesOf(Context& context, const Queue& target);

// Puts a message of another queue at the end of this one, as if it had never been received; it is
// gone from where it was. The queue is not saved.
void TakeOver(Context& context, const Queue& from, Queue& to, Record message);

// Forgets all messages.
void Empty(Context& context, const Queue& queue);

// The MD5 that SDKs compute of message attributes; empty for none.
std::string DigestOfAttributes(const json::Object& attributes);

// Attribute names and values that CreateQueue and SetQueueAttributes take: InvalidAttributeName,
// InvalidAttributeValue.
Answer<void> CheckAttributes(Context& context, const json::Object& attributes);

// Where messages go that were received too often, or nothing.
struct Redrive {
  std::string queue_arn;
  std::int64_t most_receives = 0;
};
std::optional<Redrive> ReadRedrive(const Queue& queue);

// Ids of a batch: EmptyBatchRequest, TooManyEntriesInBatchRequest, BatchEntryIdsNotDistinct,
// InvalidBatchEntryId.
Answer<void> CheckBatch(Context& context, const json::Array& entries);
// Runs an operation for each entry, with the batch's queue; collects what went well and what not.
Answer<> RunBatch(Context& context, const json::Object& input, StateHandler one);

}  // namespace trunkline::cloud::sqs
