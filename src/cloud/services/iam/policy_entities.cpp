// Who uses a managed policy: groups, roles and users in one listing.
#include <algorithm>

#include "cloud/services/iam/families.h"
#include "cloud/services/iam/holders.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::iam {
namespace {

struct Entity {
  std::string key;  // the order of the listing
  const Holder* holder;
  const Record* record;
};

std::vector<const Record*> Wanted(const PolicyUsage& usage, std::string_view filter) {
  std::vector<const Record*> records;
  if (filter != "PermissionsBoundary") records = usage.attached;
  if (filter == "PermissionsPolicy") return records;
  for (const Record* record : usage.boundary) {
    if (std::ranges::find(records, record) == records.end()) records.push_back(record);
  }
  return records;
}

// EntityFilter names a sort of identity; its sorts of managed policies match none (seen).
bool IsWanted(const Holder& holder, std::string_view filter) {
  return filter.empty() || filter == holder.title;
}

std::vector<Entity> FindEntities(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("PolicyArn");
  const std::string_view prefix = input.GetString("PathPrefix", "/");
  std::vector<Entity> entities;
  for (const Holder& holder : kHolders) {
    if (!IsWanted(holder, input.GetString("EntityFilter"))) continue;
    const PolicyUsage usage = FindUsage(context, holder, arn);
    for (const Record* record : Wanted(usage, input.GetString("PolicyUsageFilter"))) {
      if (!record->body.GetString("Path").starts_with(prefix)) continue;
      entities.push_back({.key = fmt::format("{}/{}", holder.word, record->name),
                          .holder = &holder,
                          .record = record});
    }
  }
  std::ranges::sort(entities, {}, &Entity::key);
  return entities;
}

Answer<> ListEntitiesForPolicy(Context& context, const json::Object& input) {
  const std::string arn(input.GetString("PolicyArn"));
  if (!FindManagedPolicy(arn) && !context.store.Find(context.AccountScope(), kPolicy, arn))
    return NoSuchEntity("Policy " + arn + " does not exist or is not attachable.");
  const std::vector<Entity> entities = FindEntities(context, input);
  std::vector<std::string> keys;
  for (const Entity& entity : entities) keys.push_back(entity.key);
  TL_TRY(const Page page, TakePage(input, "ListEntitiesForPolicy " + arn, keys));

  json::Object answer{{"PolicyGroups", json::Array()},
                      {"PolicyUsers", json::Array()},
                      {"PolicyRoles", json::Array()}};
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const Holder& holder = *entities[i].holder;
    const std::string id = fmt::format("{}Id", holder.title);
    answer[fmt::format("Policy{}s", holder.title)].AsArray().push_back(
        json::Object{{std::string(holder.member), entities[i].record->id},
                     {id, entities[i].record->body.At(id)}});
  }
  SetPage(answer, page);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListEntitiesForPolicy", .handle = ListEntitiesForPolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyEntityOperations = kOperations;

}  // namespace trunkline::cloud::iam
