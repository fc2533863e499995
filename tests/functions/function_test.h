// FunctionTest: a function's world: its files and environment as told, and a scripted AWS.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "functions/function.h"
#include "tests/aws/scripted_aws.h"

namespace trunkline::functions::tests {

class FunctionTest : public testing::Test {
 protected:
  // A name and what it is set to, for invocations from now on.
  void Set(const std::string& name, const std::string& value) { variables_[name] = value; }

  Result<json::Value> Invoke(std::string_view function, json::Value event) {
    const MapEnvironment environment(variables_);
    const FunctionWorld world{.environment = environment,
                              .files = aws_.fake().files(),
                              .clock = aws_.fake().clock(),
                              .random = random_,
                              .log = aws_.fake().log(),
                              .timers = aws_.fake().timers(),
                              .client = Client(),
                              .task_root = "/task",
                              .memory = memory_};
    return aws_.fake().Run(FindFunction(function)->answer(world, std::move(event)));
  }

  aws::ScriptedAws aws_;
  SeededRandom random_{1};
  Memory memory_;

 private:
  // One for the whole test: each reads the services' models anew, and so does no process of a
  // function.
  aws::Client Client() {
    if (!client_) client_ = aws_.fake().MakeClient();
    return *client_;
  }

  std::map<std::string, std::string> variables_;
  std::optional<aws::Client> client_;
};

}  // namespace trunkline::functions::tests
