#include "cloud/authenticate.h"

#include <gmock/gmock.h>

#include "cloud/callers.h"
#include "tests/cloud/support/cloud_test.h"
#include "tests/cloud/support/fake_service.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kMismatch =
    "The request signature we calculated does not match the signature you provided.";
constexpr const char* kInvalidToken = "The security token included in the request is invalid.";

class Signatures : public CloudTest {
 protected:
  explicit Signatures(bool required = false) : CloudTest({.require_signatures = required}) {}

  // A session of account 444455556666, as AssumeRole issues them.
  aws::Credentials NewSession() {
    const TimePoint expires = clock().Now() + std::chrono::hours(1);
    IssuedKey key{.caller = {.account = "444455556666",
                             .arn = "arn:aws:sts::444455556666:assumed-role/Deployer/ci",
                             .user_id = "AROAEXAMPLE:ci",
                             .access_key_id = NewAccessKeyId(random_, true),
                             .session_name = "ci"},
                  .secret = NewSecretKey(random_),
                  .session_token = NewSessionToken(random_),
                  .expires = expires};
    Keep(key);
    return {.access_key_id = key.caller.access_key_id,
            .secret_key = key.secret,
            .session_token = key.session_token};
  }
  void Keep(const IssuedKey& key) {
    ASSERT_TRUE(store().Transact([&] {
      PutKey(store(), key);
      return true;
    }));
  }
  Answered WhoAmI() { return Ask("sts", "GetCallerIdentity"); }

  SeededRandom random_{7};
};

TEST_F(Signatures, OfASessionSelectItsAccount) {
  UseCredentials(NewSession());

  const Answered answer = WhoAmI();

  ASSERT_THAT(answer, Succeeds());
  EXPECT_EQ(answer.output.GetString("Account"), "444455556666");
  EXPECT_EQ(answer.output.GetString("Arn"), "arn:aws:sts::444455556666:assumed-role/Deployer/ci");
}

TEST_F(Signatures, OfASessionHoldAfterARestart) {
  UseCredentials(NewSession());

  Restart();

  EXPECT_THAT(WhoAmI(), Succeeds());
}

TEST_F(Signatures, WithAnotherSecretAreRefused) {
  aws::Credentials credentials = NewSession();
  credentials.secret_key.back() = credentials.secret_key.back() == 'x' ? 'y' : 'x';
  UseCredentials(credentials);

  EXPECT_THAT(WhoAmI(), Fails(403, "SignatureDoesNotMatch", StartsWith(kMismatch)));
  EXPECT_THAT(Ask("ssm", "DescribeParameters"),
              Fails(400, "InvalidSignatureException", StartsWith(kMismatch)));
  EXPECT_THAT(Ask("connect", "ListInstances"),
              Fails(403, "InvalidSignatureException", StartsWith(kMismatch)));
}

TEST_F(Signatures, OfAnotherBodyAreRefused) {
  UseCredentials(NewSession());
  net::Request request = Encode("sts", "GetCallerIdentity", {});
  request.body += "&X=1";

  const net::Response response = Send(std::move(request));

  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body, HasSubstr("SignatureDoesNotMatch"));
}

TEST_F(Signatures, OfASessionNeedItsToken) {
  aws::Credentials credentials = NewSession();
  credentials.session_token = "another token";
  UseCredentials(credentials);

  EXPECT_THAT(WhoAmI(), Fails(403, "InvalidClientTokenId", kInvalidToken));
}

TEST_F(Signatures, OfAnEndedSessionAreRefused) {
  UseCredentials(NewSession());
  clock().Advance(std::chrono::hours(1));

  EXPECT_THAT(WhoAmI(),
              Fails(403, "ExpiredToken", "The security token included in the request is expired"));
  EXPECT_THAT(Ask("ssm", "DescribeParameters"),
              Fails(400, "ExpiredTokenException", HasSubstr("expired")));
  EXPECT_THAT(Ask("connect", "ListInstances"),
              Fails(403, "ExpiredTokenException", HasSubstr("expired")));
}

TEST_F(Signatures, OfAKeyThatIsGoneAreRefused) {
  const aws::Credentials credentials = NewSession();
  ASSERT_TRUE(store().Transact([&] {
    DeleteKey(store(), credentials.access_key_id);
    return true;
  }));
  UseCredentials(credentials);

  EXPECT_THAT(WhoAmI(), Fails(403, "InvalidClientTokenId", kInvalidToken));
  EXPECT_THAT(Ask("connect", "ListInstances"),
              Fails(403, "UnrecognizedClientException", kInvalidToken));
}

TEST_F(Signatures, OfAnInactiveKeyAreRefused) {
  const IssuedKey key{.caller = {.account = "444455556666",
                                 .arn = "arn:aws:iam::444455556666:user/me",
                                 .user_id = "AIDAEXAMPLE",
                                 .access_key_id = NewAccessKeyId(random_, false),
                                 .session_name = {}},
                      .secret = "secret",
                      .session_token = {},
                      .expires = {},
                      .active = false};
  Keep(key);
  UseCredentials(
      aws::Credentials{.access_key_id = key.caller.access_key_id, .secret_key = key.secret});

  EXPECT_THAT(WhoAmI(), Fails(403, "InvalidClientTokenId", kInvalidToken));
}

