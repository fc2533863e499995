// The wire, both ways, by the model: inputs and outputs are json::Objects with the model's member
// names.
//
// In these objects blobs are raw bytes in a string, timestamps are numbers (epoch seconds,
// milliseconds as fraction), everything else is JSON's own type. Absent members are absent, never
// null.
#pragma once

#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/json.h"
#include "base/result.h"
#include "net/http.h"

namespace trunkline::aws {

// ---- the client's direction

// The HTTP request of an operation, unsigned and without Host. Members the model does not know are
// an error that names the nearest known one; a missing required member likewise.
Result<net::Request> EncodeRequest(const Model& model, const OperationRow& operation,
                                   const json::Object& input);

// A 2xx answer's output.
Result<json::Object> DecodeResponse(const Model& model, const OperationRow& operation,
                                    const net::Response& response);

// Any other answer: code() is the wire's code, the kind follows from code and status, the message
// is the service's. `members` gets the error's further members (such as
// InvalidContactFlowException's problems) if asked for.
Error DecodeError(const Model& model, const net::Response& response,
                  json::Object* members = nullptr);

// ---- the server's direction

// Which operation of the model a request asks for, nullptr if none. For REST: method, path (raw,
// matched before decoding, "/x" and "/x/" alike) and literal query parts; for JSON: X-Amz-Target;
// for Query: Action. For S3 `s3_key` tells whether bucket and key are in the path (aws-wire.md
// section 5).
const OperationRow* FindRoute(const Model& model, const net::Request& request);

// What stands in a request, by the model; labels decoded once. Unknown members are dropped. The
// error is for the client: kInvalid with code "SerializationException" ("MalformedXML" in REST-XML)
// when the text is not what the protocol says.
Result<json::Object> DecodeRequest(const Model& model, const OperationRow& operation,
                                   const net::Request& request);

// Violated constraints, in AWS's words: "Value 'x' at 'name' failed to satisfy constraint: Member
// must ...".
std::vector<std::string> CheckConstraints(const Shape& shape, const json::Object& input);

// The answer to a request. Members that the output does not know are left out, so that a stored
// body can be given as it is; a known member of the wrong type is a bug and throws
// std::logic_error.
net::Response EncodeResponse(const Model& model, const OperationRow& operation,
                             const json::Object& output, std::string_view request_id);

struct WireError {
  std::string code;  // "ResourceNotFoundException"
  std::string message;
  int status = 0;        // 0: as the error's model row says, 400 without one
  json::Object members;  // further members, by the error's shape
  bool head = false;     // the request was a HEAD: no body
};
// `code` may be the shape's name or the wire's code; a code without a row (an authentication
// failure) is written as is.
net::Response EncodeError(const Model& model, const WireError& error, std::string_view request_id);

}  // namespace trunkline::aws
