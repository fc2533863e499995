// Resource policies: kept; they decide which other accounts may name the secret.
#include <algorithm>

#include "cloud/policy_document.h"
#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud::secretsmanager {
namespace {

bool IsPublic(std::string_view policy) {
  const auto principals = AwsPrincipals(policy);
  return std::ranges::find(principals, "*") != principals.end();
}

Answer<> PutResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindLiveSecret(context, input));
  const std::string_view policy = input.GetString("ResourcePolicy");
  if (const auto problem = FindPolicyProblem(policy, PolicyUse::kResource))
    return ServiceError("MalformedPolicyDocumentException", *problem);
  if (input.GetBool("BlockPublicPolicy") && IsPublic(policy)) {
    return ServiceError("PublicPolicyException",
                        "The BlockPublicPolicy parameter is set to true, and the resource policy "
                        "did not prevent broad access to the secret.");
  }
  secret.record.body.Set("Policy", policy);
  json::Object answer = ToAnswer(secret);
  Save(context, std::move(secret));
  return answer;
}

Answer<> GetResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(const Secret secret, FindLiveSecret(context, input));
  json::Object answer = ToAnswer(secret);
  answer.SetIfNotEmpty("ResourcePolicy", secret.record.body.GetString("Policy"));
  return answer;
}

Answer<> DeleteResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindLiveSecret(context, input));
  secret.record.body.Remove("Policy");
  json::Object answer = ToAnswer(secret);
  Save(context, std::move(secret));
  return answer;
}

Answer<> ValidateResourcePolicy(Context& context, const json::Object& input) {
  if (input.Has("SecretId")) TL_DO(FindLiveSecret(context, input));
  const std::string_view policy = input.GetString("ResourcePolicy");
  json::Array errors;
  const auto add = [&](std::string_view check, std::string_view message) {
    errors.push_back(json::Object{{"CheckName", check}, {"ErrorMessage", message}});
  };
  if (const auto problem = FindPolicyProblem(policy, PolicyUse::kResource)) {
    add("POLICY_SYNTAX", *problem);
  } else if (IsPublic(policy)) {
    add("PUBLIC_POLICY", "The resource policy lets everybody access the secret.");
  }
  return json::Object{{"PolicyValidationPassed", errors.empty()},
                      {"ValidationErrors", std::move(errors)}};
}

constexpr Operation kOperations[] = {
    {.name = "DeleteResourcePolicy", .handle = DeleteResourcePolicy},
    {.name = "GetResourcePolicy", .handle = GetResourcePolicy},
    {.name = "PutResourcePolicy", .handle = PutResourcePolicy},
    {.name = "ValidateResourcePolicy", .handle = ValidateResourcePolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager
