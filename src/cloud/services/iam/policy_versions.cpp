// Versions of managed policies: up to five, one of them the default.
#include "base/text.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kMaxVersions = 5;

ServiceError NoSuchVersion(const json::Object& input) {
  return NoSuchEntity(fmt::format("Policy {} version {} does not exist or is not attachable.",
                                  input.GetString("PolicyArn"), input.GetString("VersionId")));
}

// The version that an input names; of a policy that is not there it is missed, not the policy.
Answer<Record> FindVersion(Context& context, const json::Object& input) {
  const std::string id =
      fmt::format("{}:{}", input.GetString("PolicyArn"), input.GetString("VersionId"));
  if (const Record* record = context.store.Find(context.AccountScope(), kPolicyVersion, id))
    return *record;
  return NoSuchVersion(input);
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
  if (VersionsOf(context, policy.id).size() >= kMaxVersions) {
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
  if (const ManagedPolicy* managed = FindManagedPolicy(arn)) {
    if (input.GetString("VersionId") != kManagedVersion) return NoSuchVersion(input);
    return json::Object{{"PolicyVersion", ToManagedVersion(*managed, true)}};
  }
  TL_TRY(const Record record, FindVersion(context, input));
  TL_TRY(const Record policy, FindPolicy(context, arn));
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
  const std::vector<const Record*> versions = VersionsOf(context, policy.id);
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
  TL_TRY(const Record version, FindVersion(context, input));
  TL_TRY(Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  policy.body.Set("DefaultVersionId", version.name);
  policy.body.Set("UpdateDate", json::Number{EpochSeconds(context.Now())});
  context.store.Put(context.AccountScope(), kPolicy, std::move(policy));
  return json::Object();
}

Answer<> DeletePolicyVersion(Context& context, const json::Object& input) {
  TL_TRY(const Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  TL_TRY(const Record version, FindVersion(context, input));
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
