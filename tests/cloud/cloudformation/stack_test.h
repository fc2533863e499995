// StackTest: stacks in a few words. Parameters of Parameter Store stand for resources: they are
// created, updated, replaced (by name) and fail (by a wrong name) at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class StackTest : public CloudTest {
 protected:
  explicit StackTest(CloudOptions options = {}) : CloudTest(std::move(options)) {}

  // {"Type": "AWS::SSM::Parameter", "Properties": {...}}
  static json::Object Parameter(json::Value name, json::Value value, json::Object more = {});
  static std::string Template(json::Object resources, json::Object sections = {});

  // Each runs the operation to its end; the answer is the stack's status.
  std::string Create(std::string_view name, const std::string& body, json::Object more = {});
  std::string Update(std::string_view name, const std::string& body, json::Object more = {});
  std::string Delete(std::string_view name, json::Object more = {});

  json::Object Stack(std::string_view name);  // as DescribeStacks shows it
  std::string Status(std::string_view name);
  std::string Output(std::string_view name, std::string_view key);
  // "Name STATUS", oldest first; of the stack itself the name is "stack".
  std::vector<std::string> Events(std::string_view name);
  std::string Reason(std::string_view name, std::string_view logical_id, std::string_view status);
  // "name=value" of all parameters in Parameter Store.
  std::vector<std::string> ParameterStore();
};

}  // namespace trunkline::cloud::tests
