// ConnectStacks: stacks around one Amazon Connect instance, whose logical id is "Instance".
#pragma once

#include <string>
#include <string_view>

#include "tests/cloud/cloudformation/types_test.h"

namespace trunkline::cloud::tests {

class ConnectStacks : public TypesTest {
 protected:
  std::string Instance() { return IdOf("Instance"); }
  // A Connect operation on the instance.
  json::Object Ask(std::string_view operation, json::Object input = {}) {
    input.Set("InstanceId", Instance());
    return Do("connect", operation, input);
  }
  // The last part of a resource's ARN.
  std::string IdOf(std::string_view logical_id) {
    const std::string arn = PhysicalId(logical_id);
    return arn.substr(arn.rfind('/') + 1);
  }
};

}  // namespace trunkline::cloud::tests
