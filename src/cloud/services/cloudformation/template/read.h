// Reads the text of a template, JSON or YAML with the short forms of functions (!Sub, !GetAtt).
#pragma once

#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation {

// What every refused template or parameter answers.
inline ServiceError ValidationError(std::string_view message) {
  return {"ValidationError", message};
}

// The whole document, as an object; errors in CloudFormation's words, with line and column.
Answer<json::Object> ReadTemplate(std::string_view text);

}  // namespace trunkline::cloud::cloudformation
