#include "cloud/services/cloudformation/template/mapped.h"

#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<void> Check(const Scope& scope, const json::Value& value);

Answer<void> CheckAll(const Scope& scope, const json::Array& values) {
  for (const json::Value& value : values) TL_DO(Check(scope, value));
  return {};
}

// Only the branch that is taken.
Answer<void> CheckIf(const Scope& scope, const json::Value& argument) {
  if (!argument.IsArray() || argument.AsArray().size() != 3) return {};
  const json::Array& parts = argument.AsArray();
  if (!parts[0].IsString()) return {};
  return Check(scope, Holds(scope, parts[0].AsString()) ? parts[1] : parts[2]);
}

Answer<void> Check(const Scope& scope, const json::Value& value) {
  if (value.IsArray()) return CheckAll(scope, value.AsArray());
  if (!value.IsObject()) return {};
  if (const auto call = AsCall(value)) {
    if (call->name == "Fn::If") return CheckIf(scope, *call->argument);
    if (call->name == "Fn::FindInMap") {
      TL_DO(Evaluate(scope, value));
      return {};
    }
  }
  for (const json::Member& member : value.AsObject()) TL_DO(Check(scope, member.value));
  return {};
}

}  // namespace

Answer<void> CheckMapped(const Scope& scope, const Dependencies& dependencies) {
  if (scope.document->Section("Mappings").empty()) return {};
  for (const TemplateResource& resource : scope.document->resources) {
    if (!dependencies.contains(resource.name)) continue;
    TL_DO(Check(scope, json::Value(resource.properties)));
  }
  for (const json::Member& output : scope.document->Section("Outputs")) {
    const json::Object& body = output.value.AsObject();
    if (Holds(scope, body.GetString("Condition"))) TL_DO(Check(scope, body.At("Value")));
  }
  return {};
}

}  // namespace trunkline::cloud::cloudformation
