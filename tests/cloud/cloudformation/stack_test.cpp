#include "tests/cloud/cloudformation/stack_test.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"

namespace trunkline::cloud::tests {
namespace {

json::Object With(json::Object input, const json::Object& more) {
  for (const json::Member& member : more) input.Set(member.key, member.value);
  return input;
}

}  // namespace

json::Object StackTest::Parameter(json::Value name, json::Value value, json::Object more) {
  json::Object properties{{"Type", "String"}, {"Value", std::move(value)}};
  if (!name.IsNull()) properties.Set("Name", std::move(name));
  return With({{"Type", "AWS::SSM::Parameter"}, {"Properties", std::move(properties)}}, more);
}

std::string StackTest::Template(json::Object resources, json::Object sections) {
  sections.Set("Resources", std::move(resources));
  return json::Write(json::Value(std::move(sections)));
}

std::string StackTest::Create(std::string_view name, const std::string& body, json::Object more) {
  Do("cloudformation", "CreateStack", With({{"StackName", name}, {"TemplateBody", body}}, more));
  Advance(std::chrono::seconds(1));
  return Status(name);
}

std::string StackTest::Update(std::string_view name, const std::string& body, json::Object more) {
  Do("cloudformation", "UpdateStack", With({{"StackName", name}, {"TemplateBody", body}}, more));
  Advance(std::chrono::seconds(1));
  return Status(name);
}

std::string StackTest::Delete(std::string_view name, json::Object more) {
  const std::string id(Stack(name).GetString("StackId"));
  Do("cloudformation", "DeleteStack", With({{"StackName", name}}, more));
  Advance(std::chrono::seconds(1));
  return Status(id);
}

json::Object StackTest::Stack(std::string_view name) {
  const json::Object answer = Do("cloudformation", "DescribeStacks", {{"StackName", name}});
  const json::Array& stacks = answer.GetArray("Stacks");
  return stacks.empty() ? json::Object() : stacks[0].AsObject();
}

std::string StackTest::Status(std::string_view name) {
  return std::string(Stack(name).GetString("StackStatus"));
}

std::string StackTest::Output(std::string_view name, std::string_view key) {
  const json::Object stack = Stack(name);
  for (const json::Value& output : stack.GetArray("Outputs")) {
    if (output.AsObject().GetString("OutputKey") == key)
      return std::string(output.AsObject().GetString("OutputValue"));
  }
  return "(none)";
}

std::vector<std::string> StackTest::Events(std::string_view name) {
  const json::Object answer = Do("cloudformation", "DescribeStackEvents", {{"StackName", name}});
  std::vector<std::string> lines;
  for (const json::Value& item : answer.GetArray("StackEvents")) {
    const json::Object& event = item.AsObject();
    const bool own = event.GetString("LogicalResourceId") == event.GetString("StackName");
    lines.push_back(fmt::format("{} {}", own ? "stack" : event.GetString("LogicalResourceId"),
                                event.GetString("ResourceStatus")));
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::string StackTest::Reason(std::string_view name, std::string_view logical_id,
                              std::string_view status) {
  const json::Object answer = Do("cloudformation", "DescribeStackEvents", {{"StackName", name}});
  for (const json::Value& item : answer.GetArray("StackEvents")) {
    const json::Object& event = item.AsObject();
    if (event.GetString("LogicalResourceId") == logical_id &&
        event.GetString("ResourceStatus") == status)
      return std::string(event.GetString("ResourceStatusReason"));
  }
  return "(no such event)";
}

std::vector<std::string> StackTest::ParameterStore() {
  const json::Object answer =
      Do("ssm", "GetParametersByPath", {{"Path", "/"}, {"Recursive", true}});
  std::vector<std::string> lines;
  for (const json::Value& item : answer.GetArray("Parameters")) {
    lines.push_back(fmt::format("{}={}", item.AsObject().GetString("Name"),
                                item.AsObject().GetString("Value")));
  }
  return lines;
}

}  // namespace trunkline::cloud::tests
