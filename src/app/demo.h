// The short demo, `trunkline demo --quick`: a center delivered from this machine, and a call.
//
// It starts `trunkline up` as a child process and talks to it over its port, like anybody: writes
// the ACME center, delivers it to the dev account in two Regions, claims a number, attaches it to
// ACME_Main, calls it and says "sales".
#pragma once

#include <functional>
#include <string>

#include "app/world.h"
#include "base/result.h"

namespace trunkline::app {

struct DemoArgs {
  bool keep = false;           // leave the cloud and the folder when it ends
  std::string say = "sales";   // what the caller says
  const bool* stop = nullptr;  // set to true (on the same thread): ends after the step under way
};

struct DemoOutcome {
  std::string endpoint;
  std::string folder;
  std::string number;
  std::string transcript;  // as text
  std::string queue;       // where the caller ended
  Milliseconds took{0};
  int cloud_pid = 0;  // with keep: the process that goes on
};

// `tell` gets a line for every step when it is done, with its time.
Result<DemoOutcome> RunDemo(AppWorld& world, const DemoArgs& args,
                            const std::function<void(const std::string&)>& tell);

}  // namespace trunkline::app
