// What `up --enforce-iam` counts: statements that were used, and those that were needed.
#include <string>

#include "base/json_read.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kTrust =
    R"({"Version":"2012-10-17","Statement":{"Sid":"Account","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}})";

CloudOptions Enforced() {
  CloudOptions options;
  options.settings.enforce_iam = true;
  return options;
}

class CountedAccess : public CloudTest {
 protected:
  CountedAccess() : CloudTest(Enforced()) {
    UseRegion("us-east-1");
    Do("iam", "CreateRole", {{"RoleName", "reader"}, {"AssumeRolePolicyDocument", kTrust}});
    Do("s3", "CreateBucket", {{"Bucket", "flows"}});
    Do("s3", "PutObject", {{"Bucket", "flows"}, {"Key", "a"}, {"Body", "{}"}});
  }

  void Give(std::string_view statements) {
    const std::string document =
        fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", statements);
    Do("iam", "PutRolePolicy",
       {{"RoleName", "reader"}, {"PolicyName", "p"}, {"PolicyDocument", document}});
  }
  void BeTheReader() {
    const json::Object output =
        Do("sts", "AssumeRole",
           {{"RoleArn", "arn:aws:iam::111122223333:role/reader"}, {"RoleSessionName", "me"}});
    const json::Object& given = output.GetObject("Credentials");
    UseCredentials(aws::Credentials{.access_key_id = std::string(given.GetString("AccessKeyId")),
                                    .secret_key = std::string(given.GetString("SecretAccessKey")),
                                    .session_token = std::string(given.GetString("SessionToken")),
                                    .expires = std::nullopt});
  }
  void Get() { Ask("s3", "GetObject", {{"Bucket", "flows"}, {"Key", "a"}}); }

  json::Object Page(std::string method = "GET") {
    const net::Response response =
        Send({.method = std::move(method), .target = "/_trunkline/access", .headers = {}});
    EXPECT_EQ(response.status, 200) << response.body;
    return json::Parse(response.body)->AsObject();
  }
  // The row of a statement of the policy that is called so; empty when there is none.
  json::Object Row(std::string_view policy, std::string_view statement) {
    const json::Object page = Page();
    for (const json::Value& one : page.GetArray("policies")) {
      if (one.AsObject().GetString("policy") != policy) continue;
      for (const json::Value& row : one.AsObject().GetArray("statements")) {
        if (row.AsObject().GetString("statement") == statement) return row.AsObject();
      }
    }
    return {};
  }
  json::Object Row(std::string_view statement) {
    return Row("inline policy 'p' of role 'reader'", statement);
  }
};

MATCHER_P2(Counts, used, needed, "") {
  return arg.GetInt("used", -1) == used && arg.GetInt("needed", -1) == needed;
}

TEST_F(CountedAccess, NamesAStatementThatWasNeeded) {
  Give(R"({"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})");
  BeTheReader();

  Get();
  Get();

  EXPECT_THAT(Row("Read"), Counts(2, 2));
}

TEST_F(CountedAccess, NeedsNeitherOfTwoStatementsThatAllowTheSame) {
  Give(R"({"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"*"},)"
       R"({"Sid":"All","Effect":"Allow","Action":"s3:*","Resource":"*"})");
  BeTheReader();

  Get();

  EXPECT_THAT(Row("Read"), Counts(1, 0));
  EXPECT_THAT(Row("All"), Counts(1, 0));
}

