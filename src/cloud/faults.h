// Faults: errors that calls shall meet instead of being made, so that a bad day can be rehearsed:
// throttling, a missing permission, a reached quota. POST /_trunkline/faults arms one;
// docs/embedded-cloud.md describes it.
//
// Met by whoever calls through the gateway or as a service in a role: clients, functions, builds,
// pipelines, stacks. What a handler does within its own transaction meets none. Armed faults are
// records: they survive a restart, and a reset takes them away.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "cloud/context.h"
#include "cloud/engine.h"

namespace trunkline::cloud {

// Checks and keeps what a user asked for; what is kept, with its id. kInvalid: what was expected.
Result<json::Object> ArmFault(Engine& engine, const json::Object& wanted);
// All of them, in the order they were armed; "met" counts.
json::Array ListFaults(Engine& engine);
// Empty `id`: all. False: there is none of that id.
Result<bool> DisarmFaults(Engine& engine, std::string_view id);

// The error that this call meets, if one waits for it.
Answer<void> MeetFault(Engine& engine, const Caller& caller, std::string_view region,
                       const Route& route);

// For operations that begin something: the reason why it shall end badly, if a fault says so.
// Within the operation's transaction.
std::optional<std::string> TakeBadEnd(Context& context, std::string_view service,
                                      std::string_view operation);

}  // namespace trunkline::cloud
