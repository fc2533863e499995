#include "aws/codec.h"

#include "aws/codec_body.h"
#include "aws/codec_json.h"
#include "aws/codec_query.h"
#include "aws/codec_rest.h"
#include "aws/codec_xml.h"
#include "aws/route.h"
#include "aws/values.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

std::string_view JsonContentType(Protocol protocol) {
  if (protocol == Protocol::kJson10) return "application/x-amz-json-1.0";
  return protocol == Protocol::kJson11 ? "application/x-amz-json-1.1" : "application/json";
}

void SetContentType(net::Headers& headers, std::string_view type) {
  if (!headers.Has("Content-Type")) headers.Set("Content-Type", type);
}

bool GivesBodyMember(const Shape& shape, const json::Object& value) {
  for (const MemberRow& member : shape.members) {
    if (member.location == Location::kBody && value.Has(member.name)) return true;
  }
  return false;
}

std::string XmlDocument(const Shape& shape, std::string_view root, std::string_view name_space,
                        const json::Object& value) {
  XmlWriter xml;
  xml.Open(root);
  xml.Namespace(name_space, shape.xml_prefix);
  WriteXmlContent(shape, value, xml);
  xml.Close();
  return xml.Take();
}

std::string_view FirstOf(const std::string& first, const std::string& second,
                         const std::string& third) {
  return !first.empty() ? first : !second.empty() ? second : third;
}

// ---- requests

void WritePayloadBody(const Model& model, const MemberRow& payload, const json::Object& input,
                      net::Request& request) {
  const Shape& shape = *payload.shape;
  const json::Value* given = input.Find(payload.name);
  if (given != nullptr && !given->IsNull()) {
    SetContentType(request.headers, PayloadContentType(model, shape));
    request.body = PayloadText(model, payload, *given);
  } else if (model.protocol == Protocol::kRestJson && shape.type == Type::kStructure &&
             !shape.union_) {
    SetContentType(request.headers, "application/json");
    request.body = "{}";
  }
}

Result<net::Request> EncodeRest(const Model& model, const OperationRow& operation,
                                const json::Object& input) {
  net::Request request;
  TL_DO(WriteBindings(operation, model.routes->TemplateOf(operation), input, request));
  if (operation.input == nullptr) return request;
  const Shape& shape = *operation.input;
  if (const MemberRow* payload = PayloadOf(shape)) {
    WritePayloadBody(model, *payload, input, request);
  } else if (model.protocol == Protocol::kRestJson && HasBodyMembers(shape)) {
    SetContentType(request.headers, "application/json");
    WriteJson(shape, input, request.body);
  } else if (model.protocol == Protocol::kRestXml && GivesBodyMember(shape, input)) {
    SetContentType(request.headers, "application/xml");
    request.body = XmlDocument(
        shape, FirstOf(shape.xml_name, operation.input_wrapper, shape.name),
        FirstOf(operation.input_namespace, shape.xml_namespace, model.xml_namespace), input);
  }
  return request;
}

net::Request EncodeJson(const Model& model, const OperationRow& operation,
                        const json::Object& input) {
  net::Request request{.method = "POST", .target = "/"};
  request.headers.Set("Content-Type", JsonContentType(model.protocol));
  request.headers.Set("X-Amz-Target", fmt::format("{}.{}", model.target_prefix, operation.name));
  if (model.query_compatible) request.headers.Set("x-amzn-query-mode", "true");
  if (operation.input == nullptr) {
    request.body = "{}";
  } else {
    WriteJson(*operation.input, input, request.body);
  }
  return request;
}

net::Request EncodeQuery(const Model& model, const OperationRow& operation,
                         const json::Object& input) {
  net::Request request{.method = "POST", .target = "/"};
  request.headers.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = WriteForm(model, operation, input);
  return request;
}

bool IsRest(const Model& model) {
  return model.protocol == Protocol::kRestJson || model.protocol == Protocol::kRestXml;
}

Result<json::Object> DecodeRest(const Model& model, const OperationRow& operation,
                                const net::Request& request) {
  json::Object input;
  TL_DO(ReadBindings(operation, model.routes->TemplateOf(operation), request, input));
  if (operation.input == nullptr) return input;
  if (const MemberRow* payload = PayloadOf(*operation.input)) {
    TL_DO(ReadPayload(model, *payload, request.body, input));
  } else if (HasBodyMembers(*operation.input)) {
    TL_DO(ReadDocument(model, *operation.input, request.body, input));
  }
  return input;
}

