// References to what a serverless resource became.
#pragma once

#include <map>
#include <string>

#include "base/json.h"

namespace trunkline::cloud::cloudformation::serverless {

// Ref, Fn::GetAtt, Fn::Sub and DependsOn, all through the document: "Function.Alias" is the alias
// (`references`), and a layer is its version (`renamed`).
json::Value ReplaceReferences(json::Value document,
                              const std::map<std::string, std::string>& references,
                              const std::map<std::string, std::string>& renamed);

}  // namespace trunkline::cloud::cloudformation::serverless
