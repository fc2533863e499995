// The report of a provisioner's run: what its caller is answered, and what lies beside the zip.
#pragma once

#include <string>

#include "deploy/apply.h"
#include "functions/monorepo.h"

namespace trunkline::functions {

struct ProvisionerRun {
  DeliveryEvent event;
  std::string region;
  Findings findings;                       // of the plan
  std::optional<deploy::Plan> plan;        // not when the instance could not be read
  std::optional<deploy::Applied> applied;  // not when the plan has errors
  std::optional<Error> error;              // what kept it from starting

  bool ok() const { return !error && applied && applied->ok(); }
};

// {"ok", "environment", "region", "commit", "changes", "failed", "notTried", "restored",
// "notRestored", "findings", "message"}; "changes" are those that were made and stand.
json::Object ReportOf(const ProvisionerRun& run);

// What happened in some lines, for a pipeline's log.
std::string MessageOf(const ProvisionerRun& run);

}  // namespace trunkline::functions
