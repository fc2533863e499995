// TypesTest: stacks of any resources, from YAML, run to their end.
#pragma once

#include <string>
#include <string_view>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class TypesTest : public CloudTest {
 protected:
  explicit TypesTest(CloudOptions options = {}) : CloudTest(std::move(options)) {}

  // Creates or updates the stack "app" with the template's text; anything but success fails the
  // test and says which resource and why.
  void Deploy(std::string_view yaml);
  // The two halves of it, for tests that do something in between.
  void Begin(std::string_view yaml);
  void Finish();
  // The same, expecting the resource to fail; the answer is its reason.
  std::string DeployFails(std::string_view yaml, std::string_view logical_id);
  void Delete();  // the whole stack
  // The same, however they end: the answer is the stack's status.
  std::string Run(std::string_view yaml);
  std::string RunDeletion();
  void Forget() { stack_id_.clear(); }  // after the whole cloud has
  // What failed and why, a line each.
  std::string Problems();

  std::string Output(std::string_view key);
  std::string PhysicalId(std::string_view logical_id);
  // "IN_SYNC", or "MODIFIED: Resource/Property ..." of the whole stack.
  std::string Drift();

 private:
  void Settle();  // until nothing is in progress
  std::string Status();
  std::string stack_id_;
  std::string wanted_;  // the status after what was begun
};

}  // namespace trunkline::cloud::tests
