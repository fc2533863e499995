// What the pages of /_trunkline/github share: GitHub's errors, its pages of lists. For
// cloud/git/github_*.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "cloud/engine.h"
#include "cloud/git/repositories.h"
#include "net/async.h"
#include "net/http.h"

namespace trunkline::cloud::git {

// One request on its way: what is asked of which repository.
struct GithubCall {
  net::Request request;
  Repository repository;
  // What stands behind /repos/{owner}/{name}/, decoded, in its parts; a branch's '/' makes parts of
  // their own.
  std::vector<std::string> parts;

  // The parts from `first` on, with their slashes.
  std::string Rest(std::size_t first) const;
  std::string Query(std::string_view key) const;
};

net::Response GithubFail(int status, std::string_view message);
net::Response GithubFail(const Error& error);
net::Response GithubList(json::Array items);

// page and per_page of a list, as GitHub bounds them.
struct Paging {
  std::size_t page = 1;
  std::size_t per_page = 30;
  std::size_t skip() const { return (page - 1) * per_page; }
};
Paging ReadPaging(const GithubCall& call, std::size_t usual = 30, std::size_t most = 100);
// The Link header, where there is a next or a former page.
void SetLinks(const Engine& engine, const GithubCall& call, const Paging& paging, std::size_t total,
              net::Response& response);

// hooks[/{id}[/pings|/tests|/deliveries[/{id}[/attempts]]]]
net::aw<net::Response> HandleHooks(Engine& engine, GithubCall call);
// compare/{base}...{head}
net::aw<net::Response> HandleCompare(Engine& engine, GithubCall call);
// branches[/{branch}], commits[/{ref}]
net::aw<net::Response> HandleBranches(Engine& engine, GithubCall call);
net::aw<net::Response> HandleCommits(Engine& engine, GithubCall call);

}  // namespace trunkline::cloud::git
