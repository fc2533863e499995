// NestedStackTest: templates in a bucket, and stacks that nest them.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tests/cloud/cloudformation/stack_test.h"

namespace trunkline::cloud::tests {

class NestedStackTest : public StackTest {
 protected:
  NestedStackTest() {
    Do("s3", "CreateBucket",
       {{"Bucket", "templates"},
        {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "eu-central-1"}}}});
  }

  void Store(std::string_view key, const std::string& body) {
    Do("s3", "PutObject", {{"Bucket", "templates"}, {"Key", key}, {"Body", body}});
  }
  static json::Object Nested(std::string_view key, json::Object parameters = {}) {
    json::Object properties{
        {"TemplateURL", fmt::format("http://127.0.0.1:4566/templates/{}", key)}};
    if (!parameters.empty()) properties.Set("Parameters", std::move(parameters));
    return {{"Type", "AWS::CloudFormation::Stack"}, {"Properties", std::move(properties)}};
  }
  // One parameter of Parameter Store, whose value is the template's parameter V, "d" by default.
  static std::string Child(json::Value name) {
    return Template(
        {{"A", Parameter(std::move(name), json::Object{{"Ref", "V"}})}},
        {{"Parameters", json::Object{{"V", json::Object{{"Type", "String"}, {"Default", "d"}}}}},
         {"Outputs", json::Object{{"Name", json::Object{{"Value", json::Object{{"Ref", "A"}}}}}}}});
  }
};

}  // namespace trunkline::cloud::tests
