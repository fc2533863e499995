// The program as what it delivers: the executable of Trunkline's own functions and builds.
#pragma once

#include <string>

#include "app/world.h"
#include "aws/client.h"
#include "base/result.h"

namespace trunkline::app {

// TRUNKLINE_BOOTSTRAP, else the running program. One that is linked dynamically runs on the machine
// it was built on only, which is where the embedded cloud runs its functions: elsewhere it is
// refused.
Result<std::string> ReadProgram(const AppWorld& world, bool embedded_cloud);

struct ProgramAsset {
  std::string bucket;
  std::string key;        // trunkline/<sha256 of the program>/trunkline.zip, holding 'bootstrap'
  bool uploaded = false;  // it was not there yet
};

// Puts the program where stacks take it from, unless it is there.
net::aw<Result<ProgramAsset>> UploadProgram(aws::Client client, std::string bucket,
                                            std::string program);

}  // namespace trunkline::app