// Every fault of a request's text has a code that clients know.
Error AsSerializationError(const Model& model, Error error) {
  if (model.protocol == Protocol::kRestXml) return std::move(error).WithCode("MalformedXML");
  return error.code().empty() ? std::move(error).WithCode("SerializationException")
                              : std::move(error);
}

std::string_view FormOf(const net::Request& request) {
  return request.method == "GET" ? request.query() : std::string_view(request.body);
}

// ---- answers

void SetRequestId(const Model& model, std::string_view request_id, net::Headers& headers) {
  if (model.service == "s3") {
    headers.Set("x-amz-request-id", request_id);
    headers.Set("x-amz-id-2", ToBase64(request_id));
  } else {
    headers.Set("x-amzn-RequestId", request_id);
  }
}

void WriteRestAnswer(const Model& model, const OperationRow& operation, const json::Object& output,
                     net::Response& response) {
  const Shape& shape = *operation.output;
  WriteHeaders(shape, output, response.headers);
  for (const MemberRow& member : shape.members) {
    if (member.location != Location::kStatus) continue;
    response.status = static_cast<int>(output.GetInt(member.name, response.status));
  }
  if (response.status == 204 || operation.method == "HEAD") return;
  if (const MemberRow* payload = PayloadOf(shape)) {
    const json::Value* given = output.Find(payload->name);
    if (given == nullptr || given->IsNull()) return;
    SetContentType(response.headers, PayloadContentType(model, *payload->shape));
    response.body = PayloadText(model, *payload, *given);
  } else if (model.protocol == Protocol::kRestJson) {
    SetContentType(response.headers, "application/json");
    WriteJson(shape, output, response.body);
  } else if (HasBodyMembers(shape)) {
    SetContentType(response.headers, "application/xml");
    const std::string_view name_space = FirstOf(shape.xml_namespace, model.xml_namespace, "");
    XmlWriter xml;
    xml.Declaration();
    if (operation.bare) {
      xml.Open(operation.output_wrapper);
      xml.Namespace(name_space);
      xml.Text(output.GetString(shape.members.front().name));
      xml.Close();
      response.body = xml.Take();
    } else {
      response.body =
          xml.Take() + XmlDocument(shape,
                                   FirstOf(operation.output_wrapper, shape.xml_name, shape.name),
                                   name_space, output);
    }
  }
}

std::string ResultName(const OperationRow& operation) {
  return operation.output_wrapper.empty() ? operation.name + "Result" : operation.output_wrapper;
}

std::string QueryAnswer(const Model& model, const OperationRow& operation,
                        const json::Object& output, std::string_view request_id) {
  XmlWriter xml;
  xml.Open(operation.name + "Response");
  xml.Namespace(model.xml_namespace);
  if (operation.output != nullptr) {
    xml.Open(ResultName(operation));
    WriteXmlContent(*operation.output, output, xml);
    xml.Close();
  }
  xml.Open("ResponseMetadata");
  xml.Element("RequestId", request_id);
  xml.Close();
  xml.Close();
  return xml.Take();
}

Result<json::Object> ReadQueryAnswer(const OperationRow& operation, const std::string& body) {
  if (operation.output == nullptr || Trim(body).empty()) return json::Object();
  TL_TRY(const XmlElement root, ReadXml(body));
  const XmlElement* result = root.Find(ResultName(operation));
  if (result == nullptr) return json::Object();
  return ReadXmlStructure(*operation.output, *result);
}

Result<json::Object> ReadBareAnswer(const OperationRow& operation, const std::string& body) {
  TL_TRY(const XmlElement root, ReadXml(body));
  json::Object output;
  output.SetIfNotEmpty(operation.output->members.front().name, root.text);
  return output;
}

