// What metric filters and subscription filters have in common: a name in a group, and a pattern.
#pragma once

#include <functional>
#include <string_view>

#include "cloud/services/logs/groups.h"

namespace trunkline::cloud::logs {

// InvalidParameterException, unless it is a pattern.
Answer<void> CheckFilterPattern(std::string_view pattern);

// Puts a filter into its group: a new one must be one of no more than `most`
// (LimitExceededException). `body` is what is described of it, but for the time of its creation.
Answer<> PutFilter(Context& context, Kind kind, const json::Object& input, json::Object body,
                   std::size_t most);
Answer<> DeleteFilter(Context& context, Kind kind, const json::Object& input,
                      std::string_view what);

// A page of filters as `list`: of a group or, with an empty `group`, of all; by the input's
// filterNamePrefix, limit and nextToken.
struct FilterListing {
  Kind kind;
  std::string_view group;
  std::string_view list;
  std::function<bool(const Record&)> keep;
};
Answer<> DescribeFilters(Context& context, const json::Object& input, const FilterListing& listing);

}  // namespace trunkline::cloud::logs
