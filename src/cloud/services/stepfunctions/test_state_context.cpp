// Context objects that callers of TestState make up.
#include <algorithm>
#include <span>

#include "cloud/services/stepfunctions/resource.h"
#include "cloud/services/stepfunctions/test_state.h"

namespace trunkline::cloud::stepfunctions {
namespace {

enum class Kind { kAny, kText, kNumber };

struct Field {
  std::string_view name;
  Kind kind;
};
using Fields = std::span<const Field>;

constexpr Field kExecution[] = {{"Id", Kind::kText},          {"Input", Kind::kAny},
                                {"Name", Kind::kText},        {"RedriveCount", Kind::kNumber},
                                {"RedriveTime", Kind::kText}, {"RoleArn", Kind::kText},
                                {"StartTime", Kind::kText}};
constexpr Field kState[] = {
    {"EnteredTime", Kind::kText}, {"Name", Kind::kText}, {"RetryCount", Kind::kNumber}};
constexpr Field kMachine[] = {{"Id", Kind::kText}, {"Name", Kind::kText}};
constexpr Field kTask[] = {{"Token", Kind::kText}};

struct Part {
  std::string_view name;
  Fields fields;
};
constexpr Part kParts[] = {
    {"Execution", kExecution}, {"State", kState}, {"StateMachine", kMachine}, {"Task", kTask}};

ServiceError BadContext(std::string_view why) {
  return InvalidTest(fmt::format("Invalid Context object provided: {}", why));
}

bool Fits(const json::Value& value, Kind kind) {
  return kind == Kind::kAny || (kind == Kind::kText ? value.IsString() : value.IsNumber());
}

Answer<void> CheckPart(const Part& part, const json::Value& value) {
  if (!value.IsObject()) return BadContext(fmt::format("{} must be an object", part.name));
  for (const auto& member : value.AsObject()) {
    const auto field = std::ranges::find(part.fields, member.key, &Field::name);
    if (field == part.fields.end())
      return BadContext(fmt::format("Field '{}' is not allowed", member.key));
    if (Fits(member.value, field->kind)) continue;
    return BadContext(fmt::format("{}.{} must be a {}", part.name, field->name,
                                  field->kind == Kind::kText ? "string" : "number"));
  }
  return {};
}

bool WaitsForTask(const Node& node) {
  const auto resource = ReadResource(node.body->GetString("Resource"));
  return node.type == StateType::kTask && resource &&
         resource->pattern != Resource::Pattern::kRequest;
}

}  // namespace

Answer<void> CheckContextObject(const json::Object& object, const Node& node) {
  for (const auto& member : object) {
    if (member.key == "Map")
      return BadContext("'Map' field is not supported when mocking a Context object");
    const auto* const part = std::ranges::find(kParts, member.key, &Part::name);
    if (part == std::end(kParts))
      return BadContext(fmt::format("Field '{}' is not allowed", member.key));
    TL_DO(CheckPart(*part, member.value));
  }
  if (object.Has("Task") && !WaitsForTask(node)) {
    return BadContext(
        "Context object contains 'Task' when state is not a Task state with a '.sync' or "
        "'.waitForTaskToken' service integration pattern");
  }
  return {};
}

}  // namespace trunkline::cloud::stepfunctions
