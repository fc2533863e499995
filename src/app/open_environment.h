// One environment of a monorepo, within reach: its center, its Regions, and a client of its
// account.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/connection.h"
#include "app/own_program.h"
#include "center/center.h"
#include "deploy/apply.h"
#include "deploy/target.h"

namespace trunkline::app {

struct EnvironmentArgs {
  std::string folder = ".";  // the monorepo
  std::string environment;   // "dev"
  std::string region;        // empty: all of the environment's
  std::string endpoint_url;  // empty: from the environment, else AWS's own
  std::string profile;
  RoleArgs role;
};

struct OpenedEnvironment {
  OpenedEnvironment(AppWorld& world, center::Center read, const EnvironmentArgs& args);

  center::Center center;
  const center::Environment* environment = nullptr;  // of the center
  std::vector<std::string> regions;                  // at least one, the primary first
  Connection connection;
  OwnProgram program;
  deploy::DeployWorld deploy_world;
  aws::Client client;  // of the environment's account, in its first Region

  deploy::Target TargetIn(const std::string& region) const {
    return deploy::MakeTarget(center, *environment, region);
  }
};

// Errors: what is wrong in the monorepo (all of it in one error), no such environment or Region, or
// the credentials are for another account.
Result<std::unique_ptr<OpenedEnvironment>> OpenEnvironment(AppWorld& world,
                                                           const EnvironmentArgs& args);

// The options of a client that delivers a center: the quotas that trunkline.json tells.
aws::ClientOptions ClientOptionsFor(const center::Center& center, std::string region,
                                    std::string endpoint_url, std::string profile);

}  // namespace trunkline::app
