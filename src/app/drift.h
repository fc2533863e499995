// The use case behind `trunkline drift`: what was changed in an environment's account since it was
// delivered.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/open_environment.h"
#include "deploy/drift.h"

namespace trunkline::app {

struct RegionDrift {
  std::string region;
  std::vector<deploy::Drifted> drifted;
  std::optional<Error> error;  // why the Region could not be read
};

struct DriftReport {
  std::string environment;
  std::vector<RegionDrift> regions;

  bool none() const;  // nothing drifted, and every Region could be read
};

Result<DriftReport> FindDrift(AppWorld& world, const EnvironmentArgs& args);

std::string ToText(const DriftReport& report);
json::Object ToJson(const DriftReport& report);

}  // namespace trunkline::app
