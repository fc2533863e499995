#include "cloud/services/iam/entities.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::int64_t kDefaultPage = 100;
constexpr std::size_t kUniqueLength = 17;
constexpr std::string_view kServiceRolePath = "/aws-service-role/";

}  // namespace

ServiceError NoSuchEntity(std::string_view text) {
  return {"NoSuchEntityException", text};
}
ServiceError AlreadyExists(std::string_view text) {
  return {"EntityAlreadyExistsException", text};
}
ServiceError DeleteConflict(std::string_view text) {
  return {"DeleteConflictException", text};
}
ServiceError LimitExceeded(std::string_view text) {
  return {"LimitExceededException", text};
}
ServiceError MalformedPolicy(std::string_view text) {
  return {"MalformedPolicyDocumentException", text};
}

Answer<Record> FindRole(Context& context, std::string_view name) {
  if (const Record* role = context.store.Find(context.AccountScope(), kRole, name)) return *role;
  return NoSuchEntity("The role with name " + std::string(name) + " cannot be found.");
}

Answer<Record> FindPolicy(Context& context, std::string_view arn) {
  if (const Record* policy = context.store.Find(context.AccountScope(), kPolicy, arn))
    return *policy;
  return NoSuchEntity("Policy " + std::string(arn) + " was not found.");
}

std::vector<const Record*> VersionsOf(Context& context, std::string_view policy_arn) {
  std::vector<const Record*> versions =
      context.store.List(context.AccountScope(), kPolicyVersion, policy_arn);
  const auto number = [](const Record* version) {
    return ToInt(std::string_view(version->name).substr(1)).value_or(0);
  };
  std::ranges::sort(versions, std::ranges::greater(), number);
  return versions;
}

Answer<void> CheckModifiable(const Record& role) {
  if (!role.body.GetString("Path").starts_with(kServiceRolePath)) return {};
  return ServiceError("UnmodifiableEntityException",
                      "Cannot perform the operation on the protected role '" + role.id +
                          "' - this role is only modifiable by AWS");
}

std::string NewUniqueId(Context& context, std::string_view prefix) {
  return std::string(prefix) + NewToken(context.random, kUniqueLength, kUpperAlphanumeric);
}

std::string IamArn(const Context& context, std::string_view what) {
  return "arn:aws:iam::" + context.caller.account + ":" + std::string(what);
}

void SetBoundaryAndTags(json::Object& answer, const Record& record) {
  if (const json::Value* boundary = record.body.Find("PermissionsBoundary")) {
    answer.Set("PermissionsBoundary", json::Object{{"PermissionsBoundaryType", "Policy"},
                                                   {"PermissionsBoundaryArn", *boundary}});
  }
  const json::Array& tags = record.body.GetArray("Tags");
  if (!tags.empty()) answer.Set("Tags", tags);
}

json::Object ToBriefRole(const Record& role) {
  const json::Object& body = role.body;
  return {{"Path", body.At("Path")},
          {"RoleName", body.At("RoleName")},
          {"RoleId", body.At("RoleId")},
          {"Arn", body.At("Arn")},
          {"CreateDate", body.At("CreateDate")},
          {"AssumeRolePolicyDocument", PercentEncode(body.GetString("AssumeRolePolicyDocument"))}};
}

json::Object ToListedRole(const Record& role) {
  json::Object answer = ToBriefRole(role);
  answer.SetIfNotEmpty("Description", role.body.GetString("Description"));
  answer.Set("MaxSessionDuration", role.body.At("MaxSessionDuration"));
  return answer;
}

json::Object ToRole(const Record& role) {
  json::Object answer = ToListedRole(role);
  SetBoundaryAndTags(answer, role);
  answer.Set("RoleLastUsed", json::Object());
  return answer;
}

json::Object ToPolicy(Context& context, const Record& policy) {
  const UsageCount usage = CountUsage(context, policy.id);
  json::Object answer{{"PolicyName", policy.body.At("PolicyName")},
                      {"PolicyId", policy.body.At("PolicyId")},
                      {"Arn", policy.id},
                      {"Path", policy.body.At("Path")},
                      {"DefaultVersionId", policy.body.At("DefaultVersionId")},
                      {"AttachmentCount", usage.attached},
                      {"PermissionsBoundaryUsageCount", usage.boundary},
                      {"IsAttachable", true}};
  answer.SetIfNotEmpty("Description", policy.body.GetString("Description"));
  answer.Set("CreateDate", policy.body.At("CreateDate"));
  answer.Set("UpdateDate", policy.body.At("UpdateDate"));
  return answer;
}

ByPath ListByPath(Context& context, Kind kind, const json::Object& input) {
  ByPath found{
      .prefix = std::string(input.GetString("PathPrefix", "/")), .records = {}, .names = {}};
  for (const Record* record : context.store.List(context.AccountScope(), kind)) {
    if (!record->body.GetString("Path").starts_with(found.prefix)) continue;
    found.records.push_back(record);
    found.names.push_back(record->name);
  }
  return found;
}

Answer<Page> TakePage(const json::Object& input, std::string_view listing,
                      const std::vector<std::string>& keys) {
  Page page;
  if (const std::string_view marker = input.GetString("Marker"); !marker.empty()) {
    const std::optional<std::string> last = ReadListToken(listing, marker);
    if (!last) return ServiceError("ValidationError", "Invalid Marker.");
    const auto after = std::ranges::upper_bound(keys, *last);
    page.begin = static_cast<std::size_t>(after - keys.begin());
  }
  const auto limit = static_cast<std::size_t>(input.GetInt("MaxItems", kDefaultPage));
  page.end = std::min(keys.size(), page.begin + limit);
  if (page.end < keys.size()) page.next = MakeListToken(listing, keys[page.end - 1]);
  return page;
}

void SetPage(json::Object& answer, const Page& page) {
  answer.Set("IsTruncated", !page.next.empty());
  answer.SetIfNotEmpty("Marker", page.next);
}

}  // namespace trunkline::cloud::iam
