// The JSON of /_trunkline/contacts: what a caller may ask, and how a contact is shown.
// docs/contacts.md describes it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "cloud/contacts/host.h"
#include "sim/event.h"

namespace trunkline::cloud::contacts {

// POST /_trunkline/contacts: who is called, and how.
struct StartRequest {
  std::string number;                     // a claimed number of any account and Region, or
  std::string instance, account, region;  // an instance by id, ARN or alias, and
  std::string flow;                       // the flow by id, ARN or name
  std::string from = "+15550100";
  sim::Channel channel = sim::Channel::kVoice;
  sim::Answering answering;
  json::Object attributes;
  std::optional<std::uint64_t> seed;
};
Result<StartRequest> ReadStart(std::string_view body);

// POST /_trunkline/contacts/<id>/events: exactly one of say, press, hangup, wait, advance, agent,
// agentLeaves, thirdPartyLeaves, returns. `silence` needs the contact: it is its first timer that
// fires.
Result<sim::Event> ReadEvent(std::string_view body, const LiveContact& live);

// GET and POST /_trunkline/contacts/answering: who takes the contacts that operations start.
Result<sim::Answering> ReadAnswering(std::string_view body);
json::Object ShownAnswering(const sim::Answering& answering);

// {"agentSays": "..."}: of a chat; nothing when the event is another one.
Result<std::optional<std::string>> ReadAgentSays(std::string_view body);

// The contact, and of its transcript the lines from `first` on.
json::Object Shown(const LiveContact& live, std::size_t first);
// The same without a transcript, for a list.
json::Object Summary(const LiveContact& live);

}  // namespace trunkline::cloud::contacts
