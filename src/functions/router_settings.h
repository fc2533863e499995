// What the router is told by its environment: whose pushes it takes, and which pipelines there are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"
#include "base/result.h"

namespace trunkline::functions::router {

struct BranchRow {
  std::string branch;
  std::string environment;
};

struct Settings {
  std::string secret_arn;             // TRUNKLINE_SECRET_ARN
  std::string ledger_table;           // TRUNKLINE_LEDGER_TABLE
  std::string repository;             // TRUNKLINE_REPOSITORY: "owner/name"
  std::vector<BranchRow> branches;    // TRUNKLINE_BRANCHES: {"develop": "dev"}
  std::vector<std::string> projects;  // TRUNKLINE_PROJECTS: those with pipelines, in delivery order
  std::string tooling_branch;         // TRUNKLINE_TOOLING_BRANCH: its pipelines project updates
                                      // the pipelines
  std::string github_api;             // TRUNKLINE_GITHUB_API, without a slash at the end
  std::string github_token_arn;       // TRUNKLINE_GITHUB_TOKEN_ARN; empty: none is sent

  // Empty: no enabled environment is delivered from it.
  std::string_view EnvironmentOf(std::string_view branch) const;
  // Every branch whose pushes start something, the tooling branch too; no branch twice.
  std::vector<std::string> RoutedBranches() const;
};

// The error names the variable, what was expected and what to do.
Result<Settings> ReadSettings(const Environment& environment);

// The project whose pipeline updates the pipelines, once for the tooling branch.
inline constexpr std::string_view kPipelinesProject = "devops-pipelines";

// Projects and their folders, in delivery order: folder "amzconnect-" + project.
inline constexpr std::string_view kFolderPrefix = "amzconnect-";

}  // namespace trunkline::functions::router