TEST_F(Signatures, FromLongAgoAreRefused) {
  UseCredentials(NewSession());
  net::Request request = Encode("sts", "GetCallerIdentity", {});
  clock().Advance(std::chrono::minutes(16));

  const net::Response response = Send(std::move(request));

  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body, HasSubstr("Signature expired or not yet current"));
}

TEST_F(Signatures, OfStrangersAreBelieved) {
  UseCredentials(aws::Credentials{.access_key_id = "111122223333", .secret_key = "whatever"});
  EXPECT_EQ(WhoAmI().output.GetString("Account"), "111122223333");

  UseCredentials(
      aws::Credentials{.access_key_id = "AKIAIOSFODNN7EXAMPLE", .secret_key = "whatever"});
  EXPECT_EQ(WhoAmI().output.GetString("Account"), kDefaultAccount);
}

TEST_F(Signatures, PresignedAreRefusedPastTheirTime) {
  net::Request request{.method = "GET", .target = "/", .headers = {{"Host", "127.0.0.1:4566"}}};
  const aws::Credentials credentials{.access_key_id = "111122223333", .secret_key = "test"};
  aws::Presign(
      request, credentials,
      {.region = "eu-central-1", .service = "sts", .time = clock().Now(), .payload_hash = {}},
      std::chrono::seconds(60));
  request.target += "&Action=GetCallerIdentity&Version=2011-06-15";

  EXPECT_EQ(Send(request).status, 200);
  clock().Advance(std::chrono::seconds(61));
  const net::Response late = Send(request);

  EXPECT_EQ(late.status, 403);
  EXPECT_THAT(late.body, HasSubstr("Request has expired"));
}

// The older form of links, of which S3's clients still make some: nobody's end unnoticed.
TEST_F(Signatures, OfVersion2PresignedAreRefusedPastTheirTime) {
  const std::int64_t end =
      std::chrono::duration_cast<std::chrono::seconds>(clock().Now().time_since_epoch()).count() +
      60;
  const net::Request request{
      .method = "GET",
      .target = fmt::format("/?AWSAccessKeyId=111122223333&Signature=any&Expires={}", end),
      .headers = {{"Host", "127.0.0.1:4566"}}};

  EXPECT_EQ(Send(request).status, 200);
  clock().Advance(std::chrono::seconds(61));
  const net::Response late = Send(request);

  EXPECT_EQ(late.status, 403);
  EXPECT_THAT(late.body, HasSubstr("Request has expired"));
}

Answer<> TakeObject(Context&, const json::Object&) {
  return json::Object();
}

class FakeS3 {
 protected:
  FakeS3() { services_.Add("s3", {{.name = "PutObject", .handle = TakeObject}}); }
  FakeServices services_;
};

class UploadSignatures : private FakeS3, public CloudTest {
 protected:
  UploadSignatures() : CloudTest({.require_signatures = true, .services = services_.all()}) {}
};

TEST_F(UploadSignatures, CoverEveryChunk) {
  constexpr const char* kStreaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  net::Request request{
      .method = "PUT",
      .target = "/bucket/key",
      .headers = {{"Host", "127.0.0.1:4566"}, {"x-amz-content-sha256", kStreaming}},
      .body =
          fmt::format("3;chunk-signature={0:064}\r\nabc\r\n0;chunk-signature={0:064}\r\n\r\n", 0)};
  aws::Sign(request, {.access_key_id = "111122223333", .secret_key = std::string(kCommonSecret)},
            {.region = "eu-central-1",
             .service = "s3",
             .time = clock().Now(),
             .double_encode = false,
             .normalise = false,
             .payload_hash = kStreaming});

  const net::Response response = Send(std::move(request));

  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body, HasSubstr("<Code>SignatureDoesNotMatch</Code>"));
}

// --require-signatures
class RequiredSignatures : public Signatures {
 protected:
  RequiredSignatures() : Signatures(true) {}
};

TEST_F(RequiredSignatures, AreMadeWithTheCommonSecret) {
  UseCredentials(
      aws::Credentials{.access_key_id = "111122223333", .secret_key = std::string(kCommonSecret)});

  EXPECT_EQ(WhoAmI().output.GetString("Account"), "111122223333");
}

TEST_F(RequiredSignatures, AreAskedOfEverybody) {
  EXPECT_THAT(WhoAmI(), Fails(403, "SignatureDoesNotMatch", StartsWith(kMismatch)));

  UseCredentials(aws::Credentials{.access_key_id = "111122223333", .secret_key = "wrong"});
  EXPECT_THAT(WhoAmI(), Fails(403, "SignatureDoesNotMatch", StartsWith(kMismatch)));
}

TEST_F(RequiredSignatures, AcceptSessions) {
  UseCredentials(NewSession());

  EXPECT_EQ(WhoAmI().output.GetString("Account"), "444455556666");
}

}  // namespace
}  // namespace trunkline::cloud::tests
