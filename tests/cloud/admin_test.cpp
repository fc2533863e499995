#include "cloud/admin.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

class AdminTest : public CloudTest {
 protected:
  net::Response Get(std::string target) {
    return Send(
        {.method = "GET", .target = std::move(target), .headers = {{"Host", "127.0.0.1:4566"}}});
  }
  net::Response Post(std::string target, net::Headers headers = {}) {
    return Send({.method = "POST", .target = std::move(target), .headers = std::move(headers)});
  }
  static json::Object Read(const net::Response& response) {
    return json::Parse(response.body)->AsObject();
  }
};

TEST_F(AdminTest, HealthNamesTheServices) {
  const net::Response response = Get("/_trunkline/health");

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/json");
  const json::Object body = Read(response);
  EXPECT_EQ(body.GetString("status"), "running");
  EXPECT_EQ(body.GetString("endpoint"), "http://127.0.0.1:4566");
  EXPECT_THAT(response.body, HasSubstr("\"sts\""));
}

TEST_F(AdminTest, ServicesCountsTheOperationsOfEach) {
  const net::Response response = Get("/_trunkline/services");

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body, HasSubstr(R"({"name":"lambda","implemented":)"));
}

TEST_F(AdminTest, ServicesNamesTheOperationsOfOne) {
  const json::Object sts = Read(Get("/_trunkline/services/sts"));

  EXPECT_THAT(sts.GetArray("implemented"), ::testing::Contains(json::Value("AssumeRole")));
  EXPECT_THAT(sts.GetArray("notImplemented"),
              ::testing::Contains(json::Value("AssumeRoleWithSAML")));
  EXPECT_EQ(Get("/_trunkline/services/kinesis").status, 404);
}

TEST_F(AdminTest, StateCountsWhatThereIs) {
  Do("sts", "GetSessionToken");

  const net::Response response = Get("/_trunkline/state?pretty");

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body,
              HasSubstr(R"({"account":"","region":"","service":"cloud","kind":"key","count":1})"));
  EXPECT_EQ(Read(response).GetInt("pendingJobs"), 1);
}

TEST_F(AdminTest, ResetForgetsEverything) {
  Do("sts", "GetSessionToken");

  const net::Response response = Post("/_trunkline/reset");

  EXPECT_EQ(response.status, 200);
  const json::Object state = Read(Get("/_trunkline/state"));
  EXPECT_TRUE(state.GetArray("resources").empty());
  EXPECT_EQ(state.GetInt("pendingJobs"), 0);
}

TEST_F(AdminTest, RefusesOtherMethods) {
  const net::Response response = Get("/_trunkline/reset");

  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.Get("Allow"), "POST");
  EXPECT_EQ(Read(response).GetString("message"), "expected POST /_trunkline/reset but got GET");
}

TEST_F(AdminTest, NamesAPageThatDoesNotExist) {
  const net::Response response = Get("/_trunkline/healthy");

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(Read(response).GetString("message"), "there is no page '/_trunkline/healthy'");
}

TEST_F(AdminTest, RefusesPagesOfElsewhere) {
  EXPECT_EQ(
      Post("/_trunkline/reset", {{"Host", "127.0.0.1:4566"}, {"Origin", "https://example.com"}})
          .status,
      403);
  EXPECT_EQ(Post("/_trunkline/reset", {{"Host", "127.0.0.1:4566"}, {"Origin", "null"}}).status,
            403);
  EXPECT_EQ(Post("/_trunkline/reset", {{"Host", "rebound.example.com:4566"}}).status, 403);
  EXPECT_EQ(
      Post("/_trunkline/reset", {{"Host", "localhost:4566"}, {"Origin", "http://localhost:4566"}})
          .status,
      200);
}

}  // namespace
}  // namespace trunkline::cloud::tests
