// AWS::Serverless-2016-10-31: templates of AWS SAM become templates of plain resources.
//
// The names of what is made, and what a resource is made into, are those of AWS's own translator:
// templates refer to them ("ServerlessRestApi", "FunctionRole", "Function.Alias"). Facts: AWS SAM's
// developer guide and its list of generated resources; behaviour compared with the translator's.
// The expansion is bounded by its input: every resource and event becomes a few resources.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation {

inline constexpr std::string_view kServerless = "AWS::Serverless-2016-10-31";

// `parameters`: values of the template's parameters, AWS::Region and AWS::Partition. `moment`: the
// time, for APIs that are deployed anew whatever changed (AlwaysDeploy).
Answer<json::Object> ExpandServerless(json::Object document, const json::Object& parameters,
                                      std::string_view moment);

}  // namespace trunkline::cloud::cloudformation
