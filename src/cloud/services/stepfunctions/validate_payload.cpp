// Templates and expressions, wherever they stand.
#include "cloud/services/stepfunctions/checker.h"
#include "cloud/services/stepfunctions/intrinsic.h"
#include "cloud/services/stepfunctions/payload.h"

namespace trunkline::cloud::stepfunctions {

void CheckTemplate(Checker& checker, const json::Value& form, const std::string& location) {
  if (form.IsArray()) {
    for (const json::Value& item : form.AsArray()) CheckTemplate(checker, item, location);
  }
  if (!form.IsObject()) return;
  for (const auto& member : form.AsObject()) {
    const bool text = member.value.IsString();
    if (!member.key.ends_with(".$")) {
      CheckTemplate(checker, member.value, location);
      if (text && (member.value.AsString().starts_with("$.") ||
                   member.value.AsString().starts_with("States."))) {
        checker.Warn("NO_DOLLAR",
                     fmt::format("The field name '{}' does not end with '.$', but its value looks "
                                 "like a JSONPath or an intrinsic function",
                                 member.key),
                     fmt::format("{}/{}", location, member.key));
      }
      continue;
    }
    const bool good = text && (LooksIntrinsic(member.value.AsString())
                                   ? ParseIntrinsic(member.value.AsString()).ok()
                                   : ParseRooted(member.value.AsString()).ok());
    if (!good) {
      checker.Schema(fmt::format("The value for the field '{}' must be a valid JSONPath or a valid "
                                 "intrinsic function call",
                                 member.key),
                     location);
    }
  }
}

void CheckExpressions(Checker& checker, const json::Value& form, const std::string& location) {
  if (form.IsArray()) {
    for (const json::Value& item : form.AsArray()) CheckExpressions(checker, item, location);
  } else if (form.IsObject()) {
    for (const auto& member : form.AsObject()) {
      CheckExpressions(checker, member.value, fmt::format("{}/{}", location, member.key));
    }
  } else if (IsExpression(form)) {
    const auto checked = CheckExpression(form.AsString());
    if (checked) return;
    checker.Schema(
        fmt::format("The JSONata expression is not valid: {}", checked.error().message()),
        location);
  }
}

}  // namespace trunkline::cloud::stepfunctions
