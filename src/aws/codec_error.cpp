// Errors on the wire: how each protocol writes them, and where a client finds code and message.
#include <algorithm>
#include <array>

#include "aws/codec.h"
#include "aws/codec_json.h"
#include "aws/codec_rest.h"
#include "aws/codec_xml.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

// "com.amazonaws.x#Code:http://internal/" -> "Code".
std::string BareCode(std::string_view code) {
  if (const std::size_t hash = code.rfind('#'); hash != std::string_view::npos)
    code.remove_prefix(hash + 1);
  return std::string(Trim(code.substr(0, code.find(':'))));
}

// ---- reading

struct ReadError {
  std::string code;
  std::string message;
  json::Object members;
};

void ReadJsonError(const Model& model, const net::Response& response, ReadError& error) {
  json::Object body;
  if (Result<json::Value> parsed = json::Parse(response.body); parsed && parsed->IsObject()) {
    body = std::move(parsed->AsObject());
  }
  const std::string_view header = response.headers.Get("x-amzn-ErrorType");
  const std::string_view in_body =
      body.Has("__type") ? body.GetString("__type") : body.GetString("code");
  const bool header_first = model.protocol == Protocol::kRestJson;
  const std::string_view first = header_first ? header : in_body;
  const std::string_view second = header_first ? in_body : header;
  error.code = BareCode(first.empty() ? second : first);
  for (const char* key : {"message", "Message", "errorMessage"}) {
    if (error.message.empty()) error.message = body.GetString(key);
  }
  const ErrorRow* row = model.FindError(error.code);
  if (row != nullptr && row->shape != nullptr) {
    if (Result<json::Value> members = ReadJson(*row->shape, json::Value(std::move(body)));
        members) {
      error.members = std::move(members->AsObject());
    }
  }
  // The Query code of a service that changed protocols: "Code;Sender".
  const std::string_view query_error = response.headers.Get("x-amzn-query-error");
  if (!query_error.empty()) error.code = query_error.substr(0, query_error.find(';'));
}

const XmlElement* FindErrorElement(const XmlElement& root) {
  if (root.name == "Error") return &root;
  if (const XmlElement* errors = root.Find("Errors")) return errors->Find("Error");
  return root.Find("Error");
}

void ReadXmlError(const Model& model, const net::Response& response, ReadError& error) {
  const Result<XmlElement> root = ReadXml(response.body);
  if (!root) return;
  const XmlElement* element = FindErrorElement(*root);
  if (element == nullptr) return;
  error.code = Trim(element->TextOf("Code"));
  error.message = element->TextOf("Message");
  const ErrorRow* row = model.FindError(error.code);
  if (row == nullptr || row->shape == nullptr) return;
  if (Result<json::Object> members = ReadXmlStructure(*row->shape, *element); members) {
    error.members = std::move(members).value();
  }
}

constexpr std::array<std::string_view, 14> kThrottles = {"Throttling",
                                                         "ThrottlingException",
                                                         "ThrottledException",
                                                         "RequestThrottledException",
                                                         "TooManyRequestsException",
                                                         "ProvisionedThroughputExceededException",
                                                         "TransactionInProgressException",
                                                         "RequestLimitExceeded",
                                                         "BandwidthLimitExceeded",
                                                         "LimitExceededException",
                                                         "RequestThrottled",
                                                         "SlowDown",
                                                         "PriorRequestNotComplete",
                                                         "EC2ThrottledException"};

bool HasAny(std::string_view code, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return code.find(word) != std::string_view::npos; });
}

ErrorKind KindOf(std::string_view code, int status) {
  if (status == 429 || std::ranges::find(kThrottles, code) != kThrottles.end())
    return ErrorKind::kThrottled;
  if (HasAny(code, {"NotFound", "NoSuch"}) || status == 404 || status == 410)
    return ErrorKind::kNotFound;
  if (HasAny(code,
             {"AccessDenied", "UnrecognizedClient", "InvalidClientTokenId", "SignatureDoesNotMatch",
              "InvalidSignature", "ExpiredToken", "MissingAuthentication", "InvalidAccessKeyId"}) ||
      status == 401 || status == 403) {
    return ErrorKind::kDenied;
  }
  if (HasAny(code, {"AlreadyExists", "Conflict", "Duplicate", "InUse", "AlreadyOwned",
                    "PreconditionFailed"}) ||
      status == 409) {
    return ErrorKind::kConflict;
  }
  return status >= 500 ? ErrorKind::kUnreached : ErrorKind::kInvalid;
}

// ---- writing

struct Known {
  const ErrorRow* row;
  std::string_view code;  // as the wire has it
  int status;
};

Known Look(const Model& model, const WireError& error) {
  const ErrorRow* row = model.FindError(error.code);
  const bool by_code = model.protocol == Protocol::kQuery || model.protocol == Protocol::kRestXml;
  const int status = error.status != 0 ? error.status : row != nullptr ? row->status : 400;
  return {.row = row, .code = row != nullptr && by_code ? row->code : error.code, .status = status};
}

// What services with both protocols answer without a row in their models: JSON has longer names
// than the query protocol (seen in recordings of SQS).
struct Spelling {
  std::string_view query;
  std::string_view json;
};
constexpr Spelling kSpellings[] = {
    {"InvalidParameterValue", "InvalidParameterValueException"},
    {"MissingParameter", "MissingRequiredParameterException"},
};

