// The whole story, `trunkline demo`: a center on its way from git to production, on this machine.
//
// An embedded cloud with a tooling account and three target accounts; the pipelines; a git
// repository with the ACME center. A push to develop is delivered and called; a change of one flow
// runs one pipeline; the center is promoted to staging and, when a person agreed, to production; a
// mistake is stopped before anybody hears it.
#pragma once

#include <functional>
#include <string>

#include "app/demo.h"

namespace trunkline::app {

// `tell` gets a line for every step, and headings.
Result<DemoOutcome> RunStory(AppWorld& world, const DemoArgs& args,
                             const std::function<void(const std::string&)>& tell);

}  // namespace trunkline::app