TEST_F(CountedAccess, TellsWhichActionsAndResourcesWereNeeded) {
  Give(R"({"Sid":"Read","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],)"
       R"("Resource":["arn:aws:s3:::flows/*","arn:aws:s3:::flows/a","arn:aws:s3:::others/*"]})");
  BeTheReader();

  Get();

  const json::Object row = Row("Read");
  EXPECT_THAT(row.GetArray("actions")[0].AsObject(), Counts(1, 1));
  EXPECT_THAT(row.GetArray("actions")[1].AsObject(), Counts(0, 0));
  EXPECT_EQ(row.GetArray("actions")[1].AsObject().GetString("action"), "s3:PutObject");
  EXPECT_THAT(row.GetArray("resources")[0].AsObject(), Counts(1, 0));
  EXPECT_THAT(row.GetArray("resources")[1].AsObject(), Counts(1, 0));
  EXPECT_THAT(row.GetArray("resources")[2].AsObject(), Counts(0, 0));
}

TEST_F(CountedAccess, ShowsWhatNoCallHasAsked) {
  Give(R"({"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})");

  EXPECT_THAT(Row("Read"), Counts(0, 0));
  EXPECT_THAT(Row("trust policy of role 'reader'", "Account"), Counts(0, 0));
}

TEST_F(CountedAccess, CountsTheTrustOfARole) {
  BeTheReader();

  EXPECT_THAT(Row("trust policy of role 'reader'", "Account"), Counts(1, 1));
}

TEST_F(CountedAccess, NeedsADenyThatAnAllowStandsBehind) {
  Give(R"({"Sid":"All","Effect":"Allow","Action":"s3:Get*","Resource":"*"},)"
       R"({"Sid":"NoGet","Effect":"Deny","Action":"s3:GetObject","Resource":"*"},)"
       R"({"Sid":"NoPut","Effect":"Deny","Action":"s3:PutObject","Resource":"*"})");
  BeTheReader();

  Get();
  Ask("s3", "PutObject", {{"Bucket", "flows"}, {"Key", "b"}, {"Body", ""}});

  EXPECT_THAT(Row("NoGet"), Counts(1, 1));
  EXPECT_THAT(Row("NoPut"), Counts(1, 0));
}

TEST_F(CountedAccess, CountsTheBoundaryBesideTheRole) {
  constexpr std::string_view kArn = "arn:aws:iam::111122223333:policy/most";
  Do("iam", "CreatePolicy",
     {{"PolicyName", "most"},
      {"PolicyDocument",
       R"({"Version":"2012-10-17","Statement":[{"Sid":"S3","Effect":"Allow","Action":"s3:*","Resource":"*"}]})"}});
  Do("iam", "PutRolePermissionsBoundary", {{"RoleName", "reader"}, {"PermissionsBoundary", kArn}});
  Give(R"({"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})");
  BeTheReader();

  Get();

  EXPECT_THAT(Row(fmt::format("managed policy '{}'", kArn), "S3"), Counts(1, 1));
  EXPECT_THAT(Row("Read"), Counts(1, 1));
}

TEST_F(CountedAccess, KeepsTheCountsOfAStatementWhenItsPolicyChanges) {
  Give(R"({"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})");
  BeTheReader();
  Get();
  UseCredentials({});

  Give(R"({"Sid":"More","Effect":"Allow","Action":"s3:PutObject","Resource":"*"},)"
       R"({"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})");

  EXPECT_THAT(Row("Read"), Counts(1, 1));
  EXPECT_THAT(Row("More"), Counts(0, 0));
}

TEST_F(CountedAccess, ListsWhatWasRefused) {
  BeTheReader();

  Get();
  Get();

  const json::Object page = Page();
  ASSERT_EQ(page.GetArray("refused").size(), 1U);
  const json::Object& refused = page.GetArray("refused")[0].AsObject();
  EXPECT_EQ(refused.GetString("principal"), "arn:aws:iam::111122223333:role/reader");
  EXPECT_EQ(refused.GetString("action"), "s3:GetObject");
  EXPECT_EQ(refused.GetString("resource"), "arn:aws:s3:::flows/a");
  EXPECT_THAT(std::string(refused.GetString("why")), HasSubstr("no identity-based policy"));
  EXPECT_EQ(refused.GetInt("count"), 2);
}

TEST_F(CountedAccess, BeginsAnewWhenAskedTo) {
  Give(R"({"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})");
  BeTheReader();
  Get();

  Page("DELETE");

  EXPECT_THAT(Row("Read"), Counts(0, 0));
}

class UncountedAccess : public CloudTest {};

TEST_F(UncountedAccess, SaysThatNobodyAsksPolicies) {
  const net::Response response =
      Send({.method = "GET", .target = "/_trunkline/access", .headers = {}});

  EXPECT_EQ(response.status, 409);
  EXPECT_THAT(response.body, HasSubstr("trunkline up --enforce-iam"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
