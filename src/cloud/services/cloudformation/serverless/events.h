// Events: what calls a function or starts a state machine.
#pragma once

#include <span>
#include <vector>

#include "cloud/services/cloudformation/serverless/document.h"
#include "cloud/services/cloudformation/serverless/rules.h"

namespace trunkline::cloud::cloudformation::serverless {

struct Event {
  std::string name;  // in its Events
  std::string id;    // the source's id and the name: the logical id of what it becomes
  std::string type;
  json::Object properties;
};

// What an event calls: a function, its alias, or a state machine.
struct Target {
  std::string id;    // of the source
  json::Value name;  // as permissions and mappings name it
  json::Value arn;
  json::Object inherited;            // members of every resource
  std::string condition;             // empty: none
  Resource* role = nullptr;          // the execution role: events of queues and streams add to it
  json::Value permissions_boundary;  // of roles that an event makes; null: none
};

using Resources = std::vector<Resource>;
using EventHandler = Answer<Resources> (*)(Document& document, const Event& event,
                                           const Target& target);

struct EventKind {
  std::string_view type;
  std::span<const Rule> rules;
  EventHandler handle = nullptr;
};

// In functions' and in state machines' Events: every kind's row stands in its own file.
extern const EventKind kApiEvent;
extern const EventKind kBucketEvent;
extern const EventKind kHttpApiEvent;
extern const EventKind kLogEvent;
extern const EventKind kRuleEvent;
extern const EventKind kScheduleEvent;
extern const EventKind kScheduleV2Event;
extern const EventKind kSkillEvent;
extern const EventKind kTopicEvent;
extern const EventKind kMachineApiEvent;
extern const EventKind kMachineRuleEvent;
extern const EventKind kMachineScheduleEvent;
extern const std::span<const EventKind> kStreamEvents;  // what Lambda polls

// All events of a source; each is checked before the first is translated.
Answer<Resources> TranslateEvents(Document& document, const Source& source, const Target& target);

// The mapping of an event whose properties are those of an SQS event: for a queue behind a topic.
Answer<Resources> PollQueue(Document& document, Event event, const Target& target);

Resource MakeResource(std::string id, std::string_view type, const Target& target);
// AWS::Lambda::Permission "<id>Permission<suffix>" for the service.
struct PermissionOrder {
  std::string_view service;
  json::Value source_arn;      // null: none
  json::Value source_account;  // null: none
  std::string_view suffix = {};
};
Resource MakePermission(const std::string& id, const Target& target, const PermissionOrder& order);

}  // namespace trunkline::cloud::cloudformation::serverless
