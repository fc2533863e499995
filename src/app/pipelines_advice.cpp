#include "app/pipelines_advice.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::app {
namespace {

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool HasAny(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts, [&](std::string_view part) { return Has(text, part); });
}

// What follows `mark`, up to a blank or another end of a name.
std::string_view After(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + mark.size());
  return text.substr(0, text.find_first_of(" \t\n'\",;:()[]/"));
}

// The environment whose role cannot be taken: its roles are named after it.
std::string OfRoles(std::string_view message) {
  if (!HasAny(message, {"sts:AssumeRole", "AssumeRole on role", "assume the role"})) return {};
  for (const std::string_view role : {"trunkline-deploy-", "trunkline-operator-"}) {
    const std::string_view environment = After(message, role);
    if (environment.empty()) continue;
    return fmt::format(
        "the account of environment '{0}' has no such role, or it trusts another tooling account: "
        "'trunkline bootstrap --env {0}' makes it, with --env-profile {0}=PROFILE of an "
        "administrator of that account",
        environment);
  }
  return {};
}

std::string OfConnection(std::string_view message) {
  if (!Has(message, "onnection")) return {};
  if (HasAny(message, {"is not available", "PENDING", "pending"})) {
    return "the connection waits for a person: finish it in the console of the tooling account, "
           "'Developer Tools, Connections', 'Update pending connection'";
  }
  if (!HasAny(message, {"does not exist", "was not found", "not found"})) return {};
  return "make a connection in the console of the tooling account, 'Developer Tools, "
         "Connections', name its ARN as codestarArn in "
         "amzconnect-devops-pipelines/env/devops.json, "
         "and run 'trunkline pipelines deploy'";
}

std::string OfBranch(std::string_view message) {
  constexpr std::string_view kMark = "No Branch [";
  const std::size_t at = message.find(kMark);
  if (at == std::string_view::npos) return {};
  const std::string_view branch = message.substr(at + kMark.size());
  return fmt::format("the repository has no such branch or commit: 'git push origin {}'",
                     branch.substr(0, branch.find(']')));
}

std::string OfPermission(std::string_view message) {
  if (!HasAny(message, {"not authorized to perform", "AccessDenied"})) return {};
  return "roles of the target account come with 'trunkline bootstrap', those of the tooling "
         "account "
         "with 'trunkline pipelines deploy': run what brings this role, as an administrator of its "
         "account";
}

}  // namespace

std::string AdviceFor(std::string_view message) {
  for (const auto advise : {OfRoles, OfConnection, OfBranch, OfPermission}) {
    std::string advice = advise(message);
    if (!advice.empty()) return advice;
  }
  return {};
}

}  // namespace trunkline::app
