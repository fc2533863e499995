#include "tests/cloud/cloudformation/types_test.h"

#include <chrono>

#include <fmt/format.h>

#include "base/json_write.h"

namespace trunkline::cloud::tests {

std::string TypesTest::Status() {
  const json::Object answer = Do("cloudformation", "DescribeStacks", {{"StackName", stack_id_}});
  return std::string(answer.GetArray("Stacks")[0].AsObject().GetString("StackStatus"));
}

std::string TypesTest::Problems() {
  const json::Object answer =
      Do("cloudformation", "DescribeStackEvents", {{"StackName", stack_id_}});
  std::string problems;
  for (const json::Value& item : answer.GetArray("StackEvents")) {
    const json::Object& event = item.AsObject();
    if (!event.GetString("ResourceStatus").ends_with("FAILED")) continue;
    problems += fmt::format("{}: {}\n", event.GetString("LogicalResourceId"),
                            event.GetString("ResourceStatusReason"));
  }
  return problems;
}

void TypesTest::Begin(std::string_view yaml) {
  const bool fresh = stack_id_.empty();
  wanted_ = fresh ? "CREATE_COMPLETE" : "UPDATE_COMPLETE";
  json::Object input{{"StackName", "app"}, {"TemplateBody", yaml}};
  input.Set("Capabilities", json::Array{"CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"});
  const json::Object answer = Do("cloudformation", fresh ? "CreateStack" : "UpdateStack", input);
  stack_id_ = answer.GetString("StackId", stack_id_);
}

void TypesTest::Settle() {
  for (int i = 0; i < 100 && Status().ends_with("IN_PROGRESS"); ++i) Advance(Milliseconds(500));
}

void TypesTest::Finish() {
  Settle();
  EXPECT_EQ(Status(), wanted_) << Problems();
}

void TypesTest::Deploy(std::string_view yaml) {
  Begin(yaml);
  Finish();
}

std::string TypesTest::DeployFails(std::string_view yaml, std::string_view logical_id) {
  Begin(yaml);
  Settle();
  EXPECT_THAT(Status(), ::testing::HasSubstr("ROLLBACK_COMPLETE"));
  const std::string problems = Problems();
  const std::size_t start = problems.find(fmt::format("{}: ", logical_id));
  if (start == std::string::npos) return "(did not fail) " + problems;
  return problems.substr(start, problems.find('\n', start) - start);
}

std::string TypesTest::Run(std::string_view yaml) {
  Begin(yaml);
  Settle();
  return Status();
}

std::string TypesTest::RunDeletion() {
  Do("cloudformation", "DeleteStack", {{"StackName", "app"}});
  Settle();
  const std::string status = Status();
  if (status == "DELETE_COMPLETE") stack_id_.clear();
  return status;
}

void TypesTest::Delete() {
  EXPECT_EQ(RunDeletion(), "DELETE_COMPLETE") << Problems();
}

std::string TypesTest::Output(std::string_view key) {
  const json::Object answer = Do("cloudformation", "DescribeStacks", {{"StackName", stack_id_}});
  for (const json::Value& output : answer.GetArray("Stacks")[0].AsObject().GetArray("Outputs")) {
    if (output.AsObject().GetString("OutputKey") == key)
      return std::string(output.AsObject().GetString("OutputValue"));
  }
  return "(no such output)";
}

std::string TypesTest::PhysicalId(std::string_view logical_id) {
  const Answered answer = Ask("cloudformation", "DescribeStackResource",
                              {{"StackName", "app"}, {"LogicalResourceId", logical_id}});
  return std::string(
      answer.output.GetObject("StackResourceDetail").GetString("PhysicalResourceId"));
}

std::string TypesTest::Drift() {
  const json::Object begun = Do("cloudformation", "DetectStackDrift", {{"StackName", "app"}});
  for (int i = 0; i < 10; ++i) Advance(Milliseconds(500));
  const json::Object status =
      Do("cloudformation", "DescribeStackDriftDetectionStatus",
         {{"StackDriftDetectionId", begun.GetString("StackDriftDetectionId")}});
  if (status.GetString("StackDriftStatus") == "IN_SYNC") return "IN_SYNC";
  const json::Object drifts =
      Do("cloudformation", "DescribeStackResourceDrifts", {{"StackName", "app"}});
  std::string text = std::string(status.GetString("DetectionStatusReason"));
  for (const json::Value& item : drifts.GetArray("StackResourceDrifts")) {
    const json::Object& drift = item.AsObject();
    if (drift.GetString("StackResourceDriftStatus") == "IN_SYNC") continue;
    text += fmt::format("{} {} {}\n", drift.GetString("LogicalResourceId"),
                        drift.GetString("StackResourceDriftStatus"),
                        json::Write(drift.GetArray("PropertyDifferences")));
  }
  return text;
}

}  // namespace trunkline::cloud::tests
