// The stacks of the tooling account.
//
// amzconnect-artifacts, in every Region that a pipeline delivers to and in the tooling account's:
// the bucket of artifacts and its key. amzconnect-tooling: pipelines, builds, the webhook and its
// router, notices.
#pragma once

#include "center/center.h"
#include "stacks/template.h"

namespace trunkline::stacks {

// The Regions that need an artifact store, the tooling account's first.
std::vector<std::string> ArtifactRegions(const center::Center& center);

// The same template for every Region.
Template MakeArtifacts(const center::Center& center);

Template MakeTooling(const center::Center& center);

}  // namespace trunkline::stacks
