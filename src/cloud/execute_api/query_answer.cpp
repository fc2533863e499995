#include "cloud/execute_api/query_answer.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_write.h"

namespace trunkline::cloud::execute_api {
namespace {

json::Value Shown(const aws::Shape& shape, const json::Value& value);

json::Object ShownStructure(const aws::Shape& shape, const json::Object& object) {
  json::Object shown;
  for (const aws::MemberRow& member : shape.members) {
    if (member.location != aws::Location::kBody) continue;
    const json::Value* value = object.Find(member.name);
    // The only list that is called otherwise in this form (seen in templates for SQS).
    const bool messages = shape.name == "ReceiveMessageResult" && member.name == "Messages";
    shown.Set(messages ? std::string_view("messages") : std::string_view(member.name),
              value ? Shown(*member.shape, *value) : json::Value());
  }
  return shown;
}

json::Value Shown(const aws::Shape& shape, const json::Value& value) {
  if (shape.type == aws::Type::kStructure && value.IsObject())
    return ShownStructure(shape, value.AsObject());
  if (shape.type == aws::Type::kBlob && value.IsString()) return ToBase64(value.AsString());
  if (shape.type == aws::Type::kList && value.IsArray()) {
    json::Array items;
    for (const json::Value& item : value.AsArray()) items.push_back(Shown(*shape.item.shape, item));
    return items;
  }
  if (shape.type == aws::Type::kMap && value.IsObject()) {
    json::Object map;
    for (const json::Member& member : value.AsObject())
      map.Set(member.key, Shown(*shape.item.shape, member.value));
    return map;
  }
  return value;
}

}  // namespace

std::string QueryAnswerAsJson(const aws::OperationRow& row, const json::Object& output,
                              std::string_view request_id) {
  json::Object answer;
  if (row.output && !row.output->members.empty())
    answer.Set(row.name + "Result", ShownStructure(*row.output, output));
  answer.Set("ResponseMetadata", json::Object{{"RequestId", request_id}});
  return json::Write(json::Object{{row.name + "Response", std::move(answer)}});
}

std::string QueryErrorAsJson(const ServiceError& error, int status, std::string_view request_id) {
  constexpr int kServerErrors = 500;
  json::Object told{{"Code", error.code},
                    {"Message", error.message},
                    {"Type", status < kServerErrors ? "Sender" : "Receiver"}};
  return json::Write(json::Object{{"Error", std::move(told)}, {"RequestId", request_id}});
}

}  // namespace trunkline::cloud::execute_api
