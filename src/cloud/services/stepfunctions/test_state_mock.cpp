// Mocks of TestState: which states take one, and what it may say.
#include "base/json_read.h"
#include "cloud/services/stepfunctions/sdk_schema.h"
#include "cloud/services/stepfunctions/tasks.h"
#include "cloud/services/stepfunctions/test_state.h"

namespace trunkline::cloud::stepfunctions {
namespace {

bool IsFanOut(const Node& node) {
  return node.type == StateType::kParallel || node.type == StateType::kMap;
}

Answer<void> CheckUnmocked(const Node& node, const json::Object& input) {
  if (IsFanOut(node)) {
    return ServiceError("InvalidDefinition",
                        "TestState API does not support Map or Parallel states. Supported state "
                        "types include: [Task, Wait, Pass, Succeed, Fail, Choice]");
  }
  if (node.type != StateType::kTask) return {};
  const auto resource = ReadResource(node.body->GetString("Resource"));
  const bool request = resource && resource->pattern == Resource::Pattern::kRequest &&
                       resource->kind != Resource::Kind::kActivityArn;
  if (!request) {
    return InvalidTest(
        "The resource of this Task state is not supported when a mock is not specified");
  }
  if (!input.Has("roleArn"))
    return InvalidTest("RoleArn must be specified when testing a Task state");
  return {};
}

// A Map gives a list, or what its ResultWriter tells; a Parallel one result of each branch.
Answer<void> CheckFanOutResult(const Node& node, const json::Value& result) {
  if (node.type == StateType::kMap && node.body->Has("ResultWriter")) {
    if (result.IsObject()) return {};
    return InvalidTest("Mocked result must be a JSON object.");
  }
  if (!result.IsArray()) return InvalidTest("Mocked result must be an array.");
  if (node.type == StateType::kParallel &&
      result.AsArray().size() != node.body->GetArray("Branches").size()) {
    return InvalidTest(
        "Mocked result must contain the same number of items as number of Parallel branches.");
  }
  return {};
}

// What a token's task ends with is its own affair, and what a job ends with no operation says.
Answer<void> CheckTaskResult(const WaitContext& context, const Node& node, std::string_view mode,
                             const json::Value& result) {
  if (mode == "NONE") return {};
  const auto resource = ReadResource(node.body->GetString("Resource"));
  if (!resource || resource->pattern != Resource::Pattern::kRequest) return {};
  const aws::Shape* shape = OutputShapeOf(context, *resource);
  if (!shape || !result.IsObject()) return {};
  const std::string fault = SchemaFault(
      *shape, result.AsObject(), mode == "PRESENT" ? SchemaMode::kPresent : SchemaMode::kStrict);
  if (fault.empty()) return {};
  return InvalidTest(fmt::format("Mock result schema validation error: {}", fault));
}

}  // namespace

Answer<json::Value> ReadMock(const WaitContext& context, const Node& node,
                             const json::Object& input) {
  if (!input.Has("mock")) {
    TL_DO(CheckUnmocked(node, input));
    return json::Value();
  }
  const json::Object& mock = input.GetObject("mock");
  if (node.type != StateType::kTask && !IsFanOut(node)) {
    return InvalidTest(fmt::format("State type '{}' is not supported when a mock is specified",
                                   ToText(node.type)));
  }
  if (mock.Has("result") && mock.Has("errorOutput")) {
    return InvalidTest(
        "A test mock should have only one of the following fields: [result, errorOutput].");
  }
  if (input.GetBool("revealSecrets"))
    return InvalidTest("TestState does not support RevealSecrets when a mock is specified.");
  if (!mock.Has("result")) return json::Value();
  auto result = json::Parse(mock.GetString("result"));
  if (!result) return InvalidTest("Mocked result must be valid JSON");
  if (IsFanOut(node)) {
    TL_DO(CheckFanOutResult(node, *result));
  } else {
    TL_DO(CheckTaskResult(context, node, mock.GetString("fieldValidationMode", "STRICT"), *result));
  }
  return std::move(*result);
}

}  // namespace trunkline::cloud::stepfunctions
