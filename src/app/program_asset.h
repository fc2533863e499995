// The program as an asset: where stacks and builds take it from.
#pragma once

#include <string>

#include "aws/client.h"
#include "base/result.h"

namespace trunkline::app {

struct ProgramAsset {
  std::string bucket;
  std::string key;        // trunkline/<sha256 of the program>/trunkline.zip, holding 'bootstrap'
  bool uploaded = false;  // it was not there yet
};

// Puts the program where stacks take it from, unless it is there.
net::aw<Result<ProgramAsset>> UploadProgram(aws::Client client, std::string bucket,
                                            std::string program);

}  // namespace trunkline::app
