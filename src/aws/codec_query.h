// The Query protocol's requests: a form of dotted names. Its answers are XML (aws/codec_xml.h).
#pragma once

#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::aws {

// "Action=X&Version=Y&..."
std::string WriteForm(const Model& model, const OperationRow& operation, const json::Object& input);
// `form` is a body, or the query of a GET.
Result<json::Object> ReadForm(const Shape& shape, std::string_view form);
// The decoded value of a key that stands at the top of a form ("Action"), or nothing.
std::string FormValue(std::string_view form, std::string_view key);

}  // namespace trunkline::aws
