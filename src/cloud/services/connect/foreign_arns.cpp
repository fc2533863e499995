#include "cloud/services/connect/foreign_arns.h"

#include <vector>

#include "base/text.h"
#include "cloud/callers.h"

namespace trunkline::cloud::connect {
namespace {

// The parts of an ARN of the service, if it has at least `count` of them and names an account and a
// Region.
std::vector<std::string_view> Parts(std::string_view arn, std::string_view service,
                                    std::size_t count) {
  std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() < count || parts[0] != "arn" || parts[1] != "aws" || parts[2] != service)
    return {};
  if (parts[3].empty() || !IsAccountId(parts[4])) return {};
  return parts;
}

}  // namespace

std::optional<FunctionArn> ParseFunctionArn(std::string_view arn) {
  const auto parts = Parts(arn, "lambda", 7);
  if (parts.empty() || parts.size() > 8 || parts[5] != "function" || parts[6].empty())
    return std::nullopt;
  if (parts.size() == 8 && parts[7].empty()) return std::nullopt;
  return FunctionArn{.region = std::string(parts[3]),
                     .account = std::string(parts[4]),
                     .name = std::string(parts[6]),
                     .qualifier = parts.size() == 8 ? std::string(parts[7]) : std::string()};
}

std::optional<BotAliasArn> ParseBotAliasArn(std::string_view arn) {
  const auto parts = Parts(arn, "lex", 6);
  if (parts.size() != 6) return std::nullopt;
  const auto names = Split(parts[5], '/');
  if (names.size() != 3 || names[0] != "bot-alias" || names[1].empty() || names[2].empty())
    return std::nullopt;
  return BotAliasArn{.region = std::string(parts[3]),
                     .account = std::string(parts[4]),
                     .bot = std::string(names[1]),
                     .alias = std::string(names[2])};
}

}  // namespace trunkline::cloud::connect