Result<json::Object> ReadRestAnswer(const Model& model, const OperationRow& operation,
                                    const net::Response& response) {
  json::Object output;
  if (operation.output == nullptr) return output;
  const Shape& shape = *operation.output;
  TL_DO(ReadHeaders(shape, response.headers, output));
  for (const MemberRow& member : shape.members) {
    if (member.location == Location::kStatus) output.Set(member.name, response.status);
  }
  if (operation.method == "HEAD") return output;
  if (operation.bare) return ReadBareAnswer(operation, response.body);
  if (const MemberRow* payload = PayloadOf(shape)) {
    TL_DO(ReadPayload(model, *payload, response.body, output));
  } else if (HasBodyMembers(shape)) {
    TL_DO(ReadDocument(model, shape, response.body, output));
  }
  return output;
}

// S3 may begin with 200 and find out later: then the body is an error all the same.
bool IsErrorInDisguise(const Model& model, const OperationRow& operation,
                       const net::Response& response) {
  const bool document = operation.output != nullptr && PayloadOf(*operation.output) == nullptr;
  if (model.protocol != Protocol::kRestXml || !document) return false;
  const std::string_view start = std::string_view(response.body).substr(0, 200);
  return start.find("<Error>") != std::string_view::npos;
}

Result<json::Object> ReadAnswer(const Model& model, const OperationRow& operation,
                                const net::Response& response) {
  if (IsRest(model)) return ReadRestAnswer(model, operation, response);
  if (model.protocol == Protocol::kQuery) return ReadQueryAnswer(operation, response.body);
  if (operation.output == nullptr) return json::Object();
  return ReadJsonBody(*operation.output, response.body);
}

}  // namespace

Result<net::Request> EncodeRequest(const Model& model, const OperationRow& operation,
                                   const json::Object& input) {
  if (!operation.implemented) {
    return Error(ErrorKind::kInvalid,
                 "operation '{}' of '{}' cannot be called: only its name is known here",
                 operation.name, model.service);
  }
  TL_DO(CheckInput(operation, input));
  net::Request request;
  if (IsRest(model)) {
    TL_TRY(request, EncodeRest(model, operation, input));
  } else {
    request = model.protocol == Protocol::kQuery ? EncodeQuery(model, operation, input)
                                                 : EncodeJson(model, operation, input);
  }
  if (operation.checksum && !request.headers.Has("Content-MD5")) {
    request.headers.Set("Content-MD5", ToBase64(Md5(request.body)));
  }
  return request;
}

Result<json::Object> DecodeResponse(const Model& model, const OperationRow& operation,
                                    const net::Response& response) {
  if (IsErrorInDisguise(model, operation, response)) return DecodeError(model, response);
  Result<json::Object> output = ReadAnswer(model, operation, response);
  if (!output) return std::move(output).error().While("reading the answer of {}", operation.name);
  return output;
}

const OperationRow* FindRoute(const Model& model, const net::Request& request) {
  if (IsRest(model)) return model.routes->Find(request);
  if (model.protocol == Protocol::kQuery)
    return model.FindOperation(FormValue(FormOf(request), "Action"));
  const std::string_view target = request.headers.Get("X-Amz-Target");
  const std::size_t dot = target.rfind('.');
  if (dot == std::string_view::npos || target.substr(0, dot) != model.target_prefix) return nullptr;
  return model.FindOperation(target.substr(dot + 1));
}

Result<json::Object> DecodeRequest(const Model& model, const OperationRow& operation,
                                   const net::Request& request) {
  static const Shape kNothing{};
  const Shape& shape = operation.input == nullptr ? kNothing : *operation.input;
  Result<json::Object> input = IsRest(model) ? DecodeRest(model, operation, request)
                               : model.protocol == Protocol::kQuery
                                   ? ReadForm(shape, FormOf(request))
                                   : ReadJsonBody(shape, request.body);
  if (!input) return AsSerializationError(model, std::move(input).error());
  return input;
}

net::Response EncodeResponse(const Model& model, const OperationRow& operation,
                             const json::Object& output, std::string_view request_id) {
  net::Response response{.status = operation.status};
  SetRequestId(model, request_id, response.headers);
  if (model.protocol == Protocol::kQuery) {
    response.headers.Set("Content-Type", "text/xml");
    response.body = QueryAnswer(model, operation, output, request_id);
  } else if (IsRest(model)) {
    if (operation.output != nullptr) WriteRestAnswer(model, operation, output, response);
  } else {
    response.headers.Set("Content-Type", JsonContentType(model.protocol));
    if (operation.output != nullptr) WriteJson(*operation.output, output, response.body);
  }
  return response;
}

}  // namespace trunkline::aws
