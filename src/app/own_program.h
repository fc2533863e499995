// The executable that Trunkline's own functions consist of: TRUNKLINE_BOOTSTRAP, else the running
// program.
//
// One that is linked dynamically runs on the machine it was built on only, which is where the
// embedded cloud runs its functions; Lambda needs the static one.
#pragma once

#include <string>

#include "app/connection.h"
#include "app/world.h"
#include "deploy/resource.h"

namespace trunkline::app {

struct OwnProgram {
  AppWorld& world;
  bool embedded_cloud;

  Result<std::string> Read() const;
  // As a zip's 'bootstrap'; compressed once.
  Result<std::string> Zip() const;

  mutable std::string zip = {};  // what Zip() made
};

// A delivery's world; all three outlive it.
deploy::DeployWorld DeployWorldFor(AppWorld& world, Connection& connection,
                                   const OwnProgram& program);

}  // namespace trunkline::app
