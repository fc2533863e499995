#include "aws/values.h"

#include <charconv>
#include <stdexcept>

#include "base/clock.h"
#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

[[noreturn]] void WrongType(const Shape& shape, const json::Value& value) {
  throw std::logic_error(fmt::format("a value of shape '{}' is {}", shape.name, value.TypeName()));
}

bool IsSpecialFloat(std::string_view text) {
  return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

bool IsNumberText(std::string_view text) {
  double number = 0;
  if (text.starts_with('+')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() &&
         text.find_first_of("nN") == std::string_view::npos;
}

Result<json::Value> Epoch(std::string_view text) {
  if (!IsNumberText(text)) return Unreadable("expected seconds since 1970 but got '{}'", text);
  return json::Value(json::Number{std::string(text)});
}

json::Value FromTimePoint(TimePoint time) {
  return json::Number{EpochSeconds(time)};
}

}  // namespace

TimeFormat FormatOf(const MemberRow& member, TimeFormat place) {
  if (member.time != TimeFormat::kDefault) return member.time;
  if (member.shape->time != TimeFormat::kDefault) return member.shape->time;
  return place;
}

bool IsScalar(Type type) {
  return type != Type::kStructure && type != Type::kList && type != Type::kMap &&
         type != Type::kDocument;
}

std::string WriteTime(const json::Value& value, TimeFormat time) {
  if (time == TimeFormat::kEpoch) return EpochSeconds(FromEpochSeconds(value.AsDouble()));
  const TimePoint point = FromEpochSeconds(value.AsDouble());
  return time == TimeFormat::kRfc822 ? ToHttpDate(point) : ToIso8601(point);
}

Result<json::Value> ReadTime(std::string_view text, TimeFormat time) {
  if (time == TimeFormat::kEpoch) return Epoch(text);
  // Both dates are taken where either is due: services are not consistent, and the forms cannot be
  // mistaken.
  if (const auto point = ParseIso8601(text)) return FromTimePoint(*point);
  if (const auto point = ParseHttpDate(text)) return FromTimePoint(*point);
  if (IsNumberText(text)) return Epoch(text);
  return Unreadable("expected a time like 2026-11-22T20:35:18Z but got '{}'", text);
}

std::string ToText(const Shape& shape, const json::Value& value, TimeFormat time) {
  switch (shape.type) {
    case Type::kBoolean:
      if (!value.IsBool()) WrongType(shape, value);
      return value.AsBool() ? "true" : "false";
    case Type::kInteger:
    case Type::kLong:
      if (!value.IsNumber()) WrongType(shape, value);
      return value.AsNumber().text;
    case Type::kFloat:
      if (value.IsString() && IsSpecialFloat(value.AsString())) return value.AsString();
      if (!value.IsNumber()) WrongType(shape, value);
      return value.AsNumber().text;
    case Type::kTimestamp:
      if (!value.IsNumber()) WrongType(shape, value);
      return WriteTime(value, time);
    case Type::kBlob:
      if (!value.IsString()) WrongType(shape, value);
      return ToBase64(value.AsString());
    case Type::kString:
      if (!value.IsString()) WrongType(shape, value);
      return value.AsString();
    default:
      throw std::logic_error(fmt::format("shape '{}' is not a single value", shape.name));
  }
}

Result<json::Value> FromText(const Shape& shape, std::string_view text, TimeFormat time) {
  switch (shape.type) {
    case Type::kBoolean:
      if (EqualsIgnoreCase(text, "true")) return json::Value(true);
      if (EqualsIgnoreCase(text, "false")) return json::Value(false);
      return Unreadable("expected true or false but got '{}'", text);
    case Type::kInteger:
    case Type::kLong:
      if (!ToInt(text)) return Unreadable("expected a whole number but got '{}'", text);
      return json::Value(*ToInt(text));
    case Type::kFloat:
      if (IsSpecialFloat(text)) return json::Value(text);
      if (!IsNumberText(text)) return Unreadable("expected a number but got '{}'", text);
      return json::Value(json::Number{std::string(text)});
    case Type::kTimestamp:
      return ReadTime(text, time);
    case Type::kBlob: {
      std::optional<std::string> bytes = FromBase64(text);
      if (!bytes) return Unreadable("expected base64 but got '{}'", text.substr(0, 40));
      return json::Value(std::move(*bytes));
    }
    default:
      return json::Value(text);
  }
}

namespace {

std::string_view Expected(const Shape& shape) {
  switch (shape.type) {
    case Type::kStructure:
    case Type::kMap:
      return "an object";
    case Type::kList:
      return "an array";
    case Type::kBoolean:
      return "a boolean";
    case Type::kInteger:
    case Type::kLong:
    case Type::kFloat:
      return "a number";
    case Type::kTimestamp:
      return "a number (seconds since 1970)";
    case Type::kString:
    case Type::kBlob:
      return "a string";
    case Type::kDocument:
      return "any value";
  }
  return "a value";
}

bool IsOfType(const Shape& shape, const json::Value& value) {
  switch (shape.type) {
    case Type::kStructure:
    case Type::kMap:
      return value.IsObject();
    case Type::kList:
      return value.IsArray();
    case Type::kBoolean:
      return value.IsBool();
    case Type::kInteger:
    case Type::kLong:
    case Type::kTimestamp:
      return value.IsNumber();
    case Type::kFloat:
      return value.IsNumber() || (value.IsString() && IsSpecialFloat(value.AsString()));
    case Type::kString:
    case Type::kBlob:
      return value.IsString();
    case Type::kDocument:
      return true;
  }
  return false;
}

std::string Under(const std::string& path, std::string_view name) {
  return path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
}

// Checks one input, with the operation's name at hand for the messages.
class InputCheck {
 public:
  explicit InputCheck(const OperationRow& operation) : operation_(operation) {}

  Result<void> Structure(const Shape& shape, const json::Object& input,
                         const std::string& path) const {
    for (const json::Member& given : input) {
      const MemberRow* member = shape.FindMember(given.key);
      if (member == nullptr) return Unknown(shape, Under(path, given.key), given.key);
      if (given.value.IsNull()) continue;
      TL_DO(Value(*member->shape, given.value, Under(path, given.key)));
    }
    for (const MemberRow& member : shape.members) {
      const json::Value* given = input.Find(member.name);
      // The client fills in idempotency tokens itself.
      if (!member.required || member.idempotency_token || (given != nullptr && !given->IsNull()))
        continue;
      return Error(ErrorKind::kInvalid, "{} needs member '{}'", operation_.name,
                   Under(path, member.name));
    }
    return {};
  }

 private:
  Error Unknown(const Shape& shape, const std::string& where, std::string_view name) const {
    std::vector<std::string> known;
    for (const MemberRow& member : shape.members) known.push_back(member.name);
    const std::optional<std::string> nearest = Nearest(name, known);
    return Error(ErrorKind::kInvalid, "{} has no member '{}'{}", operation_.name, where,
                 nearest ? fmt::format(", did you mean '{}'?", *nearest) : "");
  }

  Result<void> Value(const Shape& shape, const json::Value& value, const std::string& path) const {
    if (!IsOfType(shape, value)) {
      return Error(ErrorKind::kInvalid, "expected {} at member '{}' of {} but got {}",
                   Expected(shape), path, operation_.name, value.TypeName());
    }
    if (shape.type == Type::kStructure) return Structure(shape, value.AsObject(), path);
    if (shape.type == Type::kList) {
      for (std::size_t i = 0; i < value.AsArray().size(); ++i) {
        if (value.AsArray()[i].IsNull()) continue;
        TL_DO(Value(*shape.item.shape, value.AsArray()[i], fmt::format("{}[{}]", path, i)));
      }
    }
    if (shape.type == Type::kMap) {
      for (const json::Member& entry : value.AsObject()) {
        if (!entry.value.IsNull())
          TL_DO(Value(*shape.item.shape, entry.value, Under(path, entry.key)));
      }
    }
    return {};
  }

  const OperationRow& operation_;
};

}  // namespace

Result<void> CheckInput(const OperationRow& operation, const json::Object& input) {
  static const Shape kNothing{};
  return InputCheck(operation).Structure(operation.input != nullptr ? *operation.input : kNothing,
                                         input, "");
}

}  // namespace trunkline::aws
