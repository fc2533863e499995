#include "aws/client.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "tests/aws/fake_aws.h"

namespace trunkline::aws {
namespace {

using testing::HasSubstr;

const json::Object kQueue{{"InstanceId", "i"}, {"QueueId", "q"}};

class Clients : public testing::Test {
 protected:
  Result<json::Object> Call(const Client& client, const std::string& service,
                            const std::string& operation, const json::Object& input = {}) {
    return aws_.Run(client.Call(service, operation, input));
  }

  std::string ProblemOf(const Client& client, const std::string& service,
                        const std::string& operation, const json::Object& input = {}) {
    const auto output = Call(client, service, operation, input);
    return output ? "" : output.error().ToText();
  }

  FakeAws aws_;
};

TEST_F(Clients, SendASignedRequestAndReadTheAnswer) {
  aws_.Answers([](const net::Request&) { return Ok(R"({"Queue":{"Name":"Sales"}})"); });
  const Client client = aws_.MakeClient();

  const auto output = Call(client, "connect", "DescribeQueue", kQueue);

  ASSERT_TRUE(output) << output.error().ToText();
  EXPECT_EQ(output->GetObject("Queue").GetString("Name"), "Sales");
  ASSERT_EQ(aws_.requests().size(), 1U);
  const net::Request& request = aws_.requests()[0];
  EXPECT_EQ(request.target, "/queues/i/q");
  const Authorization authorization = **ReadAuthorization(request);
  EXPECT_EQ(authorization.region, "eu-central-1");
  EXPECT_EQ(authorization.service, "connect");
  EXPECT_TRUE(Verify(request, authorization, kTestSecret, aws_.clock().Now(), false));
}

TEST_F(Clients, SignS3AsS3Does) {
  aws_.Answers([](const net::Request&) { return net::Response{.status = 200}; });
  const Client client = aws_.MakeClient();

  const auto output = Call(client, "s3", "PutObject",
                           {{"Bucket", "b"}, {"Key", "a b/\xC3\xA9+c"}, {"Body", "bytes"}});

  ASSERT_TRUE(output) << output.error().ToText();
  const net::Request& request = aws_.requests().at(0);
  EXPECT_EQ(request.target, "/b/a%20b/%C3%A9%2Bc");
  EXPECT_EQ(request.body, "bytes");
  EXPECT_TRUE(Verify(request, **ReadAuthorization(request), kTestSecret, aws_.clock().Now(), true));
}

TEST_F(Clients, DoNotSignWhatNeedsNoSignature) {
  aws_.Answers([](const net::Request&) { return net::Response{.status = 200}; });
  const Client client = aws_.MakeClient();

  const auto output = Call(
      client, "sts", "AssumeRoleWithWebIdentity",
      {{"RoleArn", "arn:aws:iam::1:role/r"}, {"RoleSessionName", "s"}, {"WebIdentityToken", "t"}});

  ASSERT_TRUE(output) << output.error().ToText();
  EXPECT_FALSE(aws_.requests().at(0).headers.Has("Authorization"));
}

// ---- errors

TEST_F(Clients, SayWhatWasCalledWhere) {
  aws_.AnswersInTurn({Refusal(404, "ResourceNotFoundException", "queue 'q' does not exist")});
  const Client client = aws_.MakeClient();

  const auto output = Call(client, "connect", "DescribeQueue", kQueue);

  ASSERT_FALSE(output);
  EXPECT_EQ(
      output.error().ToText(),
      "error: queue 'q' does not exist\n  while calling connect:DescribeQueue in eu-central-1");
  EXPECT_EQ(output.error().code(), "ResourceNotFoundException");
  EXPECT_EQ(output.error().kind(), ErrorKind::kNotFound);
  EXPECT_EQ(aws_.requests().size(), 1U);
}

TEST_F(Clients, TellTheProblemsOfARefusedFlow) {
  net::Response refusal = Refusal(400, "InvalidContactFlowException");
  refusal.body =
      R"({"message":"bad flow","problems":[{"message":"no start"},{"message":"no end"}]})";
  aws_.AnswersInTurn({refusal});
  const Client client = aws_.MakeClient();

  const auto output = Call(client, "connect", "DescribeQueue", kQueue);

  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().message(), "bad flow\n  no start\n  no end");
  EXPECT_EQ(output.error().code(), "InvalidContactFlowException");
}

TEST_F(Clients, NameTheNearestServiceAndOperation) {
  const Client client = aws_.MakeClient();

  EXPECT_EQ(ProblemOf(client, "conect", "ListQueues"),
            "error: service 'conect' is not known, did you mean 'connect'?");
  EXPECT_EQ(ProblemOf(client, "connect", "ListQeues"),
            "error: service 'connect' has no operation 'ListQeues', did you mean 'ListQueues'?");
}

TEST_F(Clients, SayThatNoRegionIsSet) {
  const Client client = aws_.MakeClient({}, {{"AWS_REGION", ""}});

  EXPECT_EQ(ProblemOf(client, "sts", "GetCallerIdentity"),
            "error: no AWS Region is set: set AWS_REGION, or 'region' in the profile\n"
            "  while calling sts:GetCallerIdentity in no Region");
  EXPECT_EQ(aws_.requests().size(), 0U);
}

// ---- retrying

TEST_F(Clients, TryAgainWhenThrottledWithTheSameToken) {
  aws_.AnswersInTurn(
      {Refusal(429, "ThrottlingException"), Refusal(503, ""), Ok(R"({"Id":"i-1"})")});
  const Client client = aws_.MakeClient();

  const auto output = Call(client, "connect", "CreateInstance",
                           {{"IdentityManagementType", "SAML"},
                            {"InboundCallsEnabled", true},
                            {"OutboundCallsEnabled", true}});

  ASSERT_TRUE(output) << output.error().ToText();
  ASSERT_EQ(aws_.requests().size(), 3U);
  const json::Value first = *json::Parse(aws_.requests()[0].body);
  EXPECT_NE(first.AsObject().GetString("ClientToken"), "");
  EXPECT_EQ(aws_.requests()[2].body, aws_.requests()[0].body);
  EXPECT_GT(aws_.waited().count(), 0);
  EXPECT_EQ(client.requests_sent(), 3U);
}

TEST_F(Clients, GiveUpAfterTheLastAttempt) {
  aws_.AnswersInTurn({Refusal(429, "TooManyRequestsException", "Rate exceeded")});
  const Client client = aws_.MakeClient({.max_attempts = 3});

  const auto output = Call(client, "connect", "DescribeQueue", kQueue);

  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().kind(), ErrorKind::kThrottled);
  EXPECT_EQ(aws_.requests().size(), 3U);
}

