// What to do about an action that failed, where its message lets that be told.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::app {

// From CodePipeline's and the services' own words: "finish the connection in the console ...".
// Empty: the message says it all, or nobody knows.
std::string AdviceFor(std::string_view message);

}  // namespace trunkline::app
