// What a schedule calls: functions, queues, topics, workflows, buses, builds and pipelines, and by
// "arn:aws:scheduler:::aws-sdk:connect:startOutboundVoiceContact" any operation this cloud has.
#pragma once

#include <string>

#include "cloud/wait.h"

namespace trunkline::cloud::scheduler {

// ValidationException: this cloud cannot call it.
Answer<void> CheckTarget(const json::Object& target);

struct Call {
  json::Object target;  // as it was put, its Input with the run's words filled in
  std::string schedule_arn;
  std::string execution_id;
  std::string time;  // for which it was scheduled, ISO 8601
};

// In the target's role.
net::aw<Answer<>> CallTarget(WaitContext context, Call call);

}  // namespace trunkline::cloud::scheduler
