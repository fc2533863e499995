// A way that was walked, as a test case of the Testing language: it passes for as long as calls go
// this way.
//
// What the caller heard is observed message by message; what he did is an instruction behind the
// message it follows, and what the outside did an override. A call that is over ends with
// TestCompleted, a way into a queue with the transfer, a loop with its last message. The language
// cannot say that nothing more is heard.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "sim/explore/explore.h"
#include "sim/explore/judge.h"

namespace trunkline::sim {

struct WrittenCase {
  json::Object test;  // {Name, Description, EntryPoint, Content}
  // What the language has no words for, as a choice's words; empty: all of it is in the test.
  std::vector<std::string> left_out;
};

// `flow` is how the entry point names the flow: "${flow:Main}".
WrittenCase WriteCase(const Exploration& exploration, const Discovery& discovery,
                      const std::vector<WayStep>& steps, std::string_view name,
                      std::string_view flow);

// The choices of a way in words, without those that nobody makes.
std::vector<std::string> WordsOf(const std::vector<WayStep>& steps);

}  // namespace trunkline::sim
