// Repositories, people and commits as GitHub shows them, in its REST API and in webhooks. URLs name
// this cloud.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/git/history.h"
#include "cloud/git/repositories.h"

namespace trunkline::cloud::git {

// "http://127.0.0.1:4566/_trunkline/github": what GITHUB_API_URL would be.
std::string ApiUrl(const Engine& engine);
std::string RepositoryUrl(const Engine& engine, std::string_view full_name);  // of the API

json::Object UserShape(const Engine& engine, std::string_view login);
json::Object RepositoryShape(const Engine& engine, const Repository& repository,
                             std::string_view default_branch);
// A commit of a push event: with added, removed, modified.
json::Object PushCommitShape(const Engine& engine, std::string_view full_name, const Commit& commit,
                             bool distinct);
// A commit of the API.
json::Object ApiCommitShape(const Engine& engine, std::string_view full_name, const Commit& commit);

}  // namespace trunkline::cloud::git
