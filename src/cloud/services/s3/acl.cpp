// Access control lists: kept and given back, not enforced. A bucket whose owner is enforced (the
// default) takes none.
#include "cloud/services/s3/acl.h"

#include <algorithm>

#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/documents.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::string_view kEverybody = "http://acs.amazonaws.com/groups/global/AllUsers";
constexpr std::string_view kAuthenticated =
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

constexpr std::string_view kLogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

// A canned list's grants beside the owner's.
struct Canned {
  std::string_view name;
  std::string_view group;
  std::string_view permissions[2];
};
constexpr Canned kCanned[] = {
    {"private", "", {}},
    {"bucket-owner-full-control", "", {}},
    {"bucket-owner-read", "", {}},
    {"aws-exec-read", "", {}},
    {"public-read", kEverybody, {"READ", ""}},
    {"public-read-write", kEverybody, {"READ", "WRITE"}},
    {"authenticated-read", kAuthenticated, {"READ", ""}},
    {"log-delivery-write", kLogDelivery, {"WRITE", "READ_ACP"}},
};

json::Object OwnerGrant(std::string_view account) {
  json::Object grantee = ToOwner(account);
  grantee.Set("Type", "CanonicalUser");
  return {{"Grantee", std::move(grantee)}, {"Permission", "FULL_CONTROL"}};
}

json::Array ToGrants(std::string_view canned, std::string_view account) {
  json::Array grants{OwnerGrant(account)};
  const auto row = std::ranges::find(kCanned, canned, &Canned::name);
  if (row == std::end(kCanned)) return grants;
  for (const std::string_view permission : row->permissions) {
    if (permission.empty()) continue;
    grants.push_back(json::Object{{"Grantee", json::Object{{"Type", "Group"}, {"URI", row->group}}},
                                  {"Permission", permission}});
  }
  return grants;
}

// `acl` is a canned name, or the grants as they were put.
json::Object ToPolicy(const json::Value* acl, std::string_view account) {
  json::Array grants = acl && acl->IsArray()
                           ? acl->AsArray()
                           : ToGrants(acl ? acl->AsString() : std::string("private"), account);
  return {{"Owner", ToOwner(account)}, {"Grants", std::move(grants)}};
}

bool IsOwnerEnforced(Context& context, std::string_view bucket) {
  const Record* document = FindDocument(context, bucket, kOwnershipControlsDocument);
  if (!document) return false;
  return std::ranges::any_of(document->body.GetArray("Rules"), [](const json::Value& rule) {
    return rule.AsObject().GetString("ObjectOwnership") == "BucketOwnerEnforced";
  });
}

// The list that a request puts: canned by name, or grants.
Answer<json::Value> ReadAcl(Context& context, const json::Object& input, std::string_view bucket) {
  for (const std::string_view name :
       {"GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP"}) {
    if (!input.Has(name)) continue;
    return S3Error(
        Fault::kNotImplemented,
        "grants in headers are not implemented by the embedded cloud: use an AccessControlPolicy");
  }
  const json::Value* canned = input.Find("ACL");
  const json::Value* policy = input.Find("AccessControlPolicy");
  if ((canned != nullptr) == (policy != nullptr)) {
    return S3Error(Fault::kInvalidRequest, "Specify either a canned ACL or an AccessControlPolicy");
  }
  TL_DO(CheckAclTaken(context, bucket, canned ? canned->AsString() : std::string()));
  if (canned) return *canned;
  return json::Value(policy->AsObject().GetArray("Grants"));
}

Answer<> GetBucketAcl(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  return ToPolicy(bucket->body.Find("Acl"), bucket->parent);
}

Answer<> PutBucketAcl(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindBucket(context, input));
  TL_TRY(json::Value acl, ReadAcl(context, input, found->id));
  Record bucket = *found;
  bucket.body.Set("Acl", std::move(acl));
  context.store.Put(Context::GlobalScope(), kBucket, std::move(bucket));
  return json::Object();
}

Answer<> GetObjectAcl(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_TRY(const Record* version, FindAsked(context, input));
  return ToPolicy(version->body.Find("Acl"), bucket->parent);
}

Answer<> PutObjectAcl(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, FindAsked(context, input));
  TL_TRY(json::Value acl, ReadAcl(context, input, input.GetString("Bucket")));
  json::Object body = version->body;
  body.Set("Acl", std::move(acl));
  ReplaceVersion(context, *version, std::move(body));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "GetBucketAcl", .handle = GetBucketAcl},
    {.name = "GetObjectAcl", .handle = GetObjectAcl},
    {.name = "PutBucketAcl", .handle = PutBucketAcl},
    {.name = "PutObjectAcl", .handle = PutObjectAcl},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckAclTaken(Context& context, std::string_view bucket, std::string_view canned) {
  if (canned == "private" || canned == "bucket-owner-full-control") return {};
  if (IsOwnerEnforced(context, bucket)) return S3Error(Fault::kAccessControlListNotSupported);
  return {};
}

constinit const Family kAclOperations = kOperations;

}  // namespace trunkline::cloud::s3
