// LambdaTest: an embedded cloud with a role that functions may assume.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class LambdaTest : public CloudTest {
 protected:
  LambdaTest();

  // One member of a Lambda operation's input after FunctionName.
  Answered AskLambda(std::string_view operation, json::Object input = {});
  json::Object DoLambda(std::string_view operation, json::Object input = {});

  // CreateFunction's input for a Python function whose handler has `body`.
  json::Object FunctionInput(std::string_view body = "return event");
  // Makes it and waits until it is Active; its ARN.
  std::string MakeFunction(std::string_view body = "return event");
  void UpdateCode(std::string_view body);  // and waits
  std::string Publish();                   // the version's number

  // The payload of an invocation's answer; a function's error is in it, too.
  Answered Invoke(json::Object input = {});
  static std::string Payload(const Answered& answered);

  void Settle() { Advance(Milliseconds(100)); }
  std::string RoleArn() const { return "arn:aws:iam::" + account() + ":role/runner"; }
  std::string FunctionArn(std::string_view qualifier = {}) const;
};

// A zip with main.py, whose function 'handler' has `body`.
std::string PythonZip(std::string_view body);

}  // namespace trunkline::cloud::tests
