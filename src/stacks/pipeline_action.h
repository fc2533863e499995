// One action of a pipeline, as CloudFormation spells it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::stacks {

struct Action {
  std::string name;
  std::string_view category;
  std::string_view provider;
  json::Object configuration;
  std::vector<std::string_view> inputs = {};
  std::vector<std::string_view> outputs = {};
  int order = 1;
  std::string space = {};   // of its variables
  std::string region = {};  // empty: the pipeline's
  std::string role = {};    // its ARN; empty: the pipeline's
};
json::Object ToJson(Action action);

json::Object Stage(std::string_view name, json::Array actions);

// The text of EnvironmentVariables of a CodeBuild action.
std::string BuildVariables(const std::vector<std::pair<std::string, std::string>>& variables);

}  // namespace trunkline::stacks
