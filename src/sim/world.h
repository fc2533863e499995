// sim::World: everything of one instance that a contact can meet, as plain values. Nothing here is
// called or awaited.
//
// A host builds a World from what it has (the embedded cloud from its store, the CLI from a
// monorepo) and may share one between contacts. Resources are found by id or ARN, as flows name
// them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "flow/document.h"
#include "sim/hours.h"

namespace trunkline::sim {

// A flow, or a module in one of its versions.
struct FlowResource {
  std::string id, arn, name;
  std::string type;       // CONTACT_FLOW, CUSTOMER_QUEUE, ...; MODULE
  bool published = true;  // a draft cannot be entered
  // Shared with the host's cache of parsed flows and with other worlds; never written.
  std::shared_ptr<const flow::Document> document;
};

struct ModuleResource {
  FlowResource latest;                           // $LATEST, what an id without qualifier means
  std::map<std::string, FlowResource> versions;  // by version number or alias name
};

struct QueueMetrics {
  int agents_online = 1;
  int agents_available = 1;
  int agents_staffed = 1;
  int agents_busy = 0;
  int agents_after_contact_work = 0;
  int agents_non_productive = 0;
  int contacts = 0;                     // waiting
  std::int64_t oldest_age_seconds = 0;  // of the contact that waits longest
};

struct Queue {
  std::string id, arn, name;
  std::string hours_id;            // id or ARN of World::hours
  std::string outbound_caller_id;  // E.164; empty when none is set
  std::optional<int> max_contacts;
  bool enabled = true;
  QueueMetrics metrics;
};

struct Prompt {
  std::string id, arn, name;
  std::string text;  // what the recording says, when known
};

struct Agent {
  std::string id, arn, user_name, first_name, last_name;
  std::vector<std::string> queues;  // ids of the queues of the routing profile; empty: all
  bool available = true;            // for contacts of the agent's own queue
};

// A Lambda function or a bot alias by its ARN: the name is for messages and mocks.
struct NamedArn {
  std::string arn, name;
};

// Who takes queued contacts.
struct Answering {
  enum class Mode {
    kAfterFirstMessage,  // an agent accepts when the queue flow has said its first message, or
                         // waits
    kAfterDelay,         // an agent accepts `delay` after the contact was queued
    kNobody,             // the contact waits for ever
    kHost,               // the host sends AgentAccepted
  };
  Mode mode = Mode::kAfterFirstMessage;
  Milliseconds delay{0};
};

// What is heard where no flow is set (flow-language 2.3); a flow id replaces the built-in
// behaviour.
struct Defaults {
  std::string customer_queue_flow;    // id or ARN; empty: queue_message, then music
  std::string agent_whisper_flow;     // empty: the queue's name
  std::string customer_whisper_flow;  // empty: a beep
  std::string queue_message =
      "All of our agents are busy. Please stay on the line, we will be with you shortly.";
};

struct World {
  std::string instance_arn, region, account;
  std::vector<FlowResource> flows;
  std::vector<ModuleResource> modules;
  std::vector<Queue> queues;
  std::vector<HoursOfOperation> hours;
  std::vector<Prompt> prompts;
  // One agent serves every queue until the host knows better.
  std::vector<Agent> agents = {
      {.id = "agent", .user_name = "agent", .first_name = "Any", .last_name = "Agent"}};
  std::vector<NamedArn> functions;
  std::vector<NamedArn> bots;
  Defaults defaults;
  Answering answering;

  // By id or ARN (a ":$LATEST" or "$SAVED" behind it is ignored); nullptr when there is none.
  const FlowResource* FindFlow(std::string_view reference) const;
  const Queue* FindQueue(std::string_view reference) const;
  const HoursOfOperation* FindHours(std::string_view reference) const;
  const Prompt* FindPrompt(std::string_view reference) const;
  // By id, ARN or user name.
  const Agent* FindAgent(std::string_view reference) const;
  // "<id or ARN>", ":<version>", ":<alias>" or ":$LATEST" behind it.
  const FlowResource* FindModule(std::string_view reference) const;
  // The first agent who serves the queue; nullptr when nobody does.
  const Agent* AgentFor(const Queue& queue) const;
  // The known name, else the ARN's last part ("...:function:mapping" -> "mapping").
  std::string FunctionName(std::string_view arn) const;
  std::string BotName(std::string_view alias_arn) const;
};

}  // namespace trunkline::sim