TEST_F(Clients, WaitAtLeastAsLongAsTheAnswerAsks) {
  net::Response later = Refusal(429, "ThrottlingException");
  later.headers.Set("Retry-After", "30");
  aws_.AnswersInTurn({later, Ok()});
  const Client client = aws_.MakeClient();

  ASSERT_TRUE(Call(client, "connect", "DescribeQueue", kQueue));

  EXPECT_GE(aws_.waited(), std::chrono::seconds(30));
}

TEST_F(Clients, TryAgainWhereNobodyAnswers) {
  const Client client = aws_.MakeClient({.endpoint_url = "http://127.0.0.1:1", .max_attempts = 2});

  const auto output = Call(client, "sts", "GetCallerIdentity");

  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().kind(), ErrorKind::kUnreached);
  EXPECT_EQ(client.requests_sent(), 2U);
}

TEST_F(Clients, LearnTheTimeFromAServiceThatRefusesTheirs) {
  net::Response skewed = Refusal(403, "RequestTimeTooSkewed");
  const TimePoint theirs = aws_.clock().Now() + std::chrono::hours(2);
  skewed.headers.Set("Date", ToHttpDate(theirs));
  aws_.AnswersInTurn({skewed, Ok()});
  const Client client = aws_.MakeClient();

  const auto output = Call(client, "connect", "DescribeQueue", kQueue);

  ASSERT_TRUE(output) << output.error().ToText();
  EXPECT_EQ(*(*ReadAuthorization(aws_.requests().at(1)))->time, theirs);
  EXPECT_EQ(aws_.waited().count(), 0);
}

