// A value as Python prints it: the form in which GetTemplateSummary gives a template's Metadata
// (seen in recordings of the service).
#pragma once

#include <string>

#include "base/json.h"

namespace trunkline::cloud::cloudformation {

// {'Name': 'a', 'Count': 1, 'On': True}
std::string PythonText(const json::Value& value);

}  // namespace trunkline::cloud::cloudformation
