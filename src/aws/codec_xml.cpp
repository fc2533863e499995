#include "aws/codec_xml.h"

#include <stdexcept>

#include "aws/values.h"

namespace trunkline::aws {
namespace {

std::string_view Or(const std::string& name, std::string_view otherwise) {
  return name.empty() ? otherwise : std::string_view(name);
}

void OpenElement(std::string_view name, const MemberRow& member, XmlWriter& xml) {
  xml.Open(name);
  if (!member.xml_namespace.empty()) {
    xml.Namespace(member.xml_namespace, member.xml_prefix);
  } else {
    xml.Namespace(member.shape->xml_namespace, member.shape->xml_prefix);
  }
}

void Need(bool holds, const Shape& shape, const json::Value& value) {
  if (!holds)
    throw std::logic_error(
        fmt::format("a value of shape '{}' is {}", shape.name, value.TypeName()));
}

void WriteElement(std::string_view name, const MemberRow& member, const json::Value& value,
                  XmlWriter& xml);

void WriteEntry(const Shape& map, const json::Member& entry, XmlWriter& xml) {
  OpenElement(Or(map.key.wire_name, "key"), map.key, xml);
  xml.Text(entry.key);
  xml.Close();
  WriteElement(Or(map.item.wire_name, "value"), map.item, entry.value, xml);
}

// What stands inside the member's element.
void WriteInside(const MemberRow& member, const json::Value& value, XmlWriter& xml) {
  const Shape& shape = *member.shape;
  switch (shape.type) {
    case Type::kStructure:
      Need(value.IsObject(), shape, value);
      return WriteXmlContent(shape, value.AsObject(), xml);
    case Type::kList:
      Need(value.IsArray(), shape, value);
      for (const json::Value& item : value.AsArray()) {
        WriteElement(Or(shape.item.wire_name, "member"), shape.item, item, xml);
      }
      return;
    case Type::kMap:
      Need(value.IsObject(), shape, value);
      for (const json::Member& entry : value.AsObject()) {
        xml.Open("entry");
        WriteEntry(shape, entry, xml);
        xml.Close();
      }
      return;
    default:
      xml.Text(ToText(shape, value, FormatOf(member, TimeFormat::kIso8601)));
  }
}

void WriteElement(std::string_view name, const MemberRow& member, const json::Value& value,
                  XmlWriter& xml) {
  OpenElement(name, member, xml);
  if (!value.IsNull()) WriteInside(member, value, xml);
  xml.Close();
}

void WriteFlattened(const MemberRow& member, const json::Value& value, XmlWriter& xml) {
  const Shape& shape = *member.shape;
  if (shape.type == Type::kList) {
    Need(value.IsArray(), shape, value);
    for (const json::Value& item : value.AsArray())
      WriteElement(FlattenedName(member), shape.item, item, xml);
    return;
  }
  Need(value.IsObject(), shape, value);
  for (const json::Member& entry : value.AsObject()) {
    OpenElement(member.wire_name, member, xml);
    WriteEntry(shape, entry, xml);
    xml.Close();
  }
}

Result<json::Value> ReadElement(const MemberRow& member, const XmlElement& element);

Result<void> ReadEntry(const Shape& map, const XmlElement& entry, json::Object& into) {
  const XmlElement* key = entry.Find(Or(map.key.wire_name, "key"));
  const XmlElement* value = entry.Find(Or(map.item.wire_name, "value"));
  if (key == nullptr) return Unreadable("expected a key in element '{}'", entry.name);
  if (value == nullptr) return {};
  TL_TRY(json::Value read, ReadElement(map.item, *value));
  into.Set(key->text, std::move(read));
  return {};
}

Result<json::Value> ReadElement(const MemberRow& member, const XmlElement& element) {
  const Shape& shape = *member.shape;
  if (shape.type == Type::kStructure) {
    TL_TRY(json::Object object, ReadXmlStructure(shape, element));
    return json::Value(std::move(object));
  }
  if (shape.type == Type::kList) {
    json::Array items;
    for (const XmlElement& child : element.children) {
      if (child.name != Or(shape.item.wire_name, "member")) continue;
      TL_TRY(json::Value item, ReadElement(shape.item, child));
      items.push_back(std::move(item));
    }
    return json::Value(std::move(items));
  }
  if (shape.type == Type::kMap) {
    json::Object entries;
    for (const XmlElement& child : element.children) {
      if (child.name == "entry") TL_DO(ReadEntry(shape, child, entries));
    }
    return json::Value(std::move(entries));
  }
  return FromText(shape, element.text, FormatOf(member, TimeFormat::kIso8601));
}

Result<std::optional<json::Value>> ReadFlattened(const MemberRow& member,
                                                 const XmlElement& parent) {
  const Shape& shape = *member.shape;
  json::Array items;
  json::Object entries;
  bool found = false;
  for (const XmlElement& child : parent.children) {
    if (child.name != FlattenedName(member)) continue;
    found = true;
    if (shape.type == Type::kMap) {
      TL_DO(ReadEntry(shape, child, entries));
    } else {
      TL_TRY(json::Value item, ReadElement(shape.item, child));
      items.push_back(std::move(item));
    }
  }
  if (!found) return std::optional<json::Value>();
  return std::optional<json::Value>(shape.type == Type::kMap ? json::Value(std::move(entries))
                                                             : json::Value(std::move(items)));
}

Result<std::optional<json::Value>> ReadMember(const MemberRow& member, const XmlElement& parent) {
  if (member.xml_attribute) {
    const auto text = parent.Attribute(member.wire_name);
    if (!text) return std::optional<json::Value>();
    TL_TRY(json::Value value,
           FromText(*member.shape, *text, FormatOf(member, TimeFormat::kIso8601)));
    return std::optional<json::Value>(std::move(value));
  }
  if (IsFlattened(member)) return ReadFlattened(member, parent);
  const XmlElement* element = parent.Find(member.wire_name);
  if (element == nullptr) return std::optional<json::Value>();
  TL_TRY(json::Value value, ReadElement(member, *element));
  return std::optional<json::Value>(std::move(value));
}

}  // namespace

bool IsFlattened(const MemberRow& member) {
  const Type type = member.shape->type;
  return (type == Type::kList || type == Type::kMap) &&
         (member.flattened || member.shape->flattened);
}

const std::string& FlattenedName(const MemberRow& member) {
  const Shape& shape = *member.shape;
  if (!shape.flattened) return member.wire_name;
  if (shape.type == Type::kList && !shape.item.wire_name.empty()) return shape.item.wire_name;
  const bool own = shape.type == Type::kMap && !member.named && !shape.xml_name.empty();
  return own ? shape.xml_name : member.wire_name;
}

void WriteXmlMember(const MemberRow& member, const json::Value& value, XmlWriter& xml) {
  if (value.IsNull()) return;
  if (IsFlattened(member)) return WriteFlattened(member, value, xml);
  WriteElement(member.wire_name, member, value, xml);
}

void WriteXmlContent(const Shape& shape, const json::Object& value, XmlWriter& xml) {
  for (const MemberRow& member : shape.members) {
    const json::Value* given = member.xml_attribute ? value.Find(member.name) : nullptr;
    if (given == nullptr || given->IsNull()) continue;
    xml.Attribute(member.wire_name,
                  ToText(*member.shape, *given, FormatOf(member, TimeFormat::kIso8601)));
  }
  // In the model's order, not the caller's: some services read a sequence.
  for (const MemberRow& member : shape.members) {
    if (member.xml_attribute || member.location != Location::kBody) continue;
    if (const json::Value* given = value.Find(member.name)) WriteXmlMember(member, *given, xml);
  }
}

Result<json::Object> ReadXmlStructure(const Shape& shape, const XmlElement& element) {
  json::Object object;
  for (const MemberRow& member : shape.members) {
    if (member.location != Location::kBody) continue;
    Result<std::optional<json::Value>> value = ReadMember(member, element);
    if (!value) return std::move(value).error().While("reading member '{}'", member.name);
    if (*value) object.Append({.key = member.name, .value = std::move(**value)});
  }
  return object;
}

}  // namespace trunkline::aws
