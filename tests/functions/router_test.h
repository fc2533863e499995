// RouterTest: the router with a secret, a ledger that keeps what it is told, pipelines that count
// their starts, and a GitHub that compares as told.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "functions/router_signature.h"
#include "net/server.h"
#include "tests/functions/function_test.h"

namespace trunkline::functions::tests {

inline const std::string kSecret = "It's a Secret to Everybody";
inline const std::string kZero(40, '0');

// Commits: 'a' 40 times, and so on.
inline std::string CommitOf(char letter) {
  return std::string(40, letter);
}

// A push event as GitHub sends it, one commit of these paths.
struct TestPush {
  std::string branch = "develop";
  std::string before = CommitOf('a');
  std::string after = CommitOf('b');
  std::vector<std::string> paths;
  std::int64_t pushed = 1795348700;  // 100 s before the clock begins
  bool forced = false;
};
json::Object PayloadOf(const TestPush& push);

struct TestReply {
  int status = 0;
  json::Object body;

  std::vector<std::string> started() const;  // pipelines
  std::vector<std::string> skipped() const;
  std::string WhyOf(std::string_view list, std::string_view what) const;  // empty: not in it
};

class RouterTest : public FunctionTest {
 protected:
  RouterTest();

  // Signed, as an HTTP API hands it over.
  static json::Value EventOf(const std::string& body, const std::string& event = "push",
                             const std::string& secret = kSecret,
                             const std::string& delivery = "d-1");
  TestReply Send(json::Value event);
  TestReply Deliver(const TestPush& push, const std::string& delivery = "d-1");
  json::Object Reconcile();

  // Of GitHub: answers by path, 404 for what nobody told.
  void GithubAnswers(const std::string& path, std::string body, int status = 200);
  void GithubCompares(char base, char head, const std::vector<std::string>& paths,
                      const std::string& status = "ahead");
  void GithubHas(const std::string& branch, char commit);
  const std::vector<std::string>& github_asked() const { return github_asked_; }
  net::Headers github_headers() const { return github_headers_; }

  // The inputs of StartPipelineExecution, as "pipeline at b": the commit by its letter.
  std::vector<std::string> starts() const;
  // Names of pipelines that there are not.
  std::set<std::string> missing_;
  // Called before each writing of the ledger with its item: what happens in between.
  std::function<void(const json::Object&)> before_write_;
  std::map<std::string, json::Object> ledger_;

 private:
  Result<json::Object> PutItem(const json::Object& input);
  Result<json::Object> StartPipeline(const json::Object& input);

  std::map<std::string, net::Response> github_answers_;
  std::vector<std::string> github_asked_;
  net::Headers github_headers_;
  std::unique_ptr<net::ManualTimers> github_timers_;
  std::unique_ptr<net::Server> github_;
  std::map<std::string, std::string> executions_;  // by pipeline and token
};

}  // namespace trunkline::functions::tests
