// Paging as Step Functions does it: maxResults 0 is the default, 1,000 the most.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::stepfunctions {

inline constexpr std::size_t kDefaultPage = 100;

// A page of a parent's records. InvalidToken for a token of another listing.
Answer<RecordPage> PageOf(Context& context, Kind kind, std::string_view parent,
                          const json::Object& input, const RecordFilter& filter = {});

ServiceError InvalidToken(std::string_view token);

}  // namespace trunkline::cloud::stepfunctions
