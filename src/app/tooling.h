// The tooling account, where the pipelines are, within reach.
#pragma once

#include <memory>
#include <string>

#include "app/connection.h"
#include "app/world.h"
#include "base/result.h"
#include "center/center.h"

namespace trunkline::app {

struct ToolingArgs {
  std::string folder = ".";  // the monorepo
  std::string endpoint_url;
  std::string profile;
};

struct Tooling {
  Tooling(AppWorld& world, center::Center system, aws::ClientOptions options);

  center::Center center;  // what center::LoadSystem reads
  Connection connection;
  aws::Client client;  // in the tooling account's Region

  const std::string& region() const { return center.tooling->region.value; }
};

// Errors: the monorepo does not say where the tooling account is, or the credentials are for
// another account.
Result<std::unique_ptr<Tooling>> OpenTooling(AppWorld& world, const ToolingArgs& args);

}  // namespace trunkline::app
