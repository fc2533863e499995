// CloudTest: an embedded cloud for tests that speak in operations, without sockets and with a clock
// of ours.
//
//   class Queues : public CloudTest {};
//   TEST_F(Queues, DescribingAnUnknownQueueIsA404) {
//     const Answered answer = Ask("connect", "DescribeQueue", {{"InstanceId", id}, {"QueueId",
//     "nope"}});
//
//     EXPECT_THAT(answer, Fails(404, "ResourceNotFoundException", HasSubstr("nope")));
//   }
//
// Requests go through the client's encoder, the gateway and the client's decoder. The state is on
// disk in a temporary folder, so that Restart can be asked of any test.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <gmock/gmock.h>

#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/environment.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "cloud/cloud.h"
#include "cloud/timers.h"
#include "net/async.h"
#include "net/http.h"
#include "tests/support/shared_data.h"

namespace trunkline::cloud::tests {

// What came back of one operation.
struct Answered {
  int status = 0;
  std::string code;  // empty: it worked
  std::string message;
  json::Object output;  // of the operation; of an error, its further members
  net::Response response;
  bool ok() const { return code.empty(); }
};
void PrintTo(const Answered& answered, std::ostream* out);

// A request under way; Wait or Advance move it on.
struct Pending {
  std::shared_ptr<std::optional<net::Response>> response;
  std::string service;
  std::string operation;
  bool done() const { return response->has_value(); }
};

class CloudTest : public ::testing::Test {
 protected:
  explicit CloudTest(CloudOptions options = {});
  ~CloudTest() override;
  void TearDown() override;

  // ---- speaking

  // One call as the current account in the current Region, to its end.
  Answered Ask(std::string_view service, std::string_view operation,
               const json::Object& input = {});
  // The same; anything but success fails the test. The answer is the output.
  json::Object Do(std::string_view service, std::string_view operation,
                  const json::Object& input = {});
  // Starts a call that waits (for time, a process, another call).
  Pending Begin(std::string_view service, std::string_view operation,
                const json::Object& input = {});
  Answered Wait(const Pending& pending);
  // A request as it is, for what an encoder would refuse to send.
  net::Response Send(net::Request request);
  // The request of an operation, signed for looks only: keys of 12 digits are believed.
  net::Request Encode(std::string_view service, std::string_view operation,
                      const json::Object& input);
  Answered Decode(std::string_view service, std::string_view operation,
                  const net::Response& response);

  // ---- who and where

  void UseAccount(std::string account) { account_ = std::move(account); }
  void UseRegion(std::string region) { region_ = std::move(region); }
  // From now on requests are really signed, by these; nothing: as the account again.
  void UseCredentials(std::optional<aws::Credentials> credentials) {
    credentials_ = std::move(credentials);
  }
  const std::string& account() const { return account_; }
  const std::string& region() const { return region_; }

  // ---- time and life

  void Advance(Milliseconds by);  // runs what becomes due on the way, in order
  void Restart();                 // closes the cloud and opens it again on the same folder
  void RunLoop();                 // whatever is ready

  Cloud& cloud() { return *cloud_; }
  Engine& engine() { return cloud_->engine(); }
  Store& store() { return cloud_->engine().store; }
  ManualClock& clock() { return clock_; }
  MemoryLog& log() { return log_; }
  net::Loop& loop() { return *loop_; }
  const std::string& data_folder() const { return options_.data; }
  const aws::Models& models() const { return models_; }

 private:
  void Open();
  void SignFor(const aws::Model& model, net::Request& request);

  trunkline::tests::TemporaryFolder folder_;
  CloudOptions options_;
  SystemEnvironment environment_;
  ManualClock clock_;
  SeededRandom random_{1};
  MemoryLog log_;
  aws::Models models_;
  std::unique_ptr<net::Loop> loop_;
  std::unique_ptr<ManualTimers> timers_;
  std::unique_ptr<Cloud> cloud_;
  std::optional<aws::Credentials> credentials_;
  std::string account_ = "111122223333";
  std::string region_ = "eu-central-1";
};

MATCHER_P3(Fails, status, code, message, "") {
  return ::testing::ExplainMatchResult(status, arg.status, result_listener) &&
         ::testing::ExplainMatchResult(code, arg.code, result_listener) &&
         ::testing::ExplainMatchResult(message, arg.message, result_listener);
}

MATCHER(Succeeds, "") {
  return arg.ok();
}

}  // namespace trunkline::cloud::tests
