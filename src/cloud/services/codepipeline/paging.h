// Pages of CodePipeline's listings.
#pragma once

#include <string_view>

#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {

// `input` names its members maxResults and nextToken. InvalidNextTokenException.
Answer<RecordPage> ListRecords(Context& context, Kind kind, std::string_view parent,
                               const json::Object& input, std::size_t most,
                               const RecordFilter& filter = {});

}  // namespace trunkline::cloud::codepipeline
