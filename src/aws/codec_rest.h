// What REST operations bind to path, query, headers and status; the rest travels in the body.
#pragma once

#include <string>

#include "aws/model.h"
#include "aws/route.h"
#include "base/json.h"
#include "base/result.h"
#include "net/http.h"

namespace trunkline::aws {

// Sets method, target and headers of a request. A label without text is an error: the path would be
// another one.
Result<void> WriteBindings(const OperationRow& operation, const UriTemplate& uri,
                           const json::Object& input, net::Request& request);
// Reads labels, query and headers of a request into `input`.
Result<void> ReadBindings(const OperationRow& operation, const UriTemplate& uri,
                          const net::Request& request, json::Object& input);

// Headers and status of an answer.
void WriteHeaders(const Shape& shape, const json::Object& value, net::Headers& headers);
Result<void> ReadHeaders(const Shape& shape, const net::Headers& headers, json::Object& value);

// The member that is the body, or nullptr; whether any member travels in the body's document.
const MemberRow* PayloadOf(const Shape& shape);
bool HasBodyMembers(const Shape& shape);

}  // namespace trunkline::aws
