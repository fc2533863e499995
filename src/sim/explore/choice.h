// Choice: one of the things that can happen next where a contact waits for the world: what the
// caller does, what a function answers, whether a queue is full.
#pragma once

#include <string>

#include "sim/event.h"

namespace trunkline::sim {

// Who decides.
enum class Decider {
  kNobody,   // nothing else can happen: time passes
  kCaller,   // he presses, says, hangs up
  kSilence,  // he does not
  kOutside,  // a function, a bot, hours, a queue, ... as they should
  kFailure,  // the same, out of order
  kAgent,
};

struct Choice {
  Decider by = Decider::kNobody;
  Event event;
  std::string words;  // "presses 1", "function 'lookup' fails"; empty of kNobody
  // The action it is about, and the resource it works with, as Stopped has them; empty of what the
  // caller does.
  std::string action_type, resource;
  json::Object attributes;  // of the call's beginning: what the contact begins with
};

}  // namespace trunkline::sim
