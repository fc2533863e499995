// The use case behind `trunkline destroy`: what Trunkline delivered to an environment is taken
// away. First everything is planned and shown, then a person says yes, then it is done; the primary
// Region comes last.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/open_environment.h"
#include "deploy/destroy.h"
#include "deploy/progress.h"

namespace trunkline::app {

struct RegionRemoval {
  deploy::Target target;
  deploy::Live live;
  deploy::Removal removal;
  std::vector<std::string> released;  // numbers
  std::optional<deploy::Applied> applied;
  std::optional<Error> error;  // why it ended before anything was deleted

  bool ok() const { return !error && applied && applied->ok(); }
};

struct Destruction {
  std::unique_ptr<OpenedEnvironment> opened;
  std::vector<RegionRemoval> regions;

  bool IsNothing() const;
  bool ok() const;
};

// Errors, beside those of OpenEnvironment: an instance that would go has numbers that nobody
// allowed to release, or that somebody else claimed.
Result<Destruction> PlanDestruction(AppWorld& world, const EnvironmentArgs& args,
                                    bool release_numbers);

// A Region that fails stops the ones after it.
void Destroy(Destruction& destruction, deploy::Progress& progress, const bool* stop);

std::string PlanText(const Destruction& destruction);
std::string ToText(const Destruction& destruction);  // when it is done
json::Object ToJson(const Destruction& destruction);

}  // namespace trunkline::app
