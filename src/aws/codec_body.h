// Bodies of REST operations, the same for requests and answers.
#pragma once

#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::aws {

// ---- a member that is the body

std::string_view PayloadContentType(const Model& model, const Shape& payload);
std::string PayloadText(const Model& model, const MemberRow& payload, const json::Value& value);
Result<void> ReadPayload(const Model& model, const MemberRow& payload, const std::string& body,
                         json::Object& into);

// ---- a body that holds the members

Result<void> ReadDocument(const Model& model, const Shape& shape, const std::string& body,
                          json::Object& into);

}  // namespace trunkline::aws
