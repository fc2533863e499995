// An instance of the embedded Amazon Connect as sim::World: what a contact can meet in it.
#pragma once

#include <memory>
#include <string>

#include "cloud/context.h"
#include "sim/world.h"

namespace trunkline::cloud::contacts {

// In a transaction, as the instance's account in its Region. What a flow names and the instance
// does not have is missing here too: the contact takes its error branch.
std::shared_ptr<const sim::World> ReadInstanceWorld(Context& context,
                                                    const std::string& instance_id);

// Whether the instance may call the function or bot: it is associated.
bool IsAssociated(Context& context, Kind kind, const std::string& instance_id,
                  std::string_view arn);

}  // namespace trunkline::cloud::contacts
