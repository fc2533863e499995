// Filters of DescribeParameters and GetParametersByPath.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::ssm {

struct Filter {
  std::string key;     // "Name", "Type", "KeyId", "Path", "Tier", "DataType", "Label", "tag:<key>"
  std::string option;  // "Equals", "BeginsWith", "Contains", "Recursive", "OneLevel"
  std::vector<std::string> values;  // one of them must fit; none: the key must be there
};
using Filters = std::vector<Filter>;

// Which operation the filters stand in: GetParametersByPath takes fewer keys.
enum class FilterUse { kDescribe, kByPath };

// InvalidFilterKey, InvalidFilterOption or InvalidFilterValue when a filter is not one that the
// operation takes.
Answer<Filters> ReadFilters(const json::Array& input, FilterUse use);

// A page of the parameters that all filters let through, by name.
struct Matches {
  std::vector<const Record*> records;
  std::string next;
};
Answer<Matches> FindMatches(Context& context, const Filters& filters, std::string_view token,
                            std::int64_t limit, std::string_view operation);

}  // namespace trunkline::cloud::ssm
