#include "cloud/services/lambda/event_source.h"

#include <set>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/event_pattern.h"

namespace trunkline::cloud::lambda {
namespace {

// "StringValue" is stringValue there; bytes are Base64.
json::Object ToAttribute(const json::Object& attribute) {
  json::Object made;
  made.SetIfNotEmpty("stringValue", attribute.GetString("StringValue"));
  if (attribute.Has("BinaryValue"))
    made.Set("binaryValue", ToBase64(attribute.GetString("BinaryValue")));
  made.Set("stringListValues", json::Array());
  made.Set("binaryListValues", json::Array());
  made.Set("dataType", attribute.GetString("DataType"));
  return made;
}

// Patterns look into a body that is JSON.
json::Object Filtered(const json::Object& record) {
  json::Object looked = record;
  Result<json::Value> body = json::Parse(record.GetString("body"));
  if (body && body->IsObject()) looked.Set("body", *std::move(body));
  return looked;
}

}  // namespace

json::Object ToRecord(const json::Object& message, std::string_view queue_arn,
                      std::string_view region) {
  json::Object attributes;
  for (const json::Member& one : message.GetObject("MessageAttributes"))
    attributes.Set(one.key, ToAttribute(one.value.AsObject()));
  json::Object record{{"messageId", message.GetString("MessageId")},
                      {"receiptHandle", message.GetString("ReceiptHandle")},
                      {"body", message.GetString("Body")},
                      {"attributes", message.GetObject("Attributes")},
                      {"messageAttributes", std::move(attributes)}};
  record.SetIfNotEmpty("md5OfMessageAttributes", message.GetString("MD5OfMessageAttributes"));
  record.Set("md5OfBody", message.GetString("MD5OfBody"));
  record.Set("eventSource", "aws:sqs");
  record.Set("eventSourceARN", queue_arn);
  record.Set("awsRegion", region);
  return record;
}

std::string EventOf(const json::Array& messages, std::string_view queue_arn,
                    std::string_view region) {
  json::Array records;
  for (const json::Value& message : messages)
    records.emplace_back(ToRecord(message.AsObject(), queue_arn, region));
  return json::Write(json::Object{{"Records", std::move(records)}});
}

bool PassesFilters(const json::Object& mapping, const json::Object& record) {
  const json::Array& filters = mapping.GetObject("FilterCriteria").GetArray("Filters");
  const json::Object looked = filters.empty() ? json::Object() : Filtered(record);
  for (const json::Value& filter : filters) {
    std::string problem;
    const auto pattern = ReadPattern(filter.AsObject().GetString("Pattern"), problem);
    if (pattern && MatchesPattern(*pattern, looked)) return true;
  }
  return filters.empty();
}

json::Array DoneWith(const json::Object& mapping, const json::Array& messages,
                     const std::string& answer) {
  if (mapping.GetArray("FunctionResponseTypes").empty()) return messages;
  const Result<json::Value> parsed = json::Parse(answer);
  const json::Value* failures =
      parsed && parsed->IsObject() ? parsed->AsObject().Find("batchItemFailures") : nullptr;
  if (!failures || !failures->IsArray()) return messages;
  std::set<std::string, std::less<>> failed;
  for (const json::Value& one : failures->AsArray())
    failed.emplace(one.IsObject() ? one.AsObject().GetString("itemIdentifier") : "");
  json::Array done;
  for (const json::Value& message : messages) {
    if (failed.erase(std::string(message.AsObject().GetString("MessageId"))) == 0)
      done.push_back(message);
  }
  return failed.empty() ? done : json::Array();
}

}  // namespace trunkline::cloud::lambda
