// The stacks that a person (or `trunkline bootstrap`) deploys, in order; the pipelines make the
// others. Artifact stores come first: the program has to be in one before the tooling stack, whose
// router runs it, and role stacks before the pipelines that take the roles.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "center/center.h"

namespace trunkline::stacks {

struct SystemStack {
  std::string name;     // amzconnect-roles-dev
  std::string account;  // where it goes
  std::string region;
  std::string environment;              // of a role stack; else empty
  std::string text;                     // the template
  std::vector<std::string> parameters;  // those without a default
};

// The center has passed CheckSynth. All need CAPABILITY_NAMED_IAM; the tooling stack's template may
// be larger than 51,200 bytes and then has to go through a bucket.
std::vector<SystemStack> SystemStacks(const center::Center& center);

// Where the program is in the artifact stores: "trunkline/<sha256 of the zip>/trunkline.zip".
std::string ProgramKey(std::string_view sha256);

}  // namespace trunkline::stacks
