#include "cloud/function_access.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/access/condition.h"
#include "cloud/arn.h"
#include "cloud/callers.h"

namespace trunkline::cloud {
namespace {

bool Holds(const json::Value& wanted, std::string_view value) {
  if (wanted.IsString()) return access::MatchesWildcard(value, wanted.AsString());
  if (!wanted.IsArray()) return false;
  return std::ranges::any_of(wanted.AsArray(), [&](const json::Value& one) {
    return one.IsString() && access::MatchesWildcard(value, one.AsString());
  });
}

bool ConditionsHold(const json::Object& conditions, std::string_view source_arn) {
  const auto source = ParseArn(source_arn);
  for (const json::Member& condition : conditions) {
    if (!condition.value.IsObject()) return false;
    for (const json::Member& key : condition.value.AsObject()) {
      const std::string name = ToLower(key.key);
      const std::string_view value = name == "aws:sourcearn" ? source_arn
                                     : name == "aws:sourceaccount" && source
                                         ? std::string_view(source->account)
                                         : std::string_view();
      if (value.empty() || !Holds(key.value, value)) return false;
    }
  }
  return true;
}

bool NamesService(const json::Value& principal, std::string_view service) {
  if (principal.IsString()) return principal.AsString() == "*";
  if (!principal.IsObject()) return false;
  const json::Value* named = principal.AsObject().Find("Service");
  return named && Holds(*named, service);
}

}  // namespace

bool MayInvoke(Context& context, std::string_view function_arn, std::string_view service,
               std::string_view source_arn) {
  const auto arn = ParseArn(function_arn);
  if (!arn || arn->service != "lambda") return false;
  json::Object input{{"FunctionName", function_arn}};
  const auto answer =
      context.CallAs(RootCaller(arn->account), arn->region, "lambda", "GetPolicy", input);
  if (!answer) return false;
  const auto policy = json::Parse(answer->GetString("Policy"));
  if (!policy || !policy->IsObject()) return false;
  for (const json::Value& one : policy->AsObject().GetArray("Statement")) {
    const json::Object& statement = one.AsObject();
    const json::Value* principal = statement.Find("Principal");
    if (statement.GetString("Effect") == "Allow" && principal &&
        NamesService(*principal, service) &&
        ConditionsHold(statement.GetObject("Condition"), source_arn)) {
      return true;
    }
  }
  return false;
}

}  // namespace trunkline::cloud
