// Variables in configurations: "#{namespace.Name}", resolved just before an action or rule runs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::codepipeline {

struct VariableReference {
  std::string space;  // "codepipeline", "variables" or an action's namespace
  std::string key;
};

// Those that stand in a text, in their order.
std::vector<VariableReference> FindReferences(std::string_view text);

// `spaces` holds an object of texts for each namespace. The error names what does not exist.
Answer<std::string> ResolveVariables(std::string_view text, const json::Object& spaces);

// Every text of a configuration.
Answer<json::Object> ResolveConfiguration(const json::Object& configuration,
                                          const json::Object& spaces);

}  // namespace trunkline::cloud::codepipeline
