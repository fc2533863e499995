#include "cloud/services/stepfunctions/payload.h"

#include "base/json_write.h"
#include "cloud/services/stepfunctions/intrinsic.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::string_view kSuffix = ".$";

Outcome<> FillMember(const json::Member& member, const PathScope& scope) {
  if (!member.value.IsString()) {
    return RuntimeFailure(
        fmt::format("The value for the field '{}' must be a STRING that contains "
                    "a JSONPath but was {}",
                    member.key, member.value.TypeName()));
  }
  return FillField(member.value.AsString(), member.key, scope);
}

}  // namespace

Outcome<> FillField(std::string_view text, std::string_view field, const PathScope& scope) {
  if (LooksIntrinsic(text)) return EvaluateIntrinsic(text, scope);
  const auto path = ParseRooted(text);
  if (!path) {
    return RuntimeFailure(
        fmt::format("The value for the field '{}' must be a valid JSONPath or a valid intrinsic "
                    "function call",
                    field));
  }
  TL_TRY(PathResult found, FindPath(*path, scope));
  if (found.value) return std::move(*found.value);
  // An index behind the end of an array yields null here (seen).
  if (found.past_end) return json::Value();
  return RuntimeFailure(
      fmt::format("The JSONPath '{}' specified for the field '{}' could not be found in the input "
                  "'{}'",
                  text, field, json::Write(scope.input)));
}

Outcome<> FillTemplate(const json::Value& form, const PathScope& scope) {
  if (form.IsArray()) {
    json::Array filled;
    for (const json::Value& item : form.AsArray()) {
      TL_TRY(json::Value value, FillTemplate(item, scope));
      filled.push_back(std::move(value));
    }
    return json::Value(std::move(filled));
  }
  if (!form.IsObject()) return form;
  json::Object filled;
  for (const auto& member : form.AsObject()) {
    if (member.key.ends_with(kSuffix)) {
      TL_TRY(json::Value value, FillMember(member, scope));
      filled.Set(member.key.substr(0, member.key.size() - kSuffix.size()), std::move(value));
    } else {
      TL_TRY(json::Value value, FillTemplate(member.value, scope));
      filled.Set(member.key, std::move(value));
    }
  }
  return json::Value(std::move(filled));
}

}  // namespace trunkline::cloud::stepfunctions
