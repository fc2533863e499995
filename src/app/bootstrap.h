// Preparing accounts for the pipelines, and deploying the pipelines: `trunkline bootstrap` and
// `trunkline pipelines deploy`.
//
// The tooling account gets the stack amzconnect-artifacts in every Region that is delivered to, and
// the program; each target account gets amzconnect-roles-<env> in the environment's primary Region.
// Then amzconnect-tooling brings the pipelines. All of it may be run again: what is as it should be
// is not touched.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/finding.h"
#include "base/result.h"

namespace trunkline::app {

struct BootstrapArgs {
  std::string folder = ".";
  std::string endpoint_url;
  std::string profile;                          // for the tooling account
  std::vector<std::string> environments;        // empty: all that are enabled
  std::map<std::string, std::string> profiles;  // environment -> profile for its account
};

struct StackReport {
  std::string stack;
  std::string account;
  std::string region;
  bool changed = false;
};

struct BootstrapReport {
  Findings findings;  // with errors nothing was asked of AWS
  std::vector<StackReport> stacks;
  std::string program;  // the key of the asset
  bool uploaded = false;
  std::map<std::string, std::string> outputs;  // of the tooling stack

  bool ok() const { return !HasErrors(findings); }
};

// Told while it runs: a line when a stack is done, and what happens to its resources.
using Tell = std::function<void(const std::string&)>;

Result<BootstrapReport> Bootstrap(AppWorld& world, const BootstrapArgs& args, const Tell& tell);
// The tooling stack. Errors: amzconnect-artifacts is not there yet.
Result<BootstrapReport> DeployPipelines(AppWorld& world, const BootstrapArgs& args,
                                        const Tell& tell);

}  // namespace trunkline::app
