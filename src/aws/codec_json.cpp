#include "aws/codec_json.h"

#include <stdexcept>

#include "aws/values.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::aws {
namespace {

void WriteMember(const MemberRow& member, const json::Value& value, std::string& out) {
  const Shape& shape = *member.shape;
  if (shape.type != Type::kTimestamp) return WriteJson(shape, value, out);
  const TimeFormat time = FormatOf(member, TimeFormat::kEpoch);
  if (time == TimeFormat::kEpoch) {
    out += ToText(shape, value, time);
  } else {
    json::AppendQuoted(out, ToText(shape, value, time));
  }
}

void Need(bool holds, const Shape& shape, const json::Value& value) {
  if (!holds)
    throw std::logic_error(
        fmt::format("a value of shape '{}' is {}", shape.name, value.TypeName()));
}

void WriteList(const Shape& shape, const json::Value& value, std::string& out) {
  Need(value.IsArray(), shape, value);
  char before = '[';
  for (const json::Value& item : value.AsArray()) {
    out += before;
    before = ',';
    if (item.IsNull()) {
      out += "null";
    } else {
      WriteMember(shape.item, item, out);
    }
  }
  out += before == '[' ? "[]" : "]";
}

void WriteMap(const Shape& shape, const json::Value& value, std::string& out) {
  Need(value.IsObject(), shape, value);
  char before = '{';
  for (const json::Member& entry : value.AsObject()) {
    out += before;
    before = ',';
    json::AppendQuoted(out, entry.key);
    out += ':';
    if (entry.value.IsNull()) {
      out += "null";
    } else {
      WriteMember(shape.item, entry.value, out);
    }
  }
  out += before == '{' ? "{}" : "}";
}

Result<json::Value> ReadMember(const MemberRow& member, json::Value value) {
  if (value.IsNull()) return json::Value();
  const Shape& shape = *member.shape;
  if (shape.type != Type::kTimestamp) return ReadJson(shape, std::move(value));
  if (value.IsNumber()) return value;
  if (!value.IsString()) return Unreadable("expected a time but got {}", value.TypeName());
  return ReadTime(value.AsString(), FormatOf(member, TimeFormat::kIso8601));
}

const MemberRow* FindByWireName(const Shape& shape, std::string_view name) {
  for (const MemberRow& member : shape.members) {
    if (member.wire_name == name && member.location == Location::kBody) return &member;
  }
  return nullptr;
}

Result<json::Object> ReadStructure(const Shape& shape, json::Object& text) {
  json::Object object;
  for (json::Member& given : text) {
    const MemberRow* member = FindByWireName(shape, given.key);
    if (member == nullptr || given.value.IsNull()) continue;
    Result<json::Value> value = ReadMember(*member, std::move(given.value));
    if (!value) return std::move(value).error().While("reading member '{}'", member->name);
    object.Append({.key = member->name, .value = std::move(value).value()});
  }
  return object;
}

Result<json::Value> ReadList(const Shape& shape, json::Array& items) {
  for (json::Value& item : items) {
    TL_TRY(item, ReadMember(shape.item, std::move(item)));
  }
  return json::Value(std::move(items));
}

Result<json::Value> ReadMap(const Shape& shape, json::Object& entries) {
  for (json::Member& entry : entries) {
    TL_TRY(entry.value, ReadMember(shape.item, std::move(entry.value)));
  }
  return json::Value(std::move(entries));
}

Result<json::Value> ReadSingle(const Shape& shape, json::Value value) {
  switch (shape.type) {
    case Type::kBoolean:
      if (!value.IsBool()) return Unreadable("expected a boolean but got {}", value.TypeName());
      return value;
    case Type::kInteger:
    case Type::kLong:
      if (!value.IsNumber()) return Unreadable("expected a number but got {}", value.TypeName());
      return value;
    case Type::kFloat:
      if (value.IsNumber()) return value;
      if (!value.IsString()) return Unreadable("expected a number but got {}", value.TypeName());
      return FromText(shape, value.AsString(), TimeFormat::kDefault);
    case Type::kBlob:
      if (!value.IsString())
        return Unreadable("expected base64 in a string but got {}", value.TypeName());
      return FromText(shape, value.AsString(), TimeFormat::kDefault);
    default:
      if (!value.IsString()) return Unreadable("expected a string but got {}", value.TypeName());
      return value;
  }
}

}  // namespace

void WriteJson(const Shape& shape, const json::Object& value, std::string& out) {
  char before = '{';
  for (const json::Member& given : value) {
    const MemberRow* member = shape.FindMember(given.key);
    if (member == nullptr || member->location != Location::kBody || given.value.IsNull()) continue;
    out += before;
    before = ',';
    json::AppendQuoted(out, member->wire_name);
    out += ':';
    WriteMember(*member, given.value, out);
  }
  out += before == '{' ? "{}" : "}";
}

namespace {

// In pieces: a blob may be a program, and its base64 would be in memory twice.
void AppendBase64(std::string& out, std::string_view bytes) {
  constexpr std::size_t kPiece = 3U << 16U;  // whole groups of three bytes, so the texts join
  out.reserve(out.size() + (bytes.size() + 2) / 3 * 4 + 64);
  out += '"';
  for (std::size_t at = 0; at < bytes.size(); at += kPiece)
    out += ToBase64(bytes.substr(at, kPiece));
  out += '"';
}

}  // namespace

void WriteJson(const Shape& shape, const json::Value& value, std::string& out) {
  switch (shape.type) {
    case Type::kStructure:
      Need(value.IsObject(), shape, value);
      return WriteJson(shape, value.AsObject(), out);
    case Type::kList:
      return WriteList(shape, value, out);
    case Type::kMap:
      return WriteMap(shape, value, out);
    case Type::kDocument:
      out += json::Write(value);
      return;
    case Type::kString:
      Need(value.IsString(), shape, value);
      return json::AppendQuoted(out, value.AsString());
    case Type::kBlob:
      Need(value.IsString(), shape, value);
      return AppendBase64(out, value.AsString());
    case Type::kFloat:
      if (value.IsString())
        return json::AppendQuoted(out, ToText(shape, value, TimeFormat::kDefault));
      break;
    default:
      break;
  }
  out += ToText(shape, value, TimeFormat::kEpoch);
}

Result<json::Value> ReadJson(const Shape& shape, json::Value value) {
  if (value.IsNull() || shape.type == Type::kDocument) return value;
  switch (shape.type) {
    case Type::kStructure: {
      if (!value.IsObject()) return Unreadable("expected an object but got {}", value.TypeName());
      TL_TRY(json::Object object, ReadStructure(shape, value.AsObject()));
      return json::Value(std::move(object));
    }
    case Type::kList:
      if (!value.IsArray()) return Unreadable("expected an array but got {}", value.TypeName());
      return ReadList(shape, value.AsArray());
    case Type::kMap:
      if (!value.IsObject()) return Unreadable("expected an object but got {}", value.TypeName());
      return ReadMap(shape, value.AsObject());
    default:
      return ReadSingle(shape, std::move(value));
  }
}

Result<json::Object> ReadJsonBody(const Shape& shape, std::string_view text) {
  if (text.empty()) return json::Object();
  Result<json::Value> parsed = json::Parse(text);
  if (!parsed) return std::move(parsed).error().WithCode("SerializationException");
  if (parsed->IsNull()) return json::Object();
  if (!parsed->IsObject()) return Unreadable("expected an object but got {}", parsed->TypeName());
  return ReadStructure(shape, parsed->AsObject());
}

}  // namespace trunkline::aws
