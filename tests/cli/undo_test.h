// UndoTest: a center with one of everything, delivered to an embedded cloud without sockets, and
// what is in that cloud as a text.
//
// The delivery's client talks to a scripted service that hands every request to the cloud, and that
// fails one of them as told.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/cloud/support/cloud_test.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::cli {

class UndoTest : public deploy::tests::DeployTest {
 protected:
  UndoTest();

  // ---- the center
  void Want(int edition);  // one of everything; another edition differs in all of it
  void WantMore();         // one more of everything

  // ---- delivering
  // Reads, plans (only `kinds`, all when empty) and applies; the `failing`th request is refused.
  deploy::Applied Deliver(const std::vector<std::string>& kinds, bool rollback,
                          std::size_t failing = kNone);
  std::size_t requests() const { return requests_; }  // of the last application
  const std::string& failed() const { return failed_; }
  json::Object Do(std::string_view service, std::string_view operation, json::Object input) {
    return cloud_.Do(service, operation, input);
  }

  // Everything that is there, one record a line, without times and counters.
  std::string State();

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

 private:
  class TestCloud : public cloud::tests::CloudTest {
   public:
    using CloudTest::Advance;
    using CloudTest::Do;
    using CloudTest::engine;
    using CloudTest::Send;
    using CloudTest::store;

   private:
    void TestBody() override {}
  };

  net::Response Answer(net::Request request);

  TestCloud cloud_;
  std::size_t requests_ = 0;
  std::size_t failing_ = kNone;
  std::string failed_;
};

}  // namespace trunkline::cli
