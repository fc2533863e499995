// Key policies: kept and shown; they decide only which other accounts may name the key.
#include "cloud/policy_document.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"

namespace trunkline::cloud::kms {
namespace {

constexpr std::string_view kOnlyName = "default";
constexpr std::size_t kLargestPolicy = 32768;  // bytes; KMS quotas

Answer<void> CheckPolicyName(const json::Object& input) {
  if (input.GetString("PolicyName", kOnlyName) == kOnlyName) return {};
  return ServiceError("NotFoundException", "No such policy exists");
}

Answer<> GetKeyPolicy(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindOwnKey(context, input));
  TL_DO(CheckPolicyName(input));
  return json::Object{{"Policy", key.record.body.GetString("Policy")}, {"PolicyName", kOnlyName}};
}

Answer<> PutKeyPolicy(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindChangeableKey(context, input));
  TL_DO(RequireNotDeleting(key));
  TL_DO(CheckPolicyName(input));
  const std::string_view policy = input.GetString("Policy");
  if (policy.size() > kLargestPolicy)
    return ServiceError("LimitExceededException", "The key policy is larger than 32768 bytes.");
  if (const auto problem = FindPolicyProblem(policy, PolicyUse::kResource))
    return ServiceError("MalformedPolicyDocumentException", *problem);
  key.record.body.Set("Policy", policy);
  Save(context, std::move(key));
  return json::Object();
}

Answer<> ListKeyPolicies(Context& context, const json::Object& input) {
  TL_DO(FindOwnKey(context, input));
  if (input.Has("Marker")) return WrongMarker();
  return json::Object{{"PolicyNames", json::Array{kOnlyName}}, {"Truncated", false}};
}

constexpr Operation kOperations[] = {
    {.name = "GetKeyPolicy", .handle = GetKeyPolicy},
    {.name = "ListKeyPolicies", .handle = ListKeyPolicies},
    {.name = "PutKeyPolicy", .handle = PutKeyPolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyOperations = kOperations;

}  // namespace trunkline::cloud::kms
