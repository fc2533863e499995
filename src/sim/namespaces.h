// The attribute namespaces of a contact as JSON, by root ("Queue", "Attributes", ...).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "sim/state.h"

namespace trunkline::sim {

// The object behind "$.<root>" where the contact is now; nullptr when it is kept in another way.
const json::Object* ObjectNamespace(const ContactState& contact, std::string_view root);
// The endpoint behind "$.<root>", CustomerEndpoint or SystemEndpoint; nullptr of another root.
const Endpoint* EndpointOf(const ContactState& contact, std::string_view root);
// What stands behind any other "$.<root>"; nullopt for an unknown root.
std::optional<json::Value> Namespace(const ContactState& contact, std::string_view root);

// Every root that may have a value now, alphabetically.
std::vector<std::string> NamespaceRoots(const ContactState& contact);

// {ARN, Name, OutboundCallerId: {Address, Type}}, or null while no queue is set.
json::Value QueueValue(const ContactState& contact);
// {"connect:Subtype": "connect:Telephony", ...}: plain values.
json::Object SegmentAttributes(const ContactState& contact);

}  // namespace trunkline::sim
