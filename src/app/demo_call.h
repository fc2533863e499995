// The demos' customer: claims a number for a flow, calls it, and says one thing.
#pragma once

#include <string>

#include "app/world.h"
#include "base/result.h"

namespace trunkline::app {

struct DemoCenter {
  std::string endpoint;
  std::string folder;
  std::string environment;  // "dev"; calls reach its primary Region
};

// The number.
Result<std::string> ClaimDemoNumber(AppWorld& world, const DemoCenter& center,
                                    const std::string& flow);

struct PlacedCall {
  std::string transcript;
  std::string queue;  // where the caller ended
};
Result<PlacedCall> PlaceDemoCall(AppWorld& world, const std::string& endpoint,
                                 const std::string& number, const std::string& say);

}  // namespace trunkline::app
