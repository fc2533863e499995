// What the two types of DynamoDB tables have in common: everything but the creation, brought from
// how the table is to how it is wanted, one UpdateTable after the other.
#pragma once

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/cloudformation/mapping/mapping.h"
#include "cloud/services/cloudformation/resource_type.h"
#include "cloud/wait.h"
#include "net/async.h"

namespace trunkline::cloud::cloudformation {

// A template's spelling of streams, encryption and policies to the API's.
void SpellTableSettings(json::Object& properties);
// Looks at the table, not at what was: a repeated order goes on.
net::aw<Answer<void>> ChangeTableSettings(const Mapping& mapping, WaitContext context,
                                          ResourceOrder order);

// Completes what is known of a table: the last stream's ARN only while there is a stream.
void AddStreamArn(const WaitContext& context, const ResourceOrder& order, json::Object& known);

// A table that is being made or changed cannot be deleted: waits until it is not.
net::aw<Answer<void>> WaitUntilDeletable(WaitContext context, ResourceOrder order);

inline constexpr std::string_view kTableSettings =
    "AttributeDefinitions BillingMode ContributorInsightsSpecification DeletionProtectionEnabled "
    "GlobalSecondaryIndexes ImportSourceSpecification KinesisStreamSpecification "
    "OnDemandThroughput PointInTimeRecoverySpecification ProvisionedThroughput ResourcePolicy "
    "SSESpecification StreamSpecification TableClass TimeToLiveSpecification WarmThroughput";

}  // namespace trunkline::cloud::cloudformation
