#include "functions/router_settings.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/text.h"
#include "net/loopback.h"

namespace trunkline::functions::router {
namespace {

constexpr std::string_view kGithubApi = "https://api.github.com";

Error Unset(std::string_view name) {
  return Error(ErrorKind::kInvalid,
               "the router's environment has no {}: deploy the tooling stack again ('trunkline "
               "bootstrap')",
               name);
}

Result<std::string> Required(const Environment& environment, std::string_view name) {
  std::string value = environment.GetOr(name, "");
  if (value.empty()) return Unset(name);
  return value;
}

Result<std::vector<BranchRow>> ReadBranches(const std::string& text) {
  const Result<json::Value> value = json::Parse(text);
  if (!value || !value->IsObject())
    return Error(ErrorKind::kInvalid,
                 "expected TRUNKLINE_BRANCHES to be JSON such as {{\"develop\": \"dev\"}} but got "
                 "'{}'",
                 text);
  std::vector<BranchRow> rows;
  for (const json::Member& member : value->AsObject()) {
    if (!member.value.IsString() || member.value.AsString().empty())
      return Error(ErrorKind::kInvalid,
                   "expected TRUNKLINE_BRANCHES to give branch '{}' the name of an environment "
                   "but got {}",
                   member.key, member.value.TypeName());
    rows.push_back({.branch = member.key, .environment = member.value.AsString()});
  }
  return rows;
}

std::vector<std::string> ReadProjects(std::string_view text) {
  std::vector<std::string> projects;
  for (const std::string_view part : Split(text, ',')) {
    if (!Trim(part).empty()) projects.emplace_back(Trim(part));
  }
  return projects;
}

Result<std::string> ReadRepository(const Environment& environment) {
  TL_TRY(std::string repository, Required(environment, "TRUNKLINE_REPOSITORY"));
  const std::size_t slash = repository.find('/');
  const bool named = slash != std::string::npos && slash > 0 && slash + 1 < repository.size() &&
                     repository.find('/', slash + 1) == std::string::npos;
  if (named) return repository;
  return Error(ErrorKind::kInvalid, "expected TRUNKLINE_REPOSITORY to be owner/name but got '{}'",
               repository);
}

Result<std::string> ReadApi(const Environment& environment) {
  std::string api = environment.GetOr("TRUNKLINE_GITHUB_API", "");
  if (api.empty()) return std::string(kGithubApi);
  const auto url = net::ParseUrl(api);
  // A token goes there.
  if (!url || (url->scheme != "https" && !net::IsLoopback(*url)))
    return Error(ErrorKind::kInvalid,
                 "expected TRUNKLINE_GITHUB_API to be a URL of https like '{}' but got '{}'",
                 kGithubApi, api);
  while (api.ends_with('/')) api.pop_back();
  return api;
}

}  // namespace

std::string_view Settings::EnvironmentOf(std::string_view branch) const {
  const auto row = std::ranges::find(branches, branch, &BranchRow::branch);
  return row == branches.end() ? std::string_view() : std::string_view(row->environment);
}

std::vector<std::string> Settings::RoutedBranches() const {
  std::vector<std::string> names;
  for (const BranchRow& row : branches) names.push_back(row.branch);
  const bool more = !tooling_branch.empty() && EnvironmentOf(tooling_branch).empty();
  if (more) names.push_back(tooling_branch);
  return names;
}

Result<Settings> ReadSettings(const Environment& environment) {
  Settings settings;
  TL_TRY(settings.secret_arn, Required(environment, "TRUNKLINE_SECRET_ARN"));
  TL_TRY(settings.ledger_table, Required(environment, "TRUNKLINE_LEDGER_TABLE"));
  TL_TRY(settings.repository, ReadRepository(environment));
  TL_TRY(const std::string branches, Required(environment, "TRUNKLINE_BRANCHES"));
  TL_TRY(settings.branches, ReadBranches(branches));
  TL_TRY(const std::string projects, Required(environment, "TRUNKLINE_PROJECTS"));
  settings.projects = ReadProjects(projects);
  settings.tooling_branch = environment.GetOr("TRUNKLINE_TOOLING_BRANCH", "");
  TL_TRY(settings.github_api, ReadApi(environment));
  settings.github_token_arn = environment.GetOr("TRUNKLINE_GITHUB_TOKEN_ARN", "");
  return settings;
}

}  // namespace trunkline::functions::router