std::string_view JsonType(const Model& model, const Known& known) {
  if (!model.query_compatible || known.row != nullptr) return known.code;
  const auto* const found = std::ranges::find(kSpellings, known.code, &Spelling::query);
  return found == std::end(kSpellings) ? known.code : found->json;
}

// Services spell it one way or the other, even from error to error; the shape knows.
std::string_view MessageKey(const ErrorRow* row) {
  if (row == nullptr || row->shape == nullptr) return "message";
  for (const MemberRow& member : row->shape->members) {
    if (EqualsIgnoreCase(member.name, "message")) return member.wire_name;
  }
  return "message";
}

std::string JsonError(const Model& model, const Known& known, const WireError& error,
                      net::Headers& headers) {
  json::Object body;
  if (model.protocol != Protocol::kRestJson) body.Set("__type", JsonType(model, known));
  body.Set(MessageKey(known.row), error.message);
  std::string text = json::Write(json::Value(body));
  if (known.row == nullptr || known.row->shape == nullptr || error.members.empty()) return text;
  std::string members;
  WriteJson(*known.row->shape, error.members, members);
  WriteHeaders(*known.row->shape, error.members, headers);
  if (members == "{}") return text;
  text.back() = ',';
  return text.append(members, 1);
}

void WriteXmlErrorBody(const Known& known, const WireError& error, XmlWriter& xml) {
  xml.Element("Code", known.code);
  xml.Element("Message", error.message);
  if (known.row != nullptr && known.row->shape != nullptr)
    WriteXmlContent(*known.row->shape, error.members, xml);
}

std::string S3Error(const Known& known, const WireError& error, std::string_view request_id) {
  XmlWriter xml;
  xml.Declaration();
  xml.Open("Error");
  xml.Element("Code", known.code);
  xml.Element("Message", error.message);
  // S3's models do not describe these (BucketName, Key, Resource, ...): they go out as given.
  for (const json::Member& member : error.members) {
    if (member.value.IsString()) xml.Element(member.key, member.value.AsString());
  }
  xml.Element("RequestId", request_id);
  xml.Element("HostId", ToBase64(request_id));
  xml.Close();
  return xml.Take();
}

std::string XmlError(const Model& model, const Known& known, const WireError& error,
                     std::string_view request_id) {
  if (model.service == "s3") return S3Error(known, error, request_id);
  XmlWriter xml;
  xml.Open("ErrorResponse");
  xml.Namespace(model.xml_namespace);
  xml.Open("Error");
  xml.Element("Type", known.status >= 500 ? "Receiver" : "Sender");
  WriteXmlErrorBody(known, error, xml);
  xml.Close();
  xml.Element("RequestId", request_id);
  xml.Close();
  return xml.Take();
}

}  // namespace

Error DecodeError(const Model& model, const net::Response& response, json::Object* members) {
  ReadError read;
  const bool xml = model.protocol == Protocol::kQuery || model.protocol == Protocol::kRestXml;
  if (xml) {
    ReadXmlError(model, response, read);
  } else {
    ReadJsonError(model, response, read);
  }
  // A HEAD has no body: the status is all there is.
  if (read.code.empty()) read.code = std::to_string(response.status);
  if (read.message.empty()) {
    read.message =
        fmt::format("{} answered with {} and no message", model.service, response.status);
  }
  if (const ErrorRow* row = model.FindError(read.code); row != nullptr && row->shape != nullptr) {
    // A header that does not read is not worth losing the error for.
    if (!ReadHeaders(*row->shape, response.headers, read.members)) read.members = {};
  }
  if (members != nullptr) *members = std::move(read.members);
  return Error(KindOf(read.code, response.status), "{}", read.message).WithCode(read.code);
}

net::Response EncodeError(const Model& model, const WireError& error, std::string_view request_id) {
  const Known known = Look(model, error);
  net::Response response{.status = known.status};
  const bool s3 = model.service == "s3";
  response.headers.Set(s3 ? "x-amz-request-id" : "x-amzn-RequestId", request_id);
  if (s3) response.headers.Set("x-amz-id-2", ToBase64(request_id));
  std::string body;
  std::string_view type;
  switch (model.protocol) {
    case Protocol::kRestJson:
      type = "application/json";
      break;
    case Protocol::kJson10:
      type = "application/x-amz-json-1.0";
      break;
    case Protocol::kJson11:
      type = "application/x-amz-json-1.1";
      break;
    case Protocol::kQuery:
      type = "text/xml";
      break;
    case Protocol::kRestXml:
      type = "application/xml";
      break;
  }
  if (model.protocol == Protocol::kQuery || model.protocol == Protocol::kRestXml) {
    body = XmlError(model, known, error, request_id);
  } else {
    response.headers.Set("x-amzn-ErrorType", JsonType(model, known));
    if (model.query_compatible) {
      const std::string_view code = known.row != nullptr ? known.row->code : known.code;
      response.headers.Set("x-amzn-query-error",
                           fmt::format("{};{}", code, known.status >= 500 ? "Receiver" : "Sender"));
    }
    body = JsonError(model, known, error, response.headers);
  }
  if (error.head) return response;
  response.headers.Set("Content-Type", type);
  response.body = std::move(body);
  return response;
}

}  // namespace trunkline::aws
