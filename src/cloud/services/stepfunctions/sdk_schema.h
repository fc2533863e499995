// SDK schema: whether a value has the shape that a service's operation answers with, as Step
// Functions spells it. TestState holds mocked results to it.
#pragma once

#include <string>

#include "aws/model.h"
#include "base/json.h"

namespace trunkline::cloud::stepfunctions {

enum class SchemaMode {
  kStrict,   // required members must be there
  kPresent,  // only what is there is looked at
};

// The first fault ("Field 'StatusCode' must be a number"), or empty. Members that the shape does
// not know are taken. Patterns are not checked: no message of the service's about one is known.
std::string SchemaFault(const aws::Shape& shape, const json::Object& value, SchemaMode mode);

}  // namespace trunkline::cloud::stepfunctions
