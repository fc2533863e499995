// Managed policies attached to roles, users and groups.
#include <algorithm>

#include "cloud/operation_names.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kMaxAttached = 10;

template <const Holder& holder>
Answer<> Attach(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindChangeable(context, holder, input));
  const std::string arn(input.GetString("PolicyArn"));
  TL_DO(CheckAttachable(context, arn));
  json::Array attached = record.body.GetArray("AttachedPolicies");
  if (std::ranges::find(attached, json::Value(arn)) != attached.end()) return json::Object();
  if (attached.size() >= kMaxAttached) {
    return LimitExceeded(fmt::format("Cannot exceed quota for PoliciesPer{}: 10", holder.title));
  }
  attached.push_back(arn);
  record.body.Set("AttachedPolicies", std::move(attached));
  context.store.Put(context.AccountScope(), holder.kind, std::move(record));
  return json::Object();
}

template <const Holder& holder>
Answer<> Detach(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindChangeable(context, holder, input));
  const std::string arn(input.GetString("PolicyArn"));
  json::Array attached = record.body.GetArray("AttachedPolicies");
  if (std::erase(attached, json::Value(arn)) == 0)
    return NoSuchEntity("Policy " + arn + " was not found.");
  record.body.Set("AttachedPolicies", std::move(attached));
  context.store.Put(context.AccountScope(), holder.kind, std::move(record));
  return json::Object();
}

// "/service-role/" of "arn:aws:iam::aws:policy/service-role/Name".
std::string_view PathOf(std::string_view arn) {
  const std::size_t begin = arn.find(":policy/") + std::string_view(":policy").size();
  return arn.substr(begin, arn.rfind('/') + 1 - begin);
}

template <const Holder& holder>
Answer<> List(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindHolder(context, holder, input));
  const std::string_view prefix = input.GetString("PathPrefix", "/");
  json::Array all = ShowAttached(record);
  const auto arn_of = [](const json::Value& policy) {
    return policy.AsObject().GetString("PolicyArn");
  };
  std::erase_if(
      all, [&](const json::Value& policy) { return !PathOf(arn_of(policy)).starts_with(prefix); });
  std::vector<std::string> arns;
  for (const json::Value& policy : all) arns.emplace_back(arn_of(policy));
  const std::string listing = fmt::format("Attached {} {} {}", holder.word, record.id, prefix);
  TL_TRY(const Page page, TakePage(input, listing, arns));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) shown.push_back(std::move(all[i]));
  json::Object answer{{"AttachedPolicies", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

template <const Holder& holder>
Answer<> PutBoundary(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindChangeable(context, holder, input));
  TL_DO(CheckBoundary(context, input.GetString("PermissionsBoundary")));
  record.body.Set("PermissionsBoundary", input.At("PermissionsBoundary"));
  context.store.Put(context.AccountScope(), holder.kind, std::move(record));
  return json::Object();
}

template <const Holder& holder>
Answer<> DeleteBoundary(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindChangeable(context, holder, input));
  if (!record.body.Remove("PermissionsBoundary")) {
    return NoSuchEntity(
        fmt::format("{} {} does not have a permissions boundary.", holder.title, record.id));
  }
  context.store.Put(context.AccountScope(), holder.kind, std::move(record));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "AttachGroupPolicy", .handle = Attach<kGroupHolder>},
    {.name = "AttachRolePolicy", .handle = Attach<kRoleHolder>},
    {.name = "AttachUserPolicy", .handle = Attach<kUserHolder>},
    {.name = "DeleteRolePermissionsBoundary", .handle = DeleteBoundary<kRoleHolder>},
    {.name = "DeleteUserPermissionsBoundary", .handle = DeleteBoundary<kUserHolder>},
    {.name = "DetachGroupPolicy", .handle = Detach<kGroupHolder>},
    {.name = "DetachRolePolicy", .handle = Detach<kRoleHolder>},
    {.name = "DetachUserPolicy", .handle = Detach<kUserHolder>},
    {.name = "ListAttachedGroupPolicies", .handle = List<kGroupHolder>},
    {.name = "ListAttachedRolePolicies", .handle = List<kRoleHolder>},
    {.name = "ListAttachedUserPolicies", .handle = List<kUserHolder>},
    {.name = "PutRolePermissionsBoundary", .handle = PutBoundary<kRoleHolder>},
    {.name = "PutUserPermissionsBoundary", .handle = PutBoundary<kUserHolder>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kAttachmentOperations = kOperations;

}  // namespace trunkline::cloud::iam
