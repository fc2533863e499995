#include "cloud/arn.h"

#include <fmt/format.h>

#include "aws/partition.h"

namespace trunkline::cloud {

std::optional<Arn> ParseArn(std::string_view text) {
  std::string_view parts[5];
  for (std::string_view& part : parts) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn" || !parts[1].starts_with("aws") || text.empty()) return std::nullopt;
  return Arn{.service = std::string(parts[2]),
             .region = std::string(parts[3]),
             .account = std::string(parts[4]),
             .resource = std::string(text)};
}

std::string MakeArn(const Scope& scope, std::string_view service, std::string_view resource) {
  return fmt::format("arn:{}:{}:{}:{}:{}", aws::PartitionOf(scope.region).name, service,
                     scope.region, scope.account, resource);
}

std::string MakeArn(const Context& context, std::string_view service, std::string_view resource) {
  return MakeArn(context.RegionScope(), service, resource);
}

}  // namespace trunkline::cloud
