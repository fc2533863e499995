#include "cloud/execute_api/service_uri.h"

#include <array>

namespace trunkline::cloud::execute_api {

std::optional<ServiceUri> ReadServiceUri(std::string_view uri) {
  std::array<std::string_view, 5> parts;  // "arn", "aws", "apigateway", region, service
  for (std::string_view& part : parts) {
    const std::size_t colon = uri.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part = uri.substr(0, colon);
    uri.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn" || !parts[1].starts_with("aws") || parts[2] != "apigateway")
    return std::nullopt;
  ServiceUri read{.region = std::string(parts[3]), .subdomain = {}, .service = {}, .rest = {}};
  const std::size_t dot = parts[4].rfind('.');
  if (dot != std::string_view::npos) read.subdomain = parts[4].substr(0, dot);
  read.service = dot == std::string_view::npos ? parts[4] : parts[4].substr(dot + 1);
  constexpr std::string_view kAction = "action/";
  constexpr std::string_view kPath = "path/";
  read.action = uri.starts_with(kAction);
  if (!read.action && !uri.starts_with(kPath)) return std::nullopt;
  read.rest = uri.substr(read.action ? kAction.size() : kPath.size());
  if (read.region.empty() || read.service.empty()) return std::nullopt;
  return read;
}

}  // namespace trunkline::cloud::execute_api
