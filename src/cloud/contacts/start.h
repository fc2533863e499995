// Finds what a call reaches: the number's instance and flow, or those that are named.
#pragma once

#include <memory>

#include "cloud/contacts/host.h"
#include "cloud/contacts/protocol.h"

namespace trunkline::cloud::contacts {

// The contact, at which nothing has happened yet. kNotFound: no such number, instance or flow;
// kConflict: it is there and takes no calls (still being claimed or created, no flow attached, not
// published, inbound calls switched off).
Result<std::shared_ptr<LiveContact>> Start(Engine& engine, const StartRequest& request);

}  // namespace trunkline::cloud::contacts
