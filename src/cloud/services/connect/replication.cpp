#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/jobs.h"
#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/instance_parts.h"
#include "cloud/services/connect/replication_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/traffic_groups.h"

namespace trunkline::cloud {

namespace connect {
namespace {

// AWS takes from minutes to hours.
constexpr Milliseconds kReplicationTime = std::chrono::minutes(10);

json::Object Replication(std::string_view source, std::string_view replica,
                         std::string_view status) {
  json::Array rows;
  for (const std::string_view region : {source, replica}) {
    json::Object row;
    row.Set("Region", region);
    row.Set("ReplicationStatus", status);
    rows.emplace_back(std::move(row));
  }
  json::Object replication;
  replication.Set("ReplicationStatusSummaryList", std::move(rows));
  replication.Set("SourceRegion", source);
  return replication;
}

Answer<void> FinishReplication(Context& context, const json::Object& payload) {
  const std::string_view id = payload.GetString("InstanceId");
  const Scope to{context.caller.account, std::string(payload.GetString("ReplicaRegion"))};
  const Record* found = context.store.Find(context.RegionScope(), kInstance, id);
  const Record* made = context.store.Find(to, kInstance, id);
  if (found == nullptr || made == nullptr) return {};  // deleted meanwhile
  const json::Object replication = Replication(context.region, to.region, kReplicated);
  Record source = *found;
  Record replica = *made;
  CopyParts(context, source, to);
  PutDefaultTrafficGroup(context, source, to.region);
  source.body.Set(kReplication, replication);
  replica.body.Set(kReplication, replication);
  replica.body.Set("InstanceStatus", "ACTIVE");
  context.store.Put(context.RegionScope(), kInstance, std::move(source));
  context.store.Put(to, kInstance, std::move(replica));
  return {};
}

}  // namespace
}  // namespace connect

extern constinit const JobKind kReplicateInstanceJob{.name = "connect.replicate-instance",
                                                     .run = connect::FinishReplication};

namespace connect {
namespace {

// The Regions AWS replicates between (admin guide).
struct Pair {
  std::string_view one;
  std::string_view other;
};
constexpr std::array<Pair, 3> kPairs = {{{"us-east-1", "us-west-2"},
                                         {"eu-central-1", "eu-west-2"},
                                         {"ap-northeast-1", "ap-northeast-3"}}};

Answer<void> CheckRegion(std::string_view source, std::string_view replica) {
  const auto joins = [&](const Pair& pair) {
    return (pair.one == source && pair.other == replica) ||
           (pair.one == replica && pair.other == source);
  };
  if (std::ranges::any_of(kPairs, joins)) return {};
  return InvalidRequest(
      fmt::format("an instance in {} cannot be replicated to {}", source, replica));
}

Answer<void> CheckSource(const Record& instance) {
  const json::Object& body = instance.body;
  if (body.GetString("InstanceStatus") != "ACTIVE") {
    return ServiceError("ResourceNotReadyException",
                        fmt::format("instance '{}' has the status {}: it must be ACTIVE",
                                    NameOf(instance), body.GetString("InstanceStatus")));
  }
  if (body.Has(kReplication)) {
    return ServiceError("ResourceConflictException",
                        fmt::format("instance '{}' is replicated already", NameOf(instance)));
  }
  if (body.GetString("IdentityManagementType") == "SAML") return {};
  return InvalidRequest(
      fmt::format("only an instance with the identity management type SAML can be replicated: '{}' "
                  "has {}",
                  NameOf(instance), body.GetString("IdentityManagementType")));
}

Answer<void> CheckQuota(Context& context, const Scope& scope) {
  const std::size_t count = context.store.List(scope, kInstance).size();
  if (count < context.settings.connect_instances) return {};
  return ServiceError("ServiceQuotaExceededException",
                      fmt::format("account {} already has {} instances in Region {}: the quota",
                                  scope.account, count, scope.region));
}

// The same instance elsewhere, under its own alias.
Record NewReplica(Context& context, const Record& source, const Scope& to, std::string_view alias) {
  Record replica = source;
  replica.name = alias;
  replica.body.Set(
      "Arn", fmt::format("arn:aws:connect:{}:{}:instance/{}", to.region, to.account, source.id));
  replica.body.Set("InstanceAlias", alias);
  replica.body.Set("InstanceAccessUrl", AccessUrl(alias));
  replica.body.Set("CreatedTime", Now(context));
  replica.body.Set("InstanceStatus", "CREATION_IN_PROGRESS");
  return replica;
}

Answer<> ReplicateInstance(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "ReplicateInstance", input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* found, FindInstance(context, input));
  Record source = *found;
  TL_DO(CheckSource(source));
  const Scope to{context.caller.account, std::string(input.GetString("ReplicaRegion"))};
  TL_DO(CheckRegion(context.region, to.region));
  TL_DO(CheckQuota(context, to));
  const std::string_view alias = input.GetString("ReplicaAlias");
  TL_DO(TakeAlias(context, to.region, alias, source.id));

  Record replica = NewReplica(context, source, to, alias);
  const json::Object replication =
      Replication(context.region, to.region, "INSTANCE_REPLICATION_IN_PROGRESS");
  source.body.Set(kReplication, replication);
  replica.body.Set(kReplication, replication);
  json::Object output;
  CopyMembers(replica.body, {"Id", "Arn"}, output);
  json::Object job;
  job.Set("InstanceId", source.id);
  job.Set("ReplicaRegion", to.region);
  context.store.Put(context.RegionScope(), kInstance, std::move(source));
  context.store.Put(to, kInstance, std::move(replica));
  context.jobs.Schedule(context, kReplicateInstanceJob, std::move(job), kReplicationTime);
  RememberAnswer(context, "ReplicateInstance", input, output);
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "ReplicateInstance", .handle = ReplicateInstance},
};
static_assert(InOrder(kOperations));

std::string_view SourceRegion(const Record& instance) {
  return instance.body.GetObject(kReplication).GetString("SourceRegion");
}

}  // namespace

Answer<void> CheckNotReplicated(Context& context, const Record& instance) {
  const std::string_view source = SourceRegion(instance);
  if (source.empty()) return {};
  if (source == context.region) {
    return InvalidRequest(
        fmt::format("instance '{}' has a replica in Region {}, which has to be deleted first",
                    NameOf(instance), OtherRegion(context, context.RegionScope(), instance.id)));
  }
  const Scope scope{context.caller.account, std::string(source)};
  return CheckNoTrafficGroups(context, scope, instance.id);
}

void EndReplication(Context& context, const Record& replica) {
  const std::string_view region = SourceRegion(replica);
  if (region.empty()) return;
  const Scope scope{context.caller.account, std::string(region)};
  DeleteTrafficGroups(context, scope, replica.id);
  const Record* found = context.store.Find(scope, kInstance, replica.id);
  if (found == nullptr) return;
  Record source = *found;
  source.body.Remove(kReplication);
  context.store.Put(scope, kInstance, std::move(source));
}

extern constinit const Family kReplicationOperations = kOperations;

}  // namespace connect
}  // namespace trunkline::cloud
