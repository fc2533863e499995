// Build batches as records: their phases, and their groups, each of which is a build.
//
//   body: "batch" (as BatchGetBuildBatches shows it), "input" (StartBuildBatch's), "parts": what
//   overrides each group has, by identifier, and "fastFail", once the batch's buildspec was read
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/codebuild/build_state.h"

namespace trunkline::cloud::codebuild {

Answer<const Record*> FindBatch(Context& context, std::string_view id_or_arn);

// Changes the record of a batch that is not complete; false if there is none.
bool ChangeBatch(Context& context, const std::string& id,
                 const std::function<void(json::Object& body)>& change);
// Ends the phase under way and begins the last one: SUCCEEDED, FAILED or STOPPED.
void CompleteBatch(json::Object& batch, const PhaseEnd& end, std::string_view status,
                   TimePoint now);

}  // namespace trunkline::cloud::codebuild
