#include "cloud/services/iam/managed_policies.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::int64_t kCreated = 1423166400;  // 2015-02-06, when AWS introduced managed policies

json::Object Allow(std::string_view element, std::string_view actions) {
  json::Array listed;
  for (const std::string_view action : Split(actions, ' ')) listed.emplace_back(action);
  json::Object statement{{"Effect", "Allow"}};
  statement.Set(element, std::move(listed));
  statement.Set("Resource", "*");
  return statement;
}

}  // namespace

std::string ManagedArn(const ManagedPolicy& policy) {
  return std::string(kManagedPrefix) + std::string(policy.path.substr(1)) +
         std::string(policy.name);
}

const ManagedPolicy* FindManagedPolicy(std::string_view arn) {
  if (!arn.starts_with(kManagedPrefix)) return nullptr;
  const std::string_view name = arn.substr(arn.rfind('/') + 1);
  const std::span<const ManagedPolicy> all = AllManagedPolicies();
  const auto found = std::ranges::lower_bound(all, name, {}, &ManagedPolicy::name);
  const bool same = found != all.end() && ManagedArn(*found) == arn;
  return same ? &*found : nullptr;
}

std::string ManagedDocument(const ManagedPolicy& policy) {
  json::Array statements;
  if (!policy.all_but.empty()) statements.push_back(Allow("NotAction", policy.all_but));
  statements.push_back(Allow("Action", policy.actions));
  return json::Write(json::Object{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}});
}

json::Object ToPolicy(Context& context, const ManagedPolicy& policy) {
  const std::string arn = ManagedArn(policy);
  const UsageCount usage = CountUsage(context, arn);
  // AWS's ids look like those of customers' policies and never change.
  const std::string id = "ANPA" + ToUpper(ToHex(Sha256(arn)).substr(0, 17));
  return {{"PolicyName", policy.name},
          {"PolicyId", id},
          {"Arn", arn},
          {"Path", policy.path},
          {"DefaultVersionId", kManagedVersion},
          {"AttachmentCount", usage.attached},
          {"PermissionsBoundaryUsageCount", usage.boundary},
          {"IsAttachable", true},
          {"CreateDate", kCreated},
          {"UpdateDate", kCreated}};
}

json::Object ToManagedVersion(const ManagedPolicy& policy, bool with_document) {
  json::Object version;
  if (with_document) version.Set("Document", PercentEncode(ManagedDocument(policy)));
  version.Set("VersionId", kManagedVersion);
  version.Set("IsDefaultVersion", true);
  version.Set("CreateDate", kCreated);
  return version;
}

}  // namespace trunkline::cloud::iam
