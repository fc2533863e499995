// Target: one environment in one Region: what a delivery is for.
#pragma once

#include <string>

#include "center/center.h"

namespace trunkline::deploy {

// The center outlives the target.
struct Target {
  const center::Center& center;
  const center::Environment& environment;
  std::string region;
  std::string account;        // 12 digits
  std::string instance_name;  // lower(alias)-env-region
  std::string bucket;         // the storage bucket's name
  bool primary = true;        // the environment's first Region

  // The name in AWS of what has no namespace of its own in an instance (functions, roles, bots):
  // "<instance name>-<name>".
  std::string Qualified(std::string_view name) const {
    return instance_name + "-" + std::string(name);
  }
};

Target MakeTarget(const center::Center& center, const center::Environment& environment,
                  const std::string& region);

}  // namespace trunkline::deploy
