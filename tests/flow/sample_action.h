// A valid action of every type, made from its catalogue row: required parameters, branches and
// conditions, no more.
#pragma once

#include <string>

#include "base/json.h"
#include "flow/catalogue.h"

namespace trunkline::tests {

// The action "sample", whose branches all lead to "end".
json::Object SampleAction(const flow::ActionKind& kind);
// A flow (or module, for MODULE) of the sample and an action "end" that ends it.
std::string SampleFlow(const json::Object& sample, const std::string& type);
// The first flow type that the action is documented for.
std::string SampleType(const flow::ActionKind& kind);

}  // namespace trunkline::tests
