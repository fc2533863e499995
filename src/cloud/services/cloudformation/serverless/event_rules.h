// Parts that the rules of EventBridge and the schedules of events have in common.
#pragma once

#include "cloud/services/cloudformation/serverless/events.h"

namespace trunkline::cloud::cloudformation::serverless {

// The dead-letter queue of an event: one of the template, or one that is made for it.
struct DeadLetters {
  json::Value arn;  // null: none
  Resources made;
};
// `with_policy`: the queue lets the rule in (a schedule has a role instead).
Answer<DeadLetters> DeadLettersOf(const Event& event, const Target& target, bool with_policy);

// Enabled or State; both are an error.
Answer<void> SetState(const Event& event, json::Object& rule);

// The target of a rule or a schedule: its ARN, what the event says of it, and the queue.
json::Object TargetOf(const Event& event, const Target& target, const json::Value& dead_letters);
// "<id>LambdaTarget" within 64 characters.
std::string TargetId(const Event& event, std::string_view suffix);

}  // namespace trunkline::cloud::cloudformation::serverless