// ---- rate limits

TEST_F(Clients, KeepToTheQuotaOfAnOperation) {
  const Client client = aws_.MakeClient({.rate_limits = true});

  for (int i = 0; i < 9; ++i) ASSERT_TRUE(Call(client, "connect", "DescribeQueue", kQueue));

  // Five at once, then two a second.
  EXPECT_EQ(aws_.waited(), std::chrono::seconds(2));
}

TEST_F(Clients, KnowNoQuotasOfANamedEndpoint) {
  const Client client = aws_.MakeClient();

  for (int i = 0; i < 9; ++i) ASSERT_TRUE(Call(client, "connect", "DescribeQueue", kQueue));

  EXPECT_EQ(aws_.waited().count(), 0);
}

// ---- pages

TEST_F(Clients, JoinAllPages) {
  aws_.Answers([](const net::Request& request) {
    if (request.target.find("nextToken=two") != std::string::npos)
      return Ok(R"({"QueueSummaryList":[{"Id":"3"}]})");
    return Ok(R"({"QueueSummaryList":[{"Id":"1"},{"Id":"2"}],"NextToken":"two"})");
  });
  const Client client = aws_.MakeClient();

  const auto output = aws_.Run(client.CallAllPages("connect", "ListQueues", {{"InstanceId", "i"}}));

  ASSERT_TRUE(output) << output.error().ToText();
  EXPECT_EQ(output->GetArray("QueueSummaryList").size(), 3U);
  EXPECT_FALSE(output->Has("NextToken"));
  EXPECT_EQ(aws_.requests().size(), 2U);
}

TEST_F(Clients, StopWhereTheTokenStaysTheSame) {
  aws_.Answers([](const net::Request&) { return Ok(R"({"events":[],"nextForwardToken":"f/1"})"); });
  const Client client = aws_.MakeClient();

  const auto output =
      aws_.Run(client.CallAllPages("logs", "GetLogEvents", {{"logStreamName", "s"}}));

  ASSERT_TRUE(output) << output.error().ToText();
  EXPECT_LE(aws_.requests().size(), 2U);
}

TEST_F(Clients, GiveTheErrorOfALaterPage) {
  aws_.AnswersInTurn({Ok(R"({"QueueSummaryList":[],"NextToken":"two"})"),
                      Refusal(400, "InvalidParameterException")});
  const Client client = aws_.MakeClient();

  const auto output = aws_.Run(client.CallAllPages("connect", "ListQueues", {{"InstanceId", "i"}}));

  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().code(), "InvalidParameterException");
}

// ---- copies

TEST_F(Clients, CopiesForOtherRegionsShareWhatTheySent) {
  const Client client = aws_.MakeClient();

  ASSERT_TRUE(Call(client.InRegion("us-east-1"), "connect", "DescribeQueue", kQueue));

  EXPECT_EQ((*ReadAuthorization(aws_.requests().at(0)))->region, "us-east-1");
  EXPECT_EQ(client.requests_sent(), 1U);
  EXPECT_EQ(client.region(), "eu-central-1");
}

TEST_F(Clients, SignWithTheCredentialsTheyAreGiven) {
  const Client client = aws_.MakeClient();

  ASSERT_TRUE(Call(
      client.WithCredentials({.access_key_id = "OTHER", .secret_key = "s", .session_token = "t"}),
      "connect", "DescribeQueue", kQueue));

  EXPECT_EQ((*ReadAuthorization(aws_.requests().at(0)))->access_key_id, "OTHER");
  EXPECT_EQ(aws_.requests().at(0).headers.Get("X-Amz-Security-Token"), "t");
}

