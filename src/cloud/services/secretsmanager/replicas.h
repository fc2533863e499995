// Replicas: copies of a secret in other Regions, sealed by a KMS key of theirs.
#pragma once

#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud::secretsmanager {

// Names new Regions (AddReplicaRegions) in the secret's ReplicationStatus, which is answered.
// InvalidParameterException for its own Region; a taken name there fails unless it may be replaced.
Answer<json::Array> AddReplicas(Context& context, Secret& secret, const json::Object& input);
// Deletes the copies.
void RemoveReplica(Context& context, const Secret& secret, std::string_view region);

}  // namespace trunkline::cloud::secretsmanager
