#include "cloud/services/stepfunctions/sdk_schema.h"

#include <algorithm>

#include "cloud/services/stepfunctions/sdk_values.h"

namespace trunkline::cloud::stepfunctions {
namespace {

using aws::Shape;
using aws::Type;

std::string Fault(const std::string& field, std::string_view what) {
  return fmt::format("Field '{}' {}", field, what);
}

std::string ValueFault(const Shape& shape, const json::Value& value, const std::string& field,
                       SchemaMode mode);

std::string LengthFault(const Shape& shape, std::size_t length, const std::string& field) {
  const auto measure = static_cast<double>(length);
  if (shape.min && measure < *shape.min) return Fault(field, "is smaller than the minimum length");
  if (shape.max && measure > *shape.max) return Fault(field, "exceeds the maximum length");
  return {};
}

std::string TextFault(const Shape& shape, const json::Value& value, const std::string& field) {
  if (!value.IsString()) return Fault(field, "must be a string");
  const std::string& text = value.AsString();
  if (!shape.enumeration.empty() &&
      std::ranges::find(shape.enumeration, text) == shape.enumeration.end())
    return Fault(field, "is not an expected value");
  return shape.type == Type::kTimestamp ? std::string() : LengthFault(shape, text.size(), field);
}

std::string NumberFault(const Shape& shape, const json::Value& value, const std::string& field) {
  if (!value.IsNumber()) return Fault(field, "must be a number");
  if (shape.min && value.AsDouble() < *shape.min)
    return Fault(field, "is less than the minimum value");
  if (shape.max && value.AsDouble() > *shape.max) return Fault(field, "exceeds the maximum value");
  return {};
}

std::string ListFault(const Shape& shape, const json::Value& value, const std::string& field,
                      SchemaMode mode) {
  if (!value.IsArray()) return Fault(field, "must be an array");
  for (const json::Value& item : value.AsArray()) {
    std::string fault = ValueFault(*shape.item.shape, item, field, mode);
    if (!fault.empty()) return fault;
  }
  return LengthFault(shape, value.AsArray().size(), field);
}

std::string MapFault(const Shape& shape, const json::Value& value, const std::string& field,
                     SchemaMode mode) {
  if (!value.IsObject()) return Fault(field, "must be an object");
  for (const auto& member : value.AsObject()) {
    std::string fault = ValueFault(*shape.item.shape, member.value, member.key, mode);
    if (!fault.empty()) return fault;
  }
  return LengthFault(shape, value.AsObject().size(), field);
}

std::string ValueFault(const Shape& shape, const json::Value& value, const std::string& field,
                       SchemaMode mode) {
  switch (shape.type) {
    case Type::kStructure:
      return value.IsObject() ? SchemaFault(shape, value.AsObject(), mode)
                              : Fault(field, "must be an object");
    case Type::kList:
      return ListFault(shape, value, field, mode);
    case Type::kMap:
      return MapFault(shape, value, field, mode);
    case Type::kBoolean:
      return value.IsBool() ? std::string() : Fault(field, "must be a boolean");
    case Type::kInteger:
    case Type::kLong:
    case Type::kFloat:
      return NumberFault(shape, value, field);
    case Type::kString:
    case Type::kBlob:
    case Type::kTimestamp:
      return TextFault(shape, value, field);
    case Type::kDocument:
      break;
  }
  return {};
}

}  // namespace

std::string SchemaFault(const Shape& shape, const json::Object& value, SchemaMode mode) {
  for (const aws::MemberRow& member : shape.members) {
    const std::string field = SdkName(member.name);
    const json::Value* given = value.Find(field);
    if (!given) {
      if (mode == SchemaMode::kStrict && member.required)
        return fmt::format("Required field '{}' is missing", field);
      continue;
    }
    std::string fault = ValueFault(*member.shape, *given, field, mode);
    if (!fault.empty()) return fault;
  }
  return {};
}

}  // namespace trunkline::cloud::stepfunctions
