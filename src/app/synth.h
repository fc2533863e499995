// `trunkline synth`: the CloudFormation templates of a monorepo, written into a folder.
#pragma once

#include <string>
#include <vector>

#include "app/world.h"
#include "base/finding.h"
#include "base/result.h"
#include "stacks/synth.h"

namespace trunkline::app {

struct SynthArgs {
  std::string folder;       // of the monorepo
  std::string environment;  // empty: everything
  std::string output;       // the folder to write
};

struct SynthReport {
  std::string output;
  std::vector<stacks::SynthFile> files;  // those written, in order
  Findings findings;
};

Result<SynthReport> Synth(AppWorld& world, const SynthArgs& args);

}  // namespace trunkline::app
