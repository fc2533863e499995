// What an alarm does when its state changes: messages to topics, calls of functions, an event.
#pragma once

#include "cloud/services/cloudwatch/alarms.h"

namespace trunkline::cloud::cloudwatch {

struct Change {
  Record alarm;  // as it is now
  AlarmState before;
  double before_since = 0;  // StateUpdatedTimestamp of before, seconds
};

// "CloudWatch Alarm State Change" on the account's own bus.
void TellEventBridge(Context& context, const Change& change);

// OKActions, AlarmActions or InsufficientDataActions, unless they are disabled or suppressed. What
// came of each is written into the alarm's history.
void Act(Context& context, const Change& change);

// The words of messages, for topics (message.cpp) and for events and functions (event.cpp).
json::Object MessageOf(const Context& context, const Change& change);
json::Object EventDetail(Context& context, const Change& change);

}  // namespace trunkline::cloud::cloudwatch
