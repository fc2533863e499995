#include "cloud/faults.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

class Faults : public CloudTest {
 protected:
  net::Response Request(std::string method, std::string target, std::string body = {}) {
    return Send({.method = std::move(method),
                 .target = std::move(target),
                 .headers = {{"Host", "127.0.0.1:4566"}},
                 .body = std::move(body)});
  }
  json::Object Arm(const json::Object& fault) {
    const net::Response response = Request("POST", "/_trunkline/faults", json::Write(fault));
    EXPECT_EQ(response.status, 201) << response.body;
    return json::Parse(response.body)->AsObject();
  }
  std::string Refusal(std::string body) {
    const net::Response response = Request("POST", "/_trunkline/faults", std::move(body));
    EXPECT_EQ(response.status, 400);
    return std::string(json::Parse(response.body)->AsObject().GetString("message"));
  }
  json::Array Armed() {
    return json::Parse(Request("GET", "/_trunkline/faults").body)->AsObject().GetArray("faults");
  }
  Answered CreateInstance(std::string alias) {
    return Ask("connect", "CreateInstance",
               {{"InstanceAlias", std::move(alias)},
                {"IdentityManagementType", "CONNECT_MANAGED"},
                {"InboundCallsEnabled", true},
                {"OutboundCallsEnabled", true}});
  }
  std::string Code() { return Ask("connect", "ListInstances").code; }
};

const json::Object kThrottled{{"operation", "connect:ListInstances"},
                              {"error", "ThrottlingException"}};

json::Object With(json::Object fault, std::string_view member, json::Value value) {
  fault.Set(member, std::move(value));
  return fault;
}

TEST_F(Faults, AreMetOnceUnlessMoreTimesAreAsked) {
  Arm(kThrottled);
  EXPECT_EQ(Code(), "ThrottlingException");
  EXPECT_EQ(Code(), "");

  Arm(With(kThrottled, "times", 2));
  EXPECT_EQ(Code(), "ThrottlingException");
  EXPECT_EQ(Code(), "ThrottlingException");
  EXPECT_EQ(Code(), "");
}

TEST_F(Faults, OfZeroTimesAreMetUntilTheyAreTakenAway) {
  const json::Object armed = Arm(With(kThrottled, "times", 0));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Code(), "ThrottlingException");

  const std::string target = fmt::format("/_trunkline/faults/{}", armed.GetString("id"));
  EXPECT_EQ(Request("DELETE", target).status, 204);

  EXPECT_EQ(Code(), "");
  EXPECT_EQ(Request("DELETE", target).status, 404);
}

TEST_F(Faults, LetCallsPassFirst) {
  Arm(With(kThrottled, "after", 2));

  EXPECT_EQ(Code(), "");
  EXPECT_EQ(Code(), "");
  EXPECT_EQ(Code(), "ThrottlingException");
}

TEST_F(Faults, ConcernTheirAccountRegionAndServiceOnly) {
  Arm(With(kThrottled, "account", "999999999999"));
  Arm(With(kThrottled, "region", "eu-west-3"));
  EXPECT_EQ(Code(), "");

  Arm({{"operation", "connect:*"}, {"error", "ThrottlingException"}});
  EXPECT_EQ(Ask("sts", "GetCallerIdentity").code, "");
  EXPECT_EQ(CreateInstance("acme").code, "ThrottlingException");
}

TEST_F(Faults, SayWhatTheyWereToldToSay) {
  Arm({{"operation", "connect:CreateInstance"},
       {"error", "ServiceQuotaExceededException"},
       {"message", "no more"},
       {"status", 402}});

  const Answered answer = CreateInstance("acme");

  EXPECT_EQ(answer.status, 402);
  EXPECT_EQ(answer.message, "no more");
}

TEST_F(Faults, LetAnInstanceEndAsFailed) {
  Arm({{"operation", "connect:CreateInstance"},
       {"ends", "CREATION_FAILED"},
       {"message", "no directory"}});
  const std::string id(CreateInstance("acme").output.GetString("Id"));
  Advance(std::chrono::seconds(1));

  const json::Object instance =
      Do("connect", "DescribeInstance", {{"InstanceId", id}}).GetObject("Instance");

  EXPECT_EQ(instance.GetString("InstanceStatus"), "CREATION_FAILED");
  EXPECT_EQ(instance.GetObject("StatusReason").GetString("Message"), "no directory");
  const Answered queues = Ask("connect", "ListQueues", {{"InstanceId", id}});
  EXPECT_THAT(queues.message, HasSubstr("could not be created: delete it"));
  Do("connect", "DeleteInstance", {{"InstanceId", id}});
  EXPECT_EQ(CreateInstance("acme").code, "");
}

TEST_F(Faults, AreListedWithHowOftenTheyWereMetAlsoAfterARestart) {
  Arm(With(kThrottled, "after", 1));
  Code();
  Code();

  Restart();

  ASSERT_EQ(Armed().size(), 1U);
  EXPECT_EQ(Armed().front().AsObject().GetInt("met"), 1);
  EXPECT_FALSE(Armed().front().AsObject().Has("passed"));
}

TEST_F(Faults, GoAllAtOnceAndWithAReset) {
  Arm(kThrottled);
  Arm(kThrottled);
  EXPECT_EQ(Request("DELETE", "/_trunkline/faults").status, 204);
  EXPECT_TRUE(Armed().empty());

  Arm(kThrottled);
  Request("POST", "/_trunkline/reset");
  EXPECT_EQ(Code(), "");
}

TEST_F(Faults, RefuseWhatNobodyCouldMeet) {
  EXPECT_THAT(Refusal(R"({"operation": "connect"})"),
              HasSubstr("expected an operation such as 'connect:CreateInstance'"));
  EXPECT_THAT(Refusal(R"({"operation": "connect:CreateInstanec", "error": "X"})"),
              HasSubstr("did you mean 'CreateInstance'?"));
  EXPECT_THAT(Refusal(R"({"operation": "connect:CreateInstance", "error": "X"})"),
              HasSubstr("'X' is no error of this operation: it has "));
  EXPECT_THAT(Refusal(R"({"operation": "connect:CreateInstance"})"),
              HasSubstr("expected either 'error', a code, or 'ends', a status"));
  EXPECT_THAT(Refusal(R"({"operation": "connect:CreateQueue", "ends": "CREATION_FAILED"})"),
              HasSubstr("there is CREATION_FAILED of connect:CreateInstance"));
  EXPECT_THAT(Refusal(R"({"operaton": "connect:CreateQueue"})"),
              HasSubstr("a fault has no member 'operaton'; expected operation, error"));
  EXPECT_THAT(Refusal(R"({"operation": "connect:CreateQueue", "times": "2"})"),
              HasSubstr("expected 'times' to be a number but got a string"));
  EXPECT_THAT(Refusal("[]"), HasSubstr("expected {"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
