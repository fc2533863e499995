#include "cloud/services/sqs/attributes.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/policy_document.h"

namespace trunkline::cloud::sqs {
namespace {

struct NumberRow {
  std::string_view name;
  std::int64_t low;
  std::int64_t high;
  std::string_view initial;
};
constexpr NumberRow kNumbers[] = {
    {"DelaySeconds", 0, 900, "0"},
    {"MaximumMessageSize", 1024, 1048576, "1048576"},
    {"MessageRetentionPeriod", 60, 1209600, "345600"},
    {"ReceiveMessageWaitTimeSeconds", 0, 20, "0"},
    {"VisibilityTimeout", 0, 43200, "30"},
    {"KmsDataKeyReusePeriodSeconds", 60, 86400, ""},
};
constexpr std::string_view kFlags[] = {"FifoQueue", "ContentBasedDeduplication",
                                       "SqsManagedSseEnabled"};
constexpr std::string_view kDocuments[] = {"RedrivePolicy", "RedriveAllowPolicy"};
constexpr std::string_view kTexts[] = {"Policy", "KmsMasterKeyId", "DeduplicationScope",
                                       "FifoThroughputLimit"};
constexpr std::string_view kShownOnly[] = {"ApproximateNumberOfMessages",
                                           "ApproximateNumberOfMessagesDelayed",
                                           "ApproximateNumberOfMessagesNotVisible",
                                           "CreatedTimestamp",
                                           "LastModifiedTimestamp",
                                           "QueueArn"};

template <std::size_t N>
bool IsOneOf(const std::string_view (&all)[N], std::string_view name) {
  return std::ranges::find(all, name) != std::end(all);
}

ServiceError BadValue(Context& context, std::string_view name) {
  return Fail(context, "InvalidAttributeValue", "InvalidAttributeValue",
              fmt::format("Invalid value for the parameter {}.", name));
}

Answer<void> CheckRedrive(Context& context, std::string_view value) {
  const auto bad = [&](std::string_view reason) {
    return WrongValue(
        context,
        fmt::format("Value {} for parameter RedrivePolicy is invalid. Reason: {}", value, reason));
  };
  const auto policy = json::Parse(value);
  if (!policy || !policy->IsObject()) return bad("Redrive policy is not a valid JSON map.");
  const json::Object& read = policy->AsObject();
  const std::string_view target = read.GetString("deadLetterTargetArn");
  if (!read.Has("deadLetterTargetArn"))
    return bad("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  const auto arn = ParseArn(target);
  if (!arn || arn->service != "sqs") return bad("Invalid value for deadLetterTargetArn.");
  const std::int64_t most =
      read.GetInt("maxReceiveCount", ToInt(read.GetString("maxReceiveCount")).value_or(0));
  if (most < 1 || most > 1000) return bad("Invalid value for maxReceiveCount");
  if (FindQueueByArn(context, target)) return {};
  return bad("Dead letter target does not exist.");
}

Answer<void> CheckAttribute(Context& context, std::string_view name, std::string_view value) {
  const auto* const number = std::ranges::find(kNumbers, name, &NumberRow::name);
  if (number != std::end(kNumbers)) {
    const auto read = ToInt(value);
    if (read && *read >= number->low && *read <= number->high) return {};
    return BadValue(context, name);
  }
  if (IsOneOf(kFlags, name))
    return value == "true" || value == "false" ? Answer<void>() : BadValue(context, name);
  if (IsOneOf(kDocuments, name)) {
    if (value.empty()) return {};
    if (name == "RedrivePolicy") return CheckRedrive(context, value);
    return json::Parse(value) ? Answer<void>() : BadValue(context, name);
  }
  if (!IsOneOf(kTexts, name)) return UnknownAttribute(context, name);
  if (name != "Policy" || value.empty() || !FindPolicyProblem(value, PolicyUse::kResource))
    return {};
  return BadValue(context, name);
}

void AddCounts(Context& context, const Queue& queue, json::Object& attributes) {
  const std::int64_t now = Milliseconds1970(context);
  std::int64_t visible = 0;
  std::int64_t in_flight = 0;
  std::int64_t delayed = 0;
  for (const Record* message : context.store.List(queue.scope, kMessage, queue.Name())) {
    if (message->body.GetInt("Expires") <= now) continue;
    if (message->body.GetInt("Visible") <= now) {
      ++visible;
    } else {
      ++(message->body.GetInt("Receives") > 0 ? in_flight : delayed);
    }
  }
  attributes.Set("ApproximateNumberOfMessages", std::to_string(visible));
  attributes.Set("ApproximateNumberOfMessagesNotVisible", std::to_string(in_flight));
  attributes.Set("ApproximateNumberOfMessagesDelayed", std::to_string(delayed));
}

}  // namespace

Answer<void> CheckAttributes(Context& context, const json::Object& attributes) {
  if (!attributes.GetString("KmsMasterKeyId").empty() &&
      attributes.GetString("SqsManagedSseEnabled") == "true") {
    return Fail(context, "InvalidAttributeName", "InvalidAttributeName",
                "You can use one type of server-side encryption (SSE) at one time. You can either "
                "enable KMS SSE or SQS SSE.");
  }
  for (const json::Member& one : attributes)
    TL_DO(CheckAttribute(context, one.key, one.value.AsString()));
  return {};
}

json::Object AllAttributes(Context& context, const Queue& queue) {
  json::Object attributes{
      {"QueueArn", queue.Arn()},
      {"CreatedTimestamp", queue.record.body.At("Created").AsNumber().text},
      {"LastModifiedTimestamp", queue.record.body.At("Modified").AsNumber().text}};
  AddCounts(context, queue, attributes);
  for (const NumberRow& row : kNumbers) attributes.SetIfNotEmpty(row.name, row.initial);
  if (queue.IsFifo()) {
    attributes.Set("ContentBasedDeduplication", "false");
    attributes.Set("DeduplicationScope", "queue");
    attributes.Set("FifoThroughputLimit", "perQueue");
  }
  attributes.Set("SqsManagedSseEnabled",
                 queue.Attribute("KmsMasterKeyId").empty() ? "true" : "false");
  for (const json::Member& one : queue.record.body.GetObject("Attributes"))
    attributes.Set(one.key, one.value);
  return attributes;
}

ServiceError UnknownAttribute(Context& context, std::string_view name) {
  return Fail(context, "InvalidAttributeName", "InvalidAttributeName",
              fmt::format("Unknown Attribute {}.", name));
}

bool IsQueueAttribute(std::string_view name) {
  const bool number = std::ranges::find(kNumbers, name, &NumberRow::name) != std::end(kNumbers);
  return number || IsOneOf(kFlags, name) || IsOneOf(kDocuments, name) || IsOneOf(kTexts, name) ||
         IsOneOf(kShownOnly, name);
}

std::string ShownAttribute(Context& context, const Queue& queue, std::string_view name) {
  return std::string(AllAttributes(context, queue).GetString(name));
}

}  // namespace trunkline::cloud::sqs
