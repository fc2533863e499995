// GetAccountAuthorizationDetails: all identities and policies of the account with their documents,
// in pages over users, groups, roles and policies.
#include <algorithm>

#include "base/text.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/instance_profiles.h"
#include "cloud/services/iam/managed_policies.h"
#include "cloud/services/iam/users.h"

namespace trunkline::cloud::iam {
namespace {

void AddPolicies(Context& context, const Holder& holder, const Record& record,
                 json::Object& detail) {
  json::Array inline_policies = ShowInline(context, holder, record);
  // Users alone have no empty list.
  if (!inline_policies.empty() || holder.word != "user")
    detail.Set(fmt::format("{}PolicyList", holder.title), std::move(inline_policies));
  detail.Set("AttachedManagedPolicies", ShowAttached(record));
}

json::Object DetailOf(Context& context, const Record& record, const Holder& holder) {
  json::Object detail;
  if (holder.word == "user") {
    detail = ToUser(record);
    detail.Set("GroupList", record.body.GetArray("Groups"));
    detail.Set("Tags", record.body.GetArray("Tags"));
  } else if (holder.word == "group") {
    detail = ToGroup(record);
  } else {
    detail = ToRole(record);
    detail.Remove("Description");
    detail.Remove("MaxSessionDuration");
    json::Array profiles;
    for (const Record* profile : ProfilesWith(context, record.id)) {
      profiles.push_back(ToInstanceProfile(context, *profile));
    }
    detail.Set("InstanceProfileList", std::move(profiles));
    detail.Set("Tags", record.body.GetArray("Tags"));
  }
  AddPolicies(context, holder, record, detail);
  return detail;
}

json::Object DetailOf(Context& context, const Record& policy) {
  json::Object detail = ToPolicy(context, policy);
  json::Array versions;
  for (const Record* version : VersionsOf(context, policy.id)) {
    versions.push_back(json::Object{
        {"Document", PercentEncode(version->body.GetString("Document"))},
        {"VersionId", version->name},
        {"IsDefaultVersion", version->name == policy.body.GetString("DefaultVersionId")},
        {"CreateDate", version->body.At("CreateDate")}});
  }
  detail.Set("PolicyVersionList", std::move(versions));
  return detail;
}

json::Object DetailOf(Context& context, const ManagedPolicy& policy) {
  json::Object detail = ToPolicy(context, policy);
  json::Array versions;
  versions.push_back(ToManagedVersion(policy, true));
  detail.Set("PolicyVersionList", std::move(versions));
  return detail;
}

// Something to show: where, and in which order of all.
struct Item {
  std::string key;
  std::string_view list;  // "UserDetailList"
  const Holder* holder = nullptr;
  const Record* record = nullptr;
  const ManagedPolicy* managed = nullptr;
};

bool IsWanted(const json::Object& input, std::string_view sort) {
  const json::Array& filter = input.GetArray("Filter");
  return filter.empty() || std::ranges::any_of(filter, [&](const json::Value& one) {
           return one.AsString() == sort;
         });
}

void AddHolders(Context& context, const json::Object& input, std::vector<Item>& items) {
  constexpr std::array<std::string_view, 3> kLists = {"GroupDetailList", "RoleDetailList",
                                                      "UserDetailList"};
  for (std::size_t i = 0; i < kHolders.size(); ++i) {
    const Holder& holder = kHolders[i];
    if (!IsWanted(input, holder.title)) continue;
    for (const Record* record : context.store.List(context.AccountScope(), holder.kind)) {
      items.push_back({.key = fmt::format("{}/{}", holder.word, record->name),
                       .list = kLists[i],
                       .holder = &holder,
                       .record = record});
    }
  }
}

// Of the policies AWS manages only those in use.
void AddManaged(Context& context, const json::Object& input, std::vector<Item>& items) {
  if (IsWanted(input, "LocalManagedPolicy")) {
    for (const Record* policy : context.store.List(context.AccountScope(), kPolicy)) {
      items.push_back({.key = "managed/" + policy->id, .list = "Policies", .record = policy});
    }
  }
  if (!IsWanted(input, "AWSManagedPolicy")) return;
  for (const ManagedPolicy& managed : AllManagedPolicies()) {
    const std::string arn = ManagedArn(managed);
    const UsageCount usage = CountUsage(context, arn);
    if (usage.attached + usage.boundary == 0) continue;
    items.push_back({.key = "managed/" + arn, .list = "Policies", .managed = &managed});
  }
}

json::Object DetailOf(Context& context, const Item& item) {
  if (item.managed) return DetailOf(context, *item.managed);
  return item.holder ? DetailOf(context, *item.record, *item.holder)
                     : DetailOf(context, *item.record);
}

Answer<> GetAccountAuthorizationDetails(Context& context, const json::Object& input) {
  std::vector<Item> items;
  AddHolders(context, input, items);
  AddManaged(context, input, items);
  std::ranges::sort(items, {}, &Item::key);
  std::vector<std::string> keys;
  for (const Item& item : items) keys.push_back(item.key);
  TL_TRY(const Page page, TakePage(input, "GetAccountAuthorizationDetails", keys));

  json::Object answer;
  for (const char* list : {"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"}) {
    answer.Set(list, json::Array());
  }
  for (std::size_t i = page.begin; i < page.end; ++i) {
    answer[items[i].list].AsArray().push_back(DetailOf(context, items[i]));
  }
  SetPage(answer, page);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "GetAccountAuthorizationDetails", .handle = GetAccountAuthorizationDetails},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAuthorizationDetailOperations = kOperations;

}  // namespace trunkline::cloud::iam
