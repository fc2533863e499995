// StatesTest: speaks in machines and executions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_read.h"
#include "base/json_write.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class StatesTest : public CloudTest {
 protected:
  StatesTest() { MakeRole(); }

  void MakeRole() {
    Do("iam", "CreateRole",
       {{"RoleName", "machine"},
        {"AssumeRolePolicyDocument",
         R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"}]})"}});
  }
  static std::string Role() { return "arn:aws:iam::111122223333:role/machine"; }
  static std::string Arn(std::string_view end) {
    return "arn:aws:states:eu-central-1:111122223333:" + std::string(end);
  }

  // The machine's ARN.
  std::string Make(std::string_view name, std::string_view definition,
                   std::string_view type = "STANDARD") {
    return std::string(
        Do("stepfunctions", "CreateStateMachine",
           {{"name", name}, {"definition", definition}, {"roleArn", Role()}, {"type", type}})
            .GetString("stateMachineArn"));
  }
  // A machine of one or more states; the first one starts.
  std::string MakeOf(std::string_view name, std::string_view start, std::string_view states) {
    return Make(name, fmt::format(R"({{"StartAt":"{}","States":{}}})", start, states));
  }
  std::string Start(const std::string& machine, std::string_view input = "{}",
                    std::string_view name = {}) {
    json::Object call{{"stateMachineArn", machine}, {"input", input}};
    call.SetIfNotEmpty("name", name);
    return std::string(Do("stepfunctions", "StartExecution", call).GetString("executionArn"));
  }
  json::Object Describe(const std::string& execution) {
    return Do("stepfunctions", "DescribeExecution", {{"executionArn", execution}});
  }
  json::Array History(const std::string& execution) {
    return Do("stepfunctions", "GetExecutionHistory",
              {{"executionArn", execution}, {"maxResults", 1000}})
        .GetArray("events");
  }
  // "2 PassStateEntered < 0": id, type, previousEventId.
  std::vector<std::string> Events(const std::string& execution) {
    std::vector<std::string> lines;
    for (const json::Value& event : History(execution)) {
      const json::Object& one = event.AsObject();
      lines.push_back(fmt::format("{} {} < {}", one.GetInt("id"), one.GetString("type"),
                                  one.GetInt("previousEventId")));
    }
    return lines;
  }
  // Runs one machine to its end at once.
  json::Object Run(std::string_view start, std::string_view states, std::string_view input = "{}") {
    const std::string machine = MakeOf(fmt::format("m{}", ++machines_), start, states);
    const std::string execution = Start(machine, input);
    Advance(Milliseconds(1));
    return Describe(execution);
  }
  std::string Output(std::string_view start, std::string_view states,
                     std::string_view input = "{}") {
    const json::Object ended = Run(start, states, input);
    if (ended.GetString("status") == "SUCCEEDED") return std::string(ended.GetString("output"));
    return fmt::format("{} {}: {}", ended.GetString("status"), ended.GetString("error"),
                       ended.GetString("cause"));
  }
  // What a Pass state with these parameters makes of the input.
  std::string Filled(std::string_view parameters, std::string_view input = "{}") {
    return Output(
        "P", fmt::format(R"({{"P":{{"Type":"Pass","Parameters":{},"End":true}}}})", parameters),
        input);
  }

 private:
  int machines_ = 0;
};

}  // namespace trunkline::cloud::tests
