// GitTest: an embedded cloud on a port, a checkout with real git, and a receiver of webhooks.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/git/archive.h"
#include "net/server.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class GitTest : public CloudTest {
 protected:
  explicit GitTest(CloudOptions options = {});
  ~GitTest() override;

  // Closes the cloud and opens it again, on the same port.
  void RestartServer();

  // `git <arguments>` in `folder` (empty: the checkout), while the cloud answers. Its output; a
  // failure fails the test.
  std::string Git(std::vector<std::string> arguments, const std::string& folder = {});
  // The same, expected to fail: what it said on standard error.
  std::string GitRefused(std::vector<std::string> arguments, const std::string& folder = {});

  // A file of the checkout, and a commit of everything; the commit's id.
  void Write(const std::string& path, std::string_view text);
  std::string Commit(const std::string& message);
  // Pushes to acme/center and waits until everybody was told.
  void Push(std::vector<std::string> refs = {"main"});
  std::string RepositoryUrl(std::string_view name = "acme/center");

  // One of the cloud's own pages; JSON in and out.
  net::Response Page(std::string_view method, std::string_view path, const json::Value& body = {});
  json::Value Read(std::string_view path);  // GET, which must answer 200

  // Runs what is due until nothing is.
  void Settle();

  // ---- webhooks

  std::string ReceiverUrl() const;
  // A hook of acme/center that the receiver gets; its number.
  std::int64_t MakeHook(json::Object config = {});
  std::vector<net::Request> received;
  int receiver_answers = 200;

  // ---- archives

  Answer<git::CommitArchive> Archive(const std::string& connection, const std::string& revision,
                                     const std::string& repository = "acme/center");
  Answer<std::string> Clone(const std::string& connection, const std::string& revision,
                            const std::string& folder);
  WaitContext MakeContext();

  const std::string& checkout() const { return checkout_; }
  const std::string& workplace() const { return workplace_.path(); }

 private:
  struct Ran {
    int exit_code = -1;
    std::string out;
    std::string err;
  };
  Ran RunGitProgram(std::vector<std::string> arguments, const std::string& folder);
  void ListenForHooks();

  trunkline::tests::TemporaryFolder workplace_;
  std::string checkout_;
  std::unique_ptr<net::Server> receiver_;
};

}  // namespace trunkline::cloud::tests
