// Versions of managed policies: up to five, one of them the default.
#include <algorithm>

#include "base/text.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kMaxVersions = 5;

std::int64_t NumberOf(const Record& version) {
  return ToInt(std::string_view(version.name).substr(1)).value_or(0);
}

// Newest first, as IAM lists them.
std::vector<const Record*> VersionsOf(Context& context, const Record& policy) {
  std::vector<const Record*> versions =
      context.store.List(context.AccountScope(), kPolicyVersion, policy.id);
  std::ranges::sort(versions, std::ranges::greater(),
                    [](const Record* version) { return NumberOf(*version); });
  return versions;
}

Answer<Record> FindVersion(Context& context, const Record& policy, std::string_view version) {
  const std::string id = policy.id + ":" + std::string(version);
  if (const Record* record = context.store.Find(context.AccountScope(), kPolicyVersion, id))
    return *record;
  return NoSuchEntity("Policy " + policy.id + " version " + std::string(version) +
                      " does not exist or is not attachable.");
}

json::Object ToVersion(const Record& version, const Record& policy, bool with_document) {
  json::Object answer;
  if (with_document) answer.Set("Document", PercentEncode(version.body.GetString("Document")));
  answer.Set("VersionId", version.name);
  answer.Set("IsDefaultVersion", version.name == policy.body.GetString("DefaultVersionId"));
  answer.Set("CreateDate", version.body.At("CreateDate"));
  return answer;
}

Answer<> CreatePolicyVersion(Context& context, const json::Object& input) {
  TL_TRY(Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  TL_DO(CheckManagedPolicy(input.GetString("PolicyDocument")));
  if (VersionsOf(context, policy).size() >= kMaxVersions) {
    return LimitExceeded(
        "A managed policy can have up to 5 versions. Before you create a new version, you must "
        "delete an existing "
        "version.");
  }
  const std::int64_t number = policy.body.GetInt("LastVersion") + 1;
  const std::string name = "v" + std::to_string(number);
  const json::Number now{EpochSeconds(context.Now())};
  const Record version{
      .id = policy.id + ":" + name,
      .parent = policy.id,
      .name = name,
      .body = {{"VersionId", name}, {"Document", input.At("PolicyDocument")}, {"CreateDate", now}}};
  context.store.Put(context.AccountScope(), kPolicyVersion, version);
  policy.body.Set("LastVersion", number);
  policy.body.Set("UpdateDate", now);
  if (input.GetBool("SetAsDefault")) policy.body.Set("DefaultVersionId", name);
  context.store.Put(context.AccountScope(), kPolicy, policy);
  return json::Object{{"PolicyVersion", ToVersion(version, policy, false)}};
}

Answer<> GetPolicyVersion(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("PolicyArn");
  const std::string_view version = input.GetString("VersionId");
  if (const ManagedPolicy* managed = FindManagedPolicy(arn)) {
    if (version != kManagedVersion) {
      return NoSuchEntity("Policy " + std::string(arn) + " version " + std::string(version) +
                          " does not exist or is not attachable.");
    }
    return json::Object{{"PolicyVersion", ToManagedVersion(*managed, true)}};
  }
  TL_TRY(const Record policy, FindPolicy(context, arn));
  TL_TRY(const Record record, FindVersion(context, policy, version));
  return json::Object{{"PolicyVersion", ToVersion(record, policy, true)}};
}

Answer<> ListPolicyVersions(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("PolicyArn");
  json::Array shown;
  if (const ManagedPolicy* managed = FindManagedPolicy(arn)) {
    shown.push_back(ToManagedVersion(*managed, false));
    return json::Object{{"Versions", std::move(shown)}, {"IsTruncated", false}};
  }
  TL_TRY(const Record policy, FindPolicy(context, arn));
  const std::vector<const Record*> versions = VersionsOf(context, policy);
  // Marker continues behind a version: there are five at most, so places in the list are their
  // keys.
  std::vector<std::string> places;
  for (std::size_t i = 0; i < versions.size(); ++i) places.push_back(std::to_string(i));
  TL_TRY(const Page page, TakePage(input, "ListPolicyVersions " + policy.id, places));
  for (std::size_t i = page.begin; i < page.end; ++i)
    shown.push_back(ToVersion(*versions[i], policy, false));
  json::Object answer{{"Versions", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

Answer<> SetDefaultPolicyVersion(Context& context, const json::Object& input) {
  TL_TRY(Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  TL_TRY(const Record version, FindVersion(context, policy, input.GetString("VersionId")));
  policy.body.Set("DefaultVersionId", version.name);
  policy.body.Set("UpdateDate", json::Number{EpochSeconds(context.Now())});
  context.store.Put(context.AccountScope(), kPolicy, std::move(policy));
  return json::Object();
}

Answer<> DeletePolicyVersion(Context& context, const json::Object& input) {
  TL_TRY(const Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  TL_TRY(const Record version, FindVersion(context, policy, input.GetString("VersionId")));
  if (version.name == policy.body.GetString("DefaultVersionId")) {
    return DeleteConflict("Cannot delete the default version of a policy.");
  }
  context.store.Delete(context.AccountScope(), kPolicyVersion, version.id);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreatePolicyVersion", .handle = CreatePolicyVersion},
    {.name = "DeletePolicyVersion", .handle = DeletePolicyVersion},
    {.name = "GetPolicyVersion", .handle = GetPolicyVersion},
    {.name = "ListPolicyVersions", .handle = ListPolicyVersions},
    {.name = "SetDefaultPolicyVersion", .handle = SetDefaultPolicyVersion},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyVersionOperations = kOperations;

}  // namespace trunkline::cloud::iam
