// Managed policies: those of the account, and AWS's own to read.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kMaxPolicies = 1500;

Answer<> CreatePolicy(Context& context, const json::Object& input) {
  const std::string name(input.GetString("PolicyName"));
  if (context.store.FindByName(context.AccountScope(), kPolicy, "", ToLower(name))) {
    return AlreadyExists("A policy called " + name +
                         " already exists. Duplicate names are not allowed.");
  }
  if (context.store.List(context.AccountScope(), kPolicy).size() >= kMaxPolicies) {
    return LimitExceeded("Cannot exceed quota for PoliciesPerAccount: 1500.");
  }
  TL_DO(CheckManagedPolicy(input.GetString("PolicyDocument")));
  TL_DO(CheckTags(input.GetArray("Tags"), TagKeys::kExact));

  const std::string path(input.GetString("Path", "/"));
  const std::string arn = IamArn(context, "policy" + path + name);
  const json::Number now{EpochSeconds(context.Now())};
  json::Object body{{"PolicyName", name}, {"PolicyId", NewUniqueId(context, "ANPA")},
                    {"Path", path},       {"DefaultVersionId", "v1"},
                    {"LastVersion", 1},   {"CreateDate", now},
                    {"UpdateDate", now},  {"Tags", input.GetArray("Tags")}};
  body.SetIfNotEmpty("Description", input.GetString("Description"));
  const Record policy{.id = arn, .parent = "", .name = ToLower(name), .body = std::move(body)};
  context.store.Put(context.AccountScope(), kPolicy, policy);
  context.store.Put(
      context.AccountScope(), kPolicyVersion,
      {.id = arn + ":v1",
       .parent = arn,
       .name = "v1",
       .body = {
           {"VersionId", "v1"}, {"Document", input.At("PolicyDocument")}, {"CreateDate", now}}});

  json::Object answer = ToPolicy(context, policy);
  answer.Remove("Description");  // CreatePolicy alone leaves it out
  if (!policy.body.GetArray("Tags").empty()) answer.Set("Tags", policy.body.GetArray("Tags"));
  return json::Object{{"Policy", std::move(answer)}};
}

Answer<> GetPolicy(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("PolicyArn");
  if (const ManagedPolicy* managed = FindManagedPolicy(arn)) {
    return json::Object{{"Policy", ToPolicy(context, *managed)}};
  }
  TL_TRY(const Record policy, FindPolicy(context, arn));
  json::Object answer = ToPolicy(context, policy);
  answer.Set("Tags", policy.body.GetArray("Tags"));
  return json::Object{{"Policy", std::move(answer)}};
}

bool IsWanted(const json::Object& policy, const json::Object& input) {
  if (!policy.GetString("Path").starts_with(input.GetString("PathPrefix", "/"))) return false;
  const std::string_view usage = input.GetString("PolicyUsageFilter");
  const bool attached = policy.GetInt("AttachmentCount") > 0;
  const bool boundary = policy.GetInt("PermissionsBoundaryUsageCount") > 0;
  if (input.GetBool("OnlyAttached") && usage.empty()) return attached || boundary;
  if (usage == "PermissionsPolicy") return attached || !input.GetBool("OnlyAttached");
  if (usage == "PermissionsBoundary") return boundary;
  return true;
}

Answer<> ListPolicies(Context& context, const json::Object& input) {
  const std::string_view scope = input.GetString("Scope", "All");
  std::map<std::string, json::Object> policies;  // by ARN
  if (scope != "AWS") {
    for (const Record* policy : context.store.List(context.AccountScope(), kPolicy)) {
      json::Object shown = ToPolicy(context, *policy);
      shown.Remove("Description");
      policies.emplace(policy->id, std::move(shown));
    }
  }
  if (scope != "Local") {
    for (const ManagedPolicy& managed : AllManagedPolicies()) {
      policies.emplace(ManagedArn(managed), ToPolicy(context, managed));
    }
  }
  std::erase_if(policies, [&](const auto& entry) { return !IsWanted(entry.second, input); });

  std::vector<std::string> arns;
  for (const auto& [arn, policy] : policies) arns.push_back(arn);
  const std::string listing =
      fmt::format("ListPolicies {} {} {}", scope, input.GetString("PathPrefix", "/"),
                  input.GetBool("OnlyAttached"));
  TL_TRY(const Page page, TakePage(input, listing, arns));
  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) shown.push_back(policies.at(arns[i]));
  json::Object answer{{"Policies", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

Answer<> DeletePolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  const UsageCount usage = CountUsage(context, policy.id);
  if (usage.attached != 0 || usage.boundary != 0) {
    return DeleteConflict("Cannot delete a policy attached to entities.");
  }
  const std::vector<const Record*> versions =
      context.store.List(context.AccountScope(), kPolicyVersion, policy.id);
  if (versions.size() > 1) {
    return DeleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the "
        "policy's versions. The default version is deleted with the policy.");
  }
  const std::string default_version =
      policy.id + ":" + std::string(policy.body.GetString("DefaultVersionId"));
  context.store.Delete(context.AccountScope(), kPolicyVersion, default_version);
  context.store.Delete(context.AccountScope(), kPolicy, policy.id);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreatePolicy", .handle = CreatePolicy},
    {.name = "DeletePolicy", .handle = DeletePolicy},
    {.name = "GetPolicy", .handle = GetPolicy},
    {.name = "ListPolicies", .handle = ListPolicies},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyOperations = kOperations;

}  // namespace trunkline::cloud::iam
