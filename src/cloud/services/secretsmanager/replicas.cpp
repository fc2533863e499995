#include "cloud/services/secretsmanager/replicas.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/secretsmanager/families.h"

namespace trunkline::cloud::secretsmanager {
namespace {

Scope ScopeIn(const Secret& secret, std::string_view region) {
  return {.account = secret.scope.account, .region = std::string(region)};
}

void DeleteVersions(Context& context, const Scope& scope, const std::string& name) {
  std::vector<std::string> ids;
  for (const Record* version : context.store.List(scope, kVersion, name))
    ids.push_back(version->id);
  for (const std::string& id : ids) context.store.Delete(scope, kVersion, id);
}

Secret ReplicaOf(const Secret& secret, const json::Object& status) {
  const Scope scope = ScopeIn(secret, status.GetString("Region"));
  Secret replica{.scope = scope, .record = secret.record};
  json::Object& body = replica.record.body;
  for (const std::string_view own :
       {"Policy", "ReplicationStatus", "DeletionJob", "RotationJob", "KmsKeyId"})
    body.Remove(own);
  body.SetIfNotEmpty("KmsKeyId", status.GetString("KmsKeyId"));
  body.Set("ARN", Replace(secret.Arn(), ":" + secret.scope.region + ":", ":" + scope.region + ":"));
  body.Set("PrimaryRegion", secret.scope.region);
  body.Set("Replica", true);
  return replica;
}

Answer<void> CopyVersions(Context& context, const Secret& secret, const Secret& replica) {
  DeleteVersions(context, replica.scope, replica.Name());
  std::vector<Record> versions;
  for (const Record* version : context.store.List(secret.scope, kVersion, secret.Name()))
    versions.push_back(*version);
  for (Record& version : versions) {
    TL_TRY(const std::optional<Plain> plain, OpenValue(context, secret, version));
    if (plain) TL_DO(SealValue(context, replica, *plain, version));
    SaveVersion(context, replica, std::move(version));
  }
  return {};
}

bool IsTaken(Context& context, const Secret& secret, std::string_view region) {
  const Record* there = context.store.Find(ScopeIn(secret, region), kSecret, secret.Name());
  return there && !there->body.GetBool("Replica");
}

Answer<> ReplicateSecretToRegions(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindWritableSecret(context, input));
  TL_TRY(json::Array status, AddReplicas(context, secret, input));
  Save(context, secret);
  TL_DO(UpdateReplicas(context, secret));
  return json::Object{{"ARN", secret.Arn()}, {"ReplicationStatus", std::move(status)}};
}

void Forget(Secret& secret, std::string_view region) {
  json::Array status = secret.record.body.GetArray("ReplicationStatus");
  std::erase_if(
      status, [&](const json::Value& one) { return one.AsObject().GetString("Region") == region; });
  secret.record.body.Set("ReplicationStatus", std::move(status));
}

Answer<> RemoveRegionsFromReplication(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindWritableSecret(context, input));
  for (const json::Value& region : input.GetArray("RemoveReplicaRegions")) {
    RemoveReplica(context, secret, region.AsString());
    Forget(secret, region.AsString());
  }
  json::Object answer{{"ARN", secret.Arn()},
                      {"ReplicationStatus", secret.record.body.GetArray("ReplicationStatus")}};
  Save(context, std::move(secret));
  return answer;
}

// The replica becomes a secret of its own.
Answer<> StopReplicationToReplica(Context& context, const json::Object& input) {
  TL_TRY(Secret replica, FindLiveSecret(context, input));
  if (!replica.record.body.GetBool("Replica")) {
    return ServiceError("InvalidRequestException",
                        "The operation is only permitted on a replica secret.");
  }
  const Scope home = ScopeIn(replica, replica.record.body.GetString("PrimaryRegion"));
  if (const Record* primary = context.store.Find(home, kSecret, replica.Name())) {
    Secret secret{.scope = home, .record = *primary};
    Forget(secret, replica.scope.region);
    Save(context, std::move(secret));
  }
  replica.record.body.Remove("Replica");
  replica.record.body.Remove("PrimaryRegion");
  json::Object answer{{"ARN", replica.Arn()}};
  Save(context, std::move(replica));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "RemoveRegionsFromReplication", .handle = RemoveRegionsFromReplication},
    {.name = "ReplicateSecretToRegions", .handle = ReplicateSecretToRegions},
    {.name = "StopReplicationToReplica", .handle = StopReplicationToReplica},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<json::Array> AddReplicas(Context& context, Secret& secret, const json::Object& input) {
  for (const json::Value& added : input.GetArray("AddReplicaRegions")) {
    json::Object status = added.AsObject();
    const std::string region(status.GetString("Region"));
    if (region == secret.scope.region) {
      return ServiceError("InvalidParameterException",
                          "Invalid replica region: the secret's own Region cannot be one.");
    }
    if (IsTaken(context, secret, region) && !input.GetBool("ForceOverwriteReplicaSecret")) {
      status.Set("Status", "Failed");
      status.Set("StatusMessage",
                 fmt::format("Replication failed: Secret name {} already exists in region {}",
                             secret.Name(), region));
    } else {
      status.Set("Status", "InSync");
    }
    Forget(secret, region);
    json::Array all = secret.record.body.GetArray("ReplicationStatus");
    all.push_back(std::move(status));
    secret.record.body.Set("ReplicationStatus", std::move(all));
  }
  secret.record.body.Set("PrimaryRegion", secret.scope.region);
  return secret.record.body.GetArray("ReplicationStatus");
}

void RemoveReplica(Context& context, const Secret& secret, std::string_view region) {
  const Scope scope = ScopeIn(secret, region);
  const Record* record = context.store.Find(scope, kSecret, secret.Name());
  if (!record || !record->body.GetBool("Replica")) return;
  DeleteVersions(context, scope, secret.Name());
  context.store.Delete(scope, kSecret, secret.Name());
}

Answer<void> UpdateReplicas(Context& context, const Secret& secret) {
  for (const json::Value& one : secret.record.body.GetArray("ReplicationStatus")) {
    const json::Object& status = one.AsObject();
    if (status.GetString("Status") != "InSync") continue;
    Secret replica = ReplicaOf(secret, status);
    TL_DO(CopyVersions(context, secret, replica));
    Save(context, std::move(replica));
  }
  return {};
}

constinit const Family kReplicaOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager
