#include "cloud/services/stepfunctions/sdk_values.h"

#include <algorithm>
#include <vector>

#include "base/clock.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/run.h"

namespace trunkline::cloud::stepfunctions {
namespace {

char Upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// Results have their members in the order of their names (seen).
json::Object Sorted(json::Object object) {
  std::vector<json::Member> members;
  for (auto& member : object) members.push_back(std::move(member));
  std::ranges::sort(members, {}, &json::Member::key);
  json::Object sorted;
  for (json::Member& member : members) sorted.Set(member.key, std::move(member.value));
  return sorted;
}

const aws::MemberRow* FindMember(const aws::Shape& shape, std::string_view name) {
  for (const aws::MemberRow& member : shape.members) {
    if (member.name.size() == name.size() && !name.empty() &&
        Upper(member.name[0]) == Upper(name[0]) &&
        std::string_view(member.name).substr(1) == name.substr(1))
      return &member;
  }
  return nullptr;
}

Outcome<> ToService(const aws::Shape* shape, const json::Value& value);

Outcome<> ToStructure(const aws::Shape& shape, const json::Object& object) {
  json::Object converted;
  for (const auto& field : object) {
    const aws::MemberRow* member = FindMember(shape, field.key);
    if (!member) {
      return RuntimeFailure(
          fmt::format("The field \"{}\" is not supported by Step Functions", field.key));
    }
    if (field.value.IsNull()) continue;
    TL_TRY(json::Value inner, ToService(member->shape, field.value));
    converted.Set(member->name, std::move(inner));
  }
  return json::Value(std::move(converted));
}

Outcome<> ToList(const aws::Shape& shape, const json::Array& items) {
  json::Array converted;
  for (const json::Value& item : items) {
    TL_TRY(json::Value inner, ToService(shape.item.shape, item));
    converted.push_back(std::move(inner));
  }
  return json::Value(std::move(converted));
}

Outcome<> ToMap(const aws::Shape& shape, const json::Object& object) {
  json::Object converted;
  for (const auto& field : object) {
    TL_TRY(json::Value inner, ToService(shape.item.shape, field.value));
    converted.Set(field.key, std::move(inner));
  }
  return json::Value(std::move(converted));
}

Outcome<> ToTime(const json::Value& value) {
  if (!value.IsString()) return value;
  if (const auto time = ParseIso8601(value.AsString())) return ToSeconds(*time);
  return RuntimeFailure(fmt::format("'{}' is not a timestamp", value.AsString()));
}

bool IsNumeric(aws::Type type) {
  return type == aws::Type::kInteger || type == aws::Type::kLong || type == aws::Type::kFloat;
}

Outcome<> ToService(const aws::Shape* shape, const json::Value& value) {
  if (!shape) return value;
  using aws::Type;
  if (shape->type == Type::kStructure && value.IsObject())
    return ToStructure(*shape, value.AsObject());
  if (shape->type == Type::kList && value.IsArray()) return ToList(*shape, value.AsArray());
  if (shape->type == Type::kMap && value.IsObject()) return ToMap(*shape, value.AsObject());
  if (shape->type == Type::kTimestamp) return ToTime(value);
  if (shape->type == Type::kString || shape->type == Type::kBlob)
    return value.IsString() ? value : json::Value(json::Write(value));
  const bool fits = shape->type == Type::kDocument ||
                    (shape->type == Type::kBoolean && value.IsBool()) ||
                    (IsNumeric(shape->type) && value.IsNumber());
  if (fits) return value;
  return RuntimeFailure(
      fmt::format("The value {} does not fit the parameter's type", json::Write(value)));
}

json::Value FromService(const aws::Shape* shape, const json::Value& value) {
  if (!shape) return value;
  if (shape->type == aws::Type::kTimestamp && value.IsNumber())
    return ToIsoMillis(FromEpochSeconds(value.AsDouble()));
  if (shape->type == aws::Type::kList && value.IsArray()) {
    json::Array items;
    for (const json::Value& item : value.AsArray())
      items.push_back(FromService(shape->item.shape, item));
    return items;
  }
  if (!value.IsObject()) return value;
  json::Object object;
  for (const auto& field : value.AsObject()) {
    if (shape->type == aws::Type::kMap) {
      object.Set(field.key, FromService(shape->item.shape, field.value));
    } else if (const aws::MemberRow* member = shape->FindMember(field.key)) {
      object.Set(SdkName(field.key), FromService(member->shape, field.value));
    }
  }
  return shape->type == aws::Type::kStructure ? Sorted(std::move(object)) : object;
}

}  // namespace

std::string SdkName(std::string_view name) {
  std::string text(name);
  if (!text.empty()) text[0] = Upper(text[0]);
  return text;
}

Outcome<json::Object> ToServiceInput(const aws::Shape* shape, const json::Value& arguments) {
  if (!arguments.IsObject()) return RuntimeFailure("The parameters of a task must be an object.");
  if (!shape) return json::Object();
  TL_TRY(json::Value input, ToStructure(*shape, arguments.AsObject()));
  return std::move(input.AsObject());
}

json::Value FromServiceOutput(const aws::Shape* shape, const json::Object& output) {
  return shape ? FromService(shape, output) : json::Value(json::Object());
}

Failure FromServiceError(const ServiceError& error, const aws::Model* model, const SdkNames& names,
                         std::string_view request_id) {
  const aws::ErrorRow* row = model ? model->FindError(error.code) : nullptr;
  // Errors that no model names are of the class that all of the service's derive from.
  std::string name =
      row ? error.code
          : fmt::format("{}Exception", names.base.empty() ? names.service : names.base);
  if (!name.ends_with("Exception")) name += "Exception";
  const int status = error.status != 0 ? error.status : row ? row->status : 400;
  std::string ids(request_id);
  if (!names.extended_id.empty()) {
    ids += fmt::format("{} Extended Request ID: {}", names.first_sdk ? "; S3" : ",",
                       names.extended_id);
  }
  std::string cause =
      names.first_sdk
          ? fmt::format(
                "{} (Service: {}; Status Code: {}; Error Code: {}; Request ID: {}; Proxy: "
                "null)",
                error.message, names.service, status, error.code, ids)
          : fmt::format("{} (Service: {}, Status Code: {}, Request ID: {})", error.message,
                        names.service, status, ids);
  return {.error = fmt::format("{}.{}", names.prefix, name), .cause = std::move(cause)};
}

std::string NewExtendedId(Random& random) {
  constexpr std::size_t kLength = 75;
  return NewToken(random, kLength, kAlphanumeric) + "=";
}

std::string S3Cause(const ServiceError& error, const aws::Models& models, Random& random) {
  constexpr std::size_t kIdLength = 16;
  const SdkNames names{.prefix = "S3",
                       .service = "Amazon S3",
                       .first_sdk = true,
                       .extended_id = NewExtendedId(random)};
  return FromServiceError(error, models.Find("s3"), names,
                          ToUpper(NewToken(random, kIdLength, kAlphanumeric)))
      .cause.value_or("");
}

void AddSdkMetadata(json::Object& result, std::string_view request_id, SdkHeaders headers) {
  json::Object all;
  for (const auto& [name, value] : headers) all.Set(name, json::Array{value});
  std::ranges::sort(headers, {}, [](const auto& header) { return ToLower(header.first); });
  json::Object single;
  for (auto& [name, value] : headers) single.Set(name, std::move(value));
  result.Set("SdkHttpMetadata", json::Object{{"AllHttpHeaders", std::move(all)},
                                             {"HttpHeaders", std::move(single)},
                                             {"HttpStatusCode", 200}});
  result.Set("SdkResponseMetadata", json::Object{{"RequestId", request_id}});
  result = Sorted(std::move(result));
}

}  // namespace trunkline::cloud::stepfunctions
