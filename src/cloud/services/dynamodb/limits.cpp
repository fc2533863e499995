// DescribeEndpoints and DescribeLimits.
#include <string>

#include "cloud/context.h"
#include "cloud/services/dynamodb/families.h"

namespace trunkline::cloud::dynamodb {
namespace {

Answer<> DescribeEndpoints(Context& context, const json::Object& /*input*/) {
  const std::string_view endpoint = context.endpoint;
  const std::size_t slashes = endpoint.find("://");
  const std::string_view host =
      slashes == std::string_view::npos ? endpoint : endpoint.substr(slashes + 3);
  json::Array endpoints;
  endpoints.emplace_back(json::Object{{"Address", host}, {"CachePeriodInMinutes", 1440}});
  return json::Object{{"Endpoints", std::move(endpoints)}};
}

// The quotas that accounts begin with.
Answer<> DescribeLimits(Context& /*context*/, const json::Object& /*input*/) {
  return json::Object{{"AccountMaxReadCapacityUnits", 80000},
                      {"AccountMaxWriteCapacityUnits", 80000},
                      {"TableMaxReadCapacityUnits", 40000},
                      {"TableMaxWriteCapacityUnits", 40000}};
}

constexpr Operation kOperations[] = {
    {.name = "DescribeEndpoints", .handle = DescribeEndpoints},
    {.name = "DescribeLimits", .handle = DescribeLimits},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kLimitOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