// ---- roles

// Answers AssumeRole with keys that last an hour, anything else with {}.
class Roles : public Clients {
 protected:
  Roles() {
    aws_.Answers([this](const net::Request& request) {
      if (request.body.find("Action=AssumeRole") == std::string::npos) return answer_;
      ++assumed_;
      return net::Response{
          .status = 200,
          .body = fmt::format(
              "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA{}</AccessKeyId>"
              "<SecretAccessKey>s</SecretAccessKey><SessionToken>token</SessionToken><Expiration>{}"
              "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
              assumed_, ToIso8601(aws_.clock().Now() + std::chrono::hours(1)))};
    });
  }

  std::string LastKey() const {
    return (*ReadAuthorization(aws_.requests().back()))->access_key_id;
  }

  int assumed_ = 0;
  net::Response answer_ = Ok();
};

TEST_F(Roles, AreAssumedOnceForManyCallsAtOnce) {
  const Client client =
      aws_.MakeClient().WithRole("arn:aws:iam::210987654321:role/Deploy", "trunkline", "outside");
  std::vector<net::aw<Result<json::Object>>> calls;
  for (int i = 0; i < 5; ++i) calls.push_back(client.Call("connect", "DescribeQueue", kQueue));

  const auto outputs = aws_.RunAll(std::move(calls));

  EXPECT_THAT(outputs, testing::Each(testing::Property(&Result<json::Object>::ok, true)));
  EXPECT_EQ(assumed_, 1);
  EXPECT_EQ(aws_.requests().size(), 6U);
  EXPECT_THAT(aws_.requests()[0].body, HasSubstr("ExternalId=outside"));
  EXPECT_EQ(LastKey(), "ASIA1");
}

TEST_F(Roles, AreSharedByThoseWhoAskForTheSame) {
  const Client client = aws_.MakeClient();

  ASSERT_TRUE(
      Call(client.WithRole("arn:aws:iam::1:role/R", "s"), "connect", "DescribeQueue", kQueue));
  ASSERT_TRUE(
      Call(client.WithRole("arn:aws:iam::1:role/R", "s"), "connect", "DescribeQueue", kQueue));

  EXPECT_EQ(assumed_, 1);
}

TEST_F(Roles, AreAssumedAgainBeforeTheirKeysExpire) {
  const Client client = aws_.MakeClient().WithRole("arn:aws:iam::1:role/R", "s");
  ASSERT_TRUE(Call(client, "connect", "DescribeQueue", kQueue));

  aws_.clock().Advance(std::chrono::minutes(56));
  ASSERT_TRUE(Call(client, "connect", "DescribeQueue", kQueue));

  EXPECT_EQ(assumed_, 2);
  EXPECT_EQ(LastKey(), "ASIA2");
}

TEST_F(Roles, AreAssumedAgainWhenTheServiceCallsTheirKeysExpired) {
  const Client client = aws_.MakeClient().WithRole("arn:aws:iam::1:role/R", "s");
  answer_ = Refusal(403, "ExpiredTokenException");

  const auto output = Call(client, "connect", "DescribeQueue", kQueue);

  EXPECT_FALSE(output);
  EXPECT_EQ(assumed_, 2);
}

TEST_F(Roles, TellWhyTheyCouldNotBeAssumed) {
  aws_.Answers([](const net::Request&) {
    return net::Response{
        .status = 403,
        .body =
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error>"
            "</ErrorResponse>"};
  });
  const Client client = aws_.MakeClient().WithRole("arn:aws:iam::1:role/R", "s");

  EXPECT_EQ(ProblemOf(client, "connect", "DescribeQueue", kQueue),
            "error: not you\n  while calling sts:AssumeRole in eu-central-1\n"
            "  while assuming role 'arn:aws:iam::1:role/R'\n"
            "  while calling connect:DescribeQueue in eu-central-1");
}

}  // namespace
}  // namespace trunkline::aws
