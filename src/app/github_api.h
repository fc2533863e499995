// GitHub's REST API, or what serves it in shape (docs/git.md): requests with a token, and what its
// refusals mean.
#pragma once

#include <string>

#include "app/connection.h"
#include "base/json.h"
#include "base/result.h"
#include "net/http.h"

namespace trunkline::app {

class GithubApi {
 public:
  // `api` like "https://api.github.com", without a slash at the end. The token is GITHUB_TOKEN's;
  // only an API on this machine does without. The error says what to set.
  static Result<GithubApi> Open(AppWorld& world, const std::string& api);

  // Below /repos/<repository>. An answer that is not 2xx is an error that says what to do.
  net::aw<Result<json::Value>> Ask(std::string method, std::string repository, std::string path,
                                   json::Value body = {}) const;

 private:
  GithubApi(AppWorld& world, std::string api, std::string token)
      : world_(world), api_(std::move(api)), token_(std::move(token)) {}
  net::Request MakeRequest(const net::Url& url, std::string method, const json::Value& body) const;

  AppWorld& world_;
  std::string api_;
  std::string token_;
};

}  // namespace trunkline::app
