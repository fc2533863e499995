#include "aws/partition.h"

#include <algorithm>
#include <iterator>

namespace trunkline::aws {
namespace {

constexpr Partition kPartitions[] = {
    {.name = "aws-cn",
     .region_prefix = "cn-",
     .domain = "amazonaws.com.cn",
     .global_region = "cn-north-1",
     .iam_host = "iam.cn-north-1.amazonaws.com.cn"},
    {.name = "aws-us-gov",
     .region_prefix = "us-gov-",
     .domain = "amazonaws.com",
     .global_region = "us-gov-west-1",
     .iam_host = "iam.us-gov.amazonaws.com"},
    {.name = "aws",
     .region_prefix = "",
     .domain = "amazonaws.com",
     .global_region = "us-east-1",
     .iam_host = "iam.amazonaws.com"},
};

}  // namespace

const Partition& PartitionOf(std::string_view region) {
  // The last one takes every Region.
  return *std::ranges::find_if(
      kPartitions, [&](const Partition& row) { return region.starts_with(row.region_prefix); });
}

}  // namespace trunkline::aws
