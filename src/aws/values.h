// Single values as texts: what labels, queries, headers, forms and XML elements carry, both ways.
#pragma once

#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::aws {

// The time format of a member: its own, its shape's, else the place's.
TimeFormat FormatOf(const MemberRow& member, TimeFormat place);

bool IsScalar(Type type);

// The text of a scalar. `value` has the shape's type: anything else is a bug and throws
// std::logic_error that names the shape (EncodeRequest checks beforehand with CheckInput).
std::string ToText(const Shape& shape, const json::Value& value, TimeFormat time);
// And back. The error is kInvalid with code "SerializationException".
Result<json::Value> FromText(const Shape& shape, std::string_view text, TimeFormat time);

// A timestamp in our objects (epoch seconds) from any of the forms it is written in.
Result<json::Value> ReadTime(std::string_view text, TimeFormat time);
std::string WriteTime(const json::Value& value, TimeFormat time);

// What the wire cannot mean: kInvalid, "SerializationException".
template <class... Args>
Error Unreadable(fmt::format_string<Args...> text, Args&&... args) {
  return Error(ErrorKind::kInvalid, text, std::forward<Args>(args)...)
      .WithCode("SerializationException");
}

// Whether every member is known, of its type and there if required: for what callers of the client
// give. The error names the operation, the member and the nearest known name.
Result<void> CheckInput(const OperationRow& operation, const json::Object& input);

}  // namespace trunkline::aws
