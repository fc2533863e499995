#include "cloud/policy_resource.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::cloud {
namespace {

constexpr std::array<std::string_view, 13> kIamPaths = {"user/",
                                                        "federated-user/",
                                                        "role/",
                                                        "group/",
                                                        "instance-profile/",
                                                        "mfa/",
                                                        "server-certificate/",
                                                        "policy/",
                                                        "sms-mfa/",
                                                        "saml-provider/",
                                                        "oidc-provider/",
                                                        "report/",
                                                        "access-report/"};

// Takes what is in front of the next colon off `rest`.
std::string_view TakePart(std::string_view& rest) {
  const std::size_t colon = rest.find(':');
  const std::string_view part = rest.substr(0, colon);
  rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
  return part;
}

bool IsPartition(std::string_view name) {
  return name == "aws" || name.starts_with("aws-") || name.find('*') != std::string_view::npos;
}

// The ARN as IAM repeats it: parts that are missing are '*'.
std::string Completed(std::string_view partition, std::string_view rest) {
  std::string text = fmt::format("arn:{}", partition);
  const bool nothing = rest.empty();
  for (int i = 0; i < 3; ++i) {
    const bool missing = rest.empty() && (i > 0 || nothing);
    const std::string_view part = TakePart(rest);
    text += fmt::format(":{}", missing ? "*" : part);
  }
  return text + ":" + (rest.empty() ? "*" : std::string(rest));
}

std::optional<std::string> FindPathProblem(std::string_view path) {
  if (path == "*" || path == "root") return std::nullopt;
  const bool known = std::ranges::any_of(
      kIamPaths, [&](std::string_view start) { return path.starts_with(start); });
  if (known) return std::nullopt;
  std::string text = "IAM resource path must either be \"*\", root, or start with ";
  for (const std::string_view start : kIamPaths) {
    if (start != kIamPaths.front()) text += ", ";
    text += start;
  }
  return text + ".";
}

}  // namespace

std::optional<std::string> FindResourceProblem(std::string_view resource) {
  if (resource == "*") return std::nullopt;
  std::string_view rest = resource;
  TakePart(rest);
  if (resource.find(':') == std::string_view::npos)
    return fmt::format("Resource {} must be in ARN format or \"*\".", resource);
  const bool has_service = rest.find(':') != std::string_view::npos;
  const std::string_view partition = TakePart(rest);
  if (!IsPartition(partition)) {
    return fmt::format("Partition \"{}\" is not valid for resource \"{}\".", partition,
                       Completed(partition, rest));
  }
  const std::string_view service = TakePart(rest);
  if (!has_service || service.find_first_of("*?") != std::string_view::npos)
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  const std::string_view region = TakePart(rest);
  const bool complete = rest.find(':') != std::string_view::npos;
  const std::string_view account = TakePart(rest);
  if (!complete) return std::nullopt;  // the older reader's matter
  if (service == "iam" && !region.empty())
    return fmt::format("IAM resource {} cannot contain region information.", resource);
  if (service == "s3" && !region.empty() && account.empty())
    return fmt::format("Resource {} can not contain region information.", resource);
  return service == "iam" ? FindPathProblem(rest) : std::nullopt;
}

bool PassesLegacyReading(std::string_view resource) {
  if (resource == "*") return true;
  const std::vector<std::string_view> parts = Split(resource, ':');
  const bool complete = parts.size() >= 6 || resource.find("::") == std::string_view::npos;
  return complete && parts.size() >= 3 && !parts[2].empty();
}

}  // namespace trunkline::cloud
