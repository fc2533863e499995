// Partitions: the separate parts of AWS, each with its own name in ARNs and its own domain.
#pragma once

#include <string_view>

namespace trunkline::aws {

struct Partition {
  std::string_view name;           // "aws", "aws-cn": the second part of an ARN
  std::string_view region_prefix;  // "cn-"; empty: all others
  std::string_view domain;         // "amazonaws.com"
  std::string_view global_region;  // where IAM is signed for
  std::string_view iam_host;
};

const Partition& PartitionOf(std::string_view region);

}  // namespace trunkline::aws
