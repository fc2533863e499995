// A contact and its events as JSON: the part of docs/contacts.md that every host of contacts
// shares.
#pragma once

#include <cstddef>

#include "base/json.h"
#include "base/result.h"
#include "sim/contact.h"
#include "sim/event.h"
#include "sim/transcript.h"

namespace trunkline::sim {

// Exactly one of say, press, hangup, silence, advance, agent, agentLeaves, agentHolds,
// agentResumes, agentTransfers, taskPauses, taskResumes, thirdPartyLeaves, returns. `silence` needs
// the contact: it is its first timer that fires. kConflict: nothing would happen.
Result<Event> ReadEvent(const json::Object& object, const Contact& contact);

// Exactly one of agentLeaves, agentHolds, agentResumes, agentTransfers: what an agent does who
// talks with the customer.
Result<Event> ReadAgentEvent(const json::Object& object);

// {phase, now, ended}.
json::Object Standing(const Contact& contact);

// {queue, intent, end, waitsFor, timer, attributes, lines, text}: what is known of the call, and of
// its transcript the lines from `first` on.
json::Object Progress(const Contact& contact, const Transcript& transcript, std::size_t first);

}  // namespace trunkline::sim
