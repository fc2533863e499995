// What belongs to an instance beside its record: its attributes, the resources a new one has, and
// their end.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// An alias becomes a host name: unique over all accounts and Regions, whatever its case.
// InvalidRequestException when it is taken; an empty one takes nothing.
Answer<void> TakeAlias(Context& context, std::string_view region, std::string_view alias,
                       std::string_view instance_id);
std::string AccessUrl(std::string_view alias);

// The attributes of a new instance (as the Terraform provider documents the service's defaults).
void PutDefaultAttributes(Context& context, std::string_view instance_id, bool inbound_calls,
                          bool outbound_calls);

// "Basic Hours", "BasicQueue", default flows and samples, prompts, profiles and agent statuses
// (aws-platform: "What a new instance contains"). Errors are bugs of the embedded texts.
Answer<void> PutDefaultResources(Context& context, const Record& instance);

// Everything that belongs to the instance, its claimed numbers and its alias with it.
void DeleteParts(Context& context, const Record& instance);

}  // namespace trunkline::cloud::connect
