// What a place in a flow is about: messages name it, machines point at it.
#pragma once

#include <string>

#include "base/finding.h"
#include "flow/document.h"

namespace trunkline::flow {

struct Subject {
  std::string flow;    // the flow's name, else its file's without ".json"
  std::string action;  // identifier; empty where the place is about the flow as a whole
  std::string block;   // what the console calls the action: "Play prompt"; empty when not known
  // RFC 6901, of the value that holds the place: "/Actions/3/Parameters/Text". It goes on inside a
  // Content that is a string: "/Content/Actions/3".
  std::string pointer;
  // The part of the pointer below the action, without numbers: "/Transitions/Conditions". It stays
  // the same when entries are moved or put in. Below the content where there is no action.
  std::string part;
};

// A place without a line is about the flow as a whole.
Subject SubjectOf(const Document& document, const Place& place);

}  // namespace trunkline::flow
