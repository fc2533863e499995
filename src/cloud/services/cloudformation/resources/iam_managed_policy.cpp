// AWS::IAM::ManagedPolicy: a changed document is a new default version; of the five there may be,
// the oldest goes first.
#include "base/json_write.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

net::aw<Answer<json::Array>> ListOtherVersions(WaitContext context, std::string policy) {
  json::Object input;
  input.Set("PolicyArn", policy);
  Answer<> answer = co_await context.Call("iam", "ListPolicyVersions", std::move(input));
  if (!answer && IsGone(answer.error().code)) co_return json::Array();
  if (!answer) co_return std::move(answer).error();
  json::Array others;
  for (const json::Value& version : answer->GetArray("Versions")) {
    if (!version.AsObject().GetBool("IsDefaultVersion")) others.push_back(version);
  }
  co_return others;
}

// The newest `kept` stay: IAM lists them newest first.
net::aw<Answer<void>> DeleteOldVersions(WaitContext context, std::string policy, std::size_t kept) {
  Answer<json::Array> others = co_await ListOtherVersions(context, policy);
  if (!others) co_return std::move(others).error();
  for (std::size_t i = kept; i < others->size(); ++i) {
    json::Object input;
    input.Set("PolicyArn", policy);
    input.Set("VersionId", (*others)[i].AsObject().GetString("VersionId"));
    Answer<void> done =
        co_await CallUnlessGone(context, "iam", "DeletePolicyVersion", std::move(input));
    if (!done) co_return done;
  }
  co_return Answer<void>();
}

net::aw<Answer<void>> DeleteVersions(WaitContext context, ResourceOrder order) {
  co_return co_await DeleteOldVersions(context, order.physical_id, 0);
}

net::aw<Answer<void>> ChangeVersion(WaitContext context, ResourceOrder order) {
  const json::Value* document = order.properties.Find("PolicyDocument");
  const json::Value* before = order.previous.Find("PolicyDocument");
  if (!document || !before || *document == *before) co_return Answer<void>();
  Answer<void> room = co_await DeleteOldVersions(context, order.physical_id, 3);
  if (!room) co_return room;
  json::Object input;
  input.Set("PolicyArn", order.physical_id);
  input.Set("PolicyDocument", document->IsString() ? document->AsString() : json::Write(*document));
  input.Set("SetAsDefault", true);
  Answer<> done = co_await context.Call("iam", "CreatePolicyVersion", std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

constexpr auto kProperties =
    Properties<"Description^ Groups ManagedPolicyName^ Path^ PolicyDocument*~ Roles Users Tags">();

constexpr auto kAttributes = Words<
    "AttachmentCount CreateDate DefaultVersionId IsAttachable "
    "PermissionsBoundaryUsageCount PolicyArn PolicyId UpdateDate">();

constexpr Name kNames[] = {
    {"ManagedPolicyName", "PolicyName"},
};

constexpr Name kValues[] = {
    {"PolicyArn", "Arn"},
};

constexpr Members kMembers[] = {
    {.property = "Roles",
     .add = "AttachRolePolicy",
     .remove = "DetachRolePolicy",
     .member = "RoleName",
     .clear_first = true},
    {.property = "Users",
     .add = "AttachUserPolicy",
     .remove = "DetachUserPolicy",
     .member = "UserName",
     .clear_first = true},
    {.property = "Groups",
     .add = "AttachGroupPolicy",
     .remove = "DetachGroupPolicy",
     .member = "GroupName",
     .clear_first = true},
};

constexpr Reading kReadings[] = {
    {"Roles", "ListEntitiesForPolicy", "PolicyRoles[].RoleName"},
    {"Users", "ListEntitiesForPolicy", "PolicyUsers[].UserName"},
    {"Groups", "ListEntitiesForPolicy", "PolicyGroups[].GroupName"},
};

constexpr Mapping kMapping{
    .type = "AWS::IAM::ManagedPolicy",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "iam",
    .create = "CreatePolicy",
    .describe = "GetPolicy",
    .described = "Policy",
    .remove = "DeletePolicy",
    .members = kMembers,
    .readings = kReadings,
    .id = "PolicyArn",
    .values = kValues,
    .names = kNames,
    .naming = {.property = "ManagedPolicyName", .limit = 128},
    .tag = "TagPolicy",
    .untag = "UntagPolicy",
    .tagged = "Arn",
    .after = ChangeVersion,
    .after_properties = "PolicyDocument",
    .clear = DeleteVersions,
};

}  // namespace

constinit const ResourceType kIamManagedPolicyType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  type.needs_named_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
