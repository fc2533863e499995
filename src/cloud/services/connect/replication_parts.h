// Replicas: an instance in two Regions.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::connect {

// In an instance's record, as DescribeInstance shows it beside the instance: SourceRegion and
// ReplicationStatusSummaryList with a row for each of the two Regions.
inline constexpr std::string_view kReplication = "ReplicationConfiguration";
inline constexpr std::string_view kReplicated = "INSTANCE_REPLICATION_COMPLETE";

// Copies what AWS mirrors of the source, which is in the current Region, with ARNs of the other
// one: flows, modules, queues, users and what else a contact center is made of, with their ids.
// Functions, bots, storage, origins and keys stay behind.
void CopyParts(Context& context, const Record& source, const Scope& to);

// Whether the instance may be deleted: a source only after its replica, a replica only after the
// traffic distribution groups (InvalidRequestException).
Answer<void> CheckNotReplicated(Context& context, const Record& instance);
// After a replica's deletion: its source is alone again.
void EndReplication(Context& context, const Record& replica);

}  // namespace trunkline::cloud::connect
