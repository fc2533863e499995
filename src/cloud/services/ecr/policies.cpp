// Policies of repositories (who else may name them), lifecycle policies (kept, never applied), and
// the registry itself.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "cloud/services/ecr/families.h"
#include "cloud/services/ecr/repository.h"

namespace trunkline::cloud::ecr {
namespace {

struct PolicyKind {
  std::string_view member;  // of the record
  std::string_view text;    // of inputs and answers
  std::string_view missing;
  std::string_view name;
};
constexpr PolicyKind kAccess{"Policy", "policyText", "RepositoryPolicyNotFoundException",
                             "Repository policy"};
constexpr PolicyKind kLifecycle{"LifecyclePolicy", "lifecyclePolicyText",
                                "LifecyclePolicyNotFoundException", "Lifecycle policy"};

Answer<> Put(Context& context, const json::Object& input, const PolicyKind& kind) {
  TL_TRY(Repository repository, FindRepository(context, input));
  repository.record.body.Set(kind.member, input.GetString(kind.text));
  json::Object answer = ToAnswer(repository);
  answer.Set(kind.text, input.GetString(kind.text));
  Save(context, std::move(repository));
  return answer;
}

Answer<> Get(Context& context, const json::Object& input, const PolicyKind& kind, bool remove) {
  TL_TRY(Repository repository, FindRepository(context, input));
  const std::string text(repository.record.body.GetString(kind.member));
  if (text.empty()) {
    return ServiceError(kind.missing,
                        fmt::format("{} does not exist for the repository with name '{}' in the "
                                    "registry with id '{}'",
                                    kind.name, repository.Name(), repository.scope.account));
  }
  json::Object answer = ToAnswer(repository);
  answer.Set(kind.text, text);
  if (!remove) return answer;
  repository.record.body.Remove(kind.member);
  Save(context, std::move(repository));
  return answer;
}

Answer<> SetRepositoryPolicy(Context& context, const json::Object& input) {
  // A repository's policy names no resource: it is its own.
  auto policy = json::Parse(input.GetString("policyText"));
  const bool document = policy && policy->IsObject() && policy->AsObject().Has("Statement");
  if (!document) {
    return Invalid(
        "PolicyText' failed to satisfy constraint: 'Invalid repository policy "
        "provided");
  }
  return Put(context, input, kAccess);
}

Answer<> GetRepositoryPolicy(Context& context, const json::Object& input) {
  return Get(context, input, kAccess, false);
}

Answer<> DeleteRepositoryPolicy(Context& context, const json::Object& input) {
  return Get(context, input, kAccess, true);
}

Answer<> PutLifecyclePolicy(Context& context, const json::Object& input) {
  const auto policy = json::Parse(input.GetString("lifecyclePolicyText"));
  if (!policy || !policy->IsObject() || policy->AsObject().GetArray("rules").empty()) {
    return Invalid(
        "LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy "
        "validation failure: expected an object with rules");
  }
  return Put(context, input, kLifecycle);
}

Answer<> GetLifecyclePolicy(Context& context, const json::Object& input) {
  return Get(context, input, kLifecycle, false);
}

Answer<> DeleteLifecyclePolicy(Context& context, const json::Object& input) {
  return Get(context, input, kLifecycle, true);
}

constexpr Operation kPolicies[] = {
    {.name = "DeleteLifecyclePolicy", .handle = DeleteLifecyclePolicy},
    {.name = "DeleteRepositoryPolicy", .handle = DeleteRepositoryPolicy},
    {.name = "GetLifecyclePolicy", .handle = GetLifecyclePolicy},
    {.name = "GetRepositoryPolicy", .handle = GetRepositoryPolicy},
    {.name = "PutLifecyclePolicy", .handle = PutLifecyclePolicy},
    {.name = "SetRepositoryPolicy", .handle = SetRepositoryPolicy},
};
static_assert(InOrder(kPolicies));

// ---- the registry

Answer<> DescribeRegistry(Context& context, const json::Object& input) {
  static_cast<void>(input);
  return json::Object{{"registryId", context.caller.account},
                      {"replicationConfiguration", json::Object{{"rules", json::Array()}}}};
}

// PutRegistryPolicy is not implemented, so there never is one.
Answer<> GetRegistryPolicy(Context& context, const json::Object& input) {
  static_cast<void>(input);
  return ServiceError("RegistryPolicyNotFoundException",
                      fmt::format("Registry policy does not exist in the registry with id '{}'",
                                  context.caller.account));
}

// Good for nothing yet: the registry's own protocol is not spoken.
Answer<> GetAuthorizationToken(Context& context, const json::Object& input) {
  constexpr auto kLifetime = std::chrono::hours(12);
  constexpr std::size_t kLength = 64;
  json::Array registries = input.GetArray("registryIds");
  if (registries.empty()) registries.emplace_back(context.caller.account);
  json::Array data;
  for (const json::Value& registry : registries) {
    static_cast<void>(registry);
    const std::string token = "AWS:" + NewToken(context.random, kLength, kAlphanumeric);
    data.push_back(json::Object{
        {"authorizationToken", ToBase64(token)},
        {"expiresAt", json::Number{EpochSeconds(context.real_clock.Now() + kLifetime)}},
        {"proxyEndpoint", context.endpoint}});
  }
  return json::Object{{"authorizationData", std::move(data)}};
}

constexpr Operation kRegistry[] = {
    {.name = "DescribeRegistry", .handle = DescribeRegistry},
    {.name = "GetAuthorizationToken", .handle = GetAuthorizationToken},
    {.name = "GetRegistryPolicy", .handle = GetRegistryPolicy},
};
static_assert(InOrder(kRegistry));

}  // namespace

constinit const Family kPolicyOperations = kPolicies;
constinit const Family kRegistryOperations = kRegistry;

}  // namespace trunkline::cloud::ecr
