// CodebuildTest: an embedded cloud with a role that builds may assume, and a bucket.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class CodebuildTest : public CloudTest {
 protected:
  explicit CodebuildTest(CloudOptions options = {});

  Answered AskBuild(std::string_view operation, const json::Object& input = {});
  json::Object DoBuild(std::string_view operation, const json::Object& input = {});

  // CreateProject's input for "demo": no source, no artifacts, the buildspec written in it.
  json::Object ProjectInput(std::string_view buildspec = "");
  void MakeProject(std::string_view buildspec);
  // A buildspec whose build phase runs these commands.
  static std::string Commands(const std::vector<std::string>& commands);

  std::string Start(json::Object input = {});  // of "demo"; the build's id
  json::Object Show(const std::string& id);
  // Lets a little time pass, again and again, until it is so; never is a failure.
  void Until(const std::function<bool()>& so);
  // Until it has ended, or has come to a phase; the build then.
  json::Object Wait(const std::string& id);
  json::Object WaitForPhase(const std::string& id, std::string_view phase);
  json::Object Build(json::Object input = {}) { return Wait(Start(std::move(input))); }

  // What commands wrote, without what CodeBuild says.
  std::vector<std::string> Output(const json::Object& build);
  std::vector<std::string> Log(const json::Object& build);
  static json::Object Phase(const json::Object& build, std::string_view type);
  // "COMMAND_EXECUTION_ERROR: Error while ..." of a phase.
  static std::string Context(const json::Object& build, std::string_view type);

  void PutObject(std::string_view key, std::string_view bytes);
  std::string ReadObject(std::string_view key);
  std::vector<std::string> Keys();
  std::string RoleArn() const { return "arn:aws:iam::" + account() + ":role/builder"; }

 private:
  void Turn();  // of the loop, and a little of time
};

}  // namespace trunkline::cloud::tests
