#include "aws/codec_body.h"

#include "aws/codec_json.h"
#include "aws/codec_xml.h"
#include "aws/xml.h"
#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::aws {

std::string_view PayloadContentType(const Model& model, const Shape& payload) {
  if (payload.type == Type::kBlob) return "application/octet-stream";
  if (payload.type == Type::kString) return "text/plain";
  return model.protocol == Protocol::kRestXml ? "application/xml" : "application/json";
}

std::string PayloadText(const Model& model, const MemberRow& payload, const json::Value& value) {
  const Shape& shape = *payload.shape;
  if (shape.type == Type::kBlob || shape.type == Type::kString) return value.AsString();
  if (model.protocol == Protocol::kRestJson) {
    std::string out;
    WriteJson(shape, value, out);
    return out;
  }
  MemberRow root = payload;
  if (!payload.named) root.wire_name = shape.xml_name.empty() ? shape.name : shape.xml_name;
  XmlWriter xml;
  WriteXmlMember(root, value, xml);
  return xml.Take();
}

Result<void> ReadPayload(const Model& model, const MemberRow& payload, const std::string& body,
                         json::Object& into) {
  const Shape& shape = *payload.shape;
  if (shape.type == Type::kBlob || shape.type == Type::kString) {
    if (!body.empty() || payload.stream) into.Set(payload.name, body);
    return {};
  }
  if (Trim(body).empty()) return {};
  if (model.protocol == Protocol::kRestXml) {
    TL_TRY(const XmlElement root, ReadXml(body));
    TL_TRY(json::Object value, ReadXmlStructure(shape, root));
    into.Set(payload.name, std::move(value));
    return {};
  }
  TL_TRY(json::Value parsed, json::Parse(body));
  TL_TRY(json::Value value, ReadJson(shape, std::move(parsed)));
  if (!value.IsNull()) into.Set(payload.name, std::move(value));
  return {};
}

Result<void> ReadDocument(const Model& model, const Shape& shape, const std::string& body,
                          json::Object& into) {
  json::Object members;
  if (model.protocol == Protocol::kRestJson) {
    TL_TRY(members, ReadJsonBody(shape, body));
  } else if (!Trim(body).empty()) {
    TL_TRY(const XmlElement root, ReadXml(body));
    TL_TRY(members, ReadXmlStructure(shape, root));
  }
  for (json::Member& member : members) into.Append(std::move(member));
  return {};
}

}  // namespace trunkline::aws
