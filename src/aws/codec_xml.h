// Shapes as XML and back: REST-XML both ways, and the answers of Query.
#pragma once

#include "aws/model.h"
#include "aws/xml.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::aws {

// The element (or, for flattened lists and maps, elements) of one member.
void WriteXmlMember(const MemberRow& member, const json::Value& value, XmlWriter& xml);
// Attributes and children of a structure's body members, into the element that is open.
void WriteXmlContent(const Shape& shape, const json::Object& value, XmlWriter& xml);

// The body members of a structure.
Result<json::Object> ReadXmlStructure(const Shape& shape, const XmlElement& element);

// Lists and maps without an element around their items: every item bears the member's name.
bool IsFlattened(const MemberRow& member);
// What stands before each entry of a flattened member: the member's name, or where the model
// flattens the shape itself, the name it states for a list's items (SQS: <Message> for Messages) or
// for a map.
const std::string& FlattenedName(const MemberRow& member);

}  // namespace trunkline::aws
