#include "deploy/target.h"

namespace trunkline::deploy {

Target MakeTarget(const center::Center& center, const center::Environment& environment,
                  const std::string& region) {
  return {.center = center,
          .environment = environment,
          .region = region,
          .account = environment.account.value,
          .instance_name = center::InstanceName(center, environment, region),
          .bucket = center::BucketName(center, environment, region),
          .primary = !environment.regions.empty() && environment.regions.front().value == region};
}

}  // namespace trunkline::deploy
