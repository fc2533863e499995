// What the vectors do not cover: S3's rules, times, refusals, the old signature, chunked bodies.
#include "aws/sigv4.h"

#include <gmock/gmock.h>

#include "aws/sigv4_chunked.h"
#include "base/hash.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

// The examples of the S3 documentation, "Authenticating requests".
const Credentials kExample{.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                           .secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
const TimePoint kTime = *ParseIso8601("20130524T000000Z");

SignOptions S3Options() {
  return {.region = "us-east-1",
          .service = "s3",
          .time = kTime,
          .double_encode = false,
          .normalise = false};
}

net::Request S3Request(std::string method, std::string target) {
  net::Request request{.method = std::move(method), .target = std::move(target)};
  request.headers.Set("Host", "examplebucket.s3.amazonaws.com");
  return request;
}

std::string SignatureOf(const net::Request& request) {
  return ReadAuthorization(request).value()->signature;
}

TEST(SigV4, SignsTheExampleOfGettingAnObject) {
  net::Request request = S3Request("GET", "/test.txt");
  request.headers.Set("Range", "bytes=0-9");

  Sign(request, kExample, S3Options());

  EXPECT_EQ(SignatureOf(request),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(SigV4, SignsTheExampleOfPuttingAnObjectWithADollarInItsKey) {
  net::Request request = S3Request("PUT", "/test$file.text");
  request.headers.Set("Date", "Fri, 24 May 2013 00:00:00 GMT");
  request.headers.Set("x-amz-storage-class", "REDUCED_REDUNDANCY");
  request.body = "Welcome to Amazon S3.";

  Sign(request, kExample, S3Options());

  EXPECT_EQ(SignatureOf(request),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST(SigV4, SignsTheExampleOfAFlagInTheQuery) {
  net::Request request = S3Request("GET", "/?lifecycle");

  Sign(request, kExample, S3Options());

  EXPECT_EQ(SignatureOf(request),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST(SigV4, PresignsTheExampleOfGettingAnObject) {
  net::Request request = S3Request("GET", "/test.txt");

  Presign(request, kExample, S3Options(), std::chrono::seconds(86400));

  EXPECT_EQ(SignatureOf(request),
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(SigV4, VerifiesAKeyThatOnlyTheClientEscaped) {
  net::Request request = S3Request("GET", "/a%20b/c+d%2Fe");
  Sign(request, kExample, S3Options());

  const Result<void> verified =
      Verify(request, **ReadAuthorization(request), kExample.secret_key, kTime, true);

  EXPECT_TRUE(verified);
}

// ---- refusals

struct Refusal {
  const char* name;
  void (*change)(net::Request&, Authorization&);
  TimePoint now;
  const char* code;
};

class SigV4Refuses : public testing::TestWithParam<Refusal> {};

TEST_P(SigV4Refuses, WhatDoesNotFit) {
  net::Request request = S3Request("PUT", "/key");
  request.body = "text";
  Sign(request, kExample, S3Options());
  Authorization authorization = **ReadAuthorization(request);
  GetParam().change(request, authorization);

  const Result<void> verified =
      Verify(request, authorization, kExample.secret_key, GetParam().now, true);

  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    All, SigV4Refuses,
    testing::Values(
        Refusal{"AnotherPath", [](net::Request& r, Authorization&) { r.target = "/other"; }, kTime,
                "SignatureDoesNotMatch"},
        Refusal{"AnotherMethod", [](net::Request& r, Authorization&) { r.method = "DELETE"; },
                kTime, "SignatureDoesNotMatch"},
        Refusal{"AnotherHost", [](net::Request& r, Authorization&) { r.headers.Set("Host", "x"); },
                kTime, "SignatureDoesNotMatch"},
        Refusal{"AnotherBody", [](net::Request& r, Authorization&) { r.body = "other"; }, kTime,
                "XAmzContentSHA256Mismatch"},
        Refusal{"AnAddedQuery", [](net::Request& r, Authorization&) { r.target += "?acl"; }, kTime,
                "SignatureDoesNotMatch"},
        Refusal{"AScopeOfAnotherRegion",
                [](net::Request&, Authorization& a) { a.region = "eu-west-1"; }, kTime,
                "SignatureDoesNotMatch"},
        Refusal{"AScopeOfAnotherDay", [](net::Request&, Authorization& a) { a.date = "20130525"; },
                kTime, "SignatureDoesNotMatch"},
        Refusal{"HostNotSigned",
                [](net::Request&, Authorization& a) { std::erase(a.signed_headers, "host"); },
                kTime, "SignatureDoesNotMatch"},
        Refusal{"ALateClock", [](net::Request&, Authorization&) {},
                kTime + std::chrono::minutes(16), "RequestTimeTooSkewed"},
        Refusal{"AnEarlyClock", [](net::Request&, Authorization&) {},
                kTime - std::chrono::minutes(16), "RequestTimeTooSkewed"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(SigV4, RefusesAPresignedRequestThatHasExpired) {
  net::Request request = S3Request("GET", "/test.txt");
  Presign(request, kExample, S3Options(), std::chrono::seconds(60));

  const Result<void> verified = Verify(request, **ReadAuthorization(request), kExample.secret_key,
                                       kTime + std::chrono::seconds(61), true);

  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().ToText(), "error: Request has expired");
}

TEST(SigV4, RefusesAnExpiryOfMoreThanAWeek) {
  net::Request request = S3Request("GET", "/test.txt");
  Presign(request, kExample, S3Options(), std::chrono::hours(24 * 8));

  const Result<void> verified =
      Verify(request, **ReadAuthorization(request), kExample.secret_key, kTime, true);

  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().code(), "AuthorizationQueryParametersError");
}

// ---- reading

net::Request WithAuthorization(std::string header) {
  net::Request request;
  request.headers.Set("Authorization", header);
  request.headers.Set("X-Amz-Date", "20150830T123600Z");
  return request;
}

TEST(SigV4, ReadsAnAuthorizationWithAndWithoutBlanks) {
  const auto tight = ReadAuthorization(
      WithAuthorization("AWS4-HMAC-SHA256 "
                        "Credential=A/20150830/eu-west-1/connect/"
                        "aws4_request,SignedHeaders=host;x-amz-date,Signature=ab"));
  const auto wide = ReadAuthorization(
      WithAuthorization("AWS4-HMAC-SHA256 Credential=A/20150830/eu-west-1/connect/aws4_request, "
                        "SignedHeaders=host;x-amz-date, Signature=ab"));

  EXPECT_EQ((*tight)->service, "connect");
  EXPECT_EQ((*tight)->region, (*wide)->region);
  EXPECT_EQ((*wide)->signed_headers, (std::vector<std::string>{"host", "x-amz-date"}));
}

TEST(SigV4, ReadsNothingFromARequestWithoutASignature) {
  EXPECT_FALSE(ReadAuthorization(net::Request())->has_value());
  EXPECT_FALSE(ReadAuthorization(WithAuthorization("Bearer token"))->has_value());
}

TEST(SigV4, SaysWhatAnAuthorizationLacks) {
  const auto read = ReadAuthorization(
      WithAuthorization("AWS4-HMAC-SHA256 Credential=A/20150830/r/s/aws4_request"));

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code(), "IncompleteSignature");
  EXPECT_EQ(read.error().message(),
            "the Authorization header requires a 'SignedHeaders' parameter");
}

TEST(SigV4, RefusesTheSignatureOfManyRegions) {
  const auto read = ReadAuthorization(
      WithAuthorization("AWS4-ECDSA-P256-SHA256 Credential=A/20150830/s/aws4_request"));

  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message(), testing::HasSubstr("'AWS4-ECDSA-P256-SHA256'"));
}

TEST(SigningKeys, GivesTheDerivedKeyEveryTime) {
  SigningKeys keys;

  const std::string first = keys.Get("secret", "20150830", "us-east-1", "iam");

  EXPECT_EQ(first, SigningKey("secret", "20150830", "us-east-1", "iam"));
  EXPECT_EQ(keys.Get("secret", "20150830", "us-east-1", "iam"), first);
  EXPECT_NE(keys.Get("secret", "20150831", "us-east-1", "iam"), first);
}

// ---- the old signature. Example of the S3 documentation, "Signing and authenticating REST
// requests"

TEST(SigV2, VerifiesTheExampleOfGettingAnObject) {
  net::Request request{.method = "GET", .target = "/awsexamplebucket1/photos/puppy.jpg"};
  request.headers.Set("Host", "s3.us-west-1.amazonaws.com");
  request.headers.Set("Date", "Tue, 27 Mar 2007 19:36:42 +0000");
  request.headers.Set("Authorization", "AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=");
  Authorization authorization = **ReadAuthorization(request);
  authorization.time = *ParseIso8601("20070327T193642Z");

  EXPECT_TRUE(Verify(request, authorization, kExample.secret_key, *authorization.time, true));
  request.target += "2";
  EXPECT_FALSE(Verify(request, authorization, kExample.secret_key, *authorization.time, true));
}

TEST(SigV2, RefusesAPresignedRequestThatHasExpired) {
  const net::Request request{.target = "/bucket/key?AWSAccessKeyId=A&Signature=x&Expires=1000"};
  const Authorization authorization = **ReadAuthorization(request);

  const Result<void> verified =
      Verify(request, authorization, "secret", TimePoint(std::chrono::seconds(1001)), true);

  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().code(), "AccessDenied");
}

// ---- chunked bodies. Examples of the S3 documentation, "Signature calculations for multiple
// chunks"

const std::string kData(66560, 'a');

ChunkSigning ExampleSigning(const char* seed) {
  return {.key = SigningKey(kExample.secret_key, "20130524", "us-east-1", "s3"),
          .time = "20130524T000000Z",
          .scope = "20130524/us-east-1/s3/aws4_request",
          .seed_signature = seed};
}

std::string SignedExample() {
  return "10000;chunk-signature="
         "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" +
         std::string(65536, 'a') +
         "\r\n400;chunk-signature="
         "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n" +
         std::string(1024, 'a') +
         "\r\n0;chunk-signature="
         "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";
}

TEST(AwsChunked, VerifiesThePublishedChunks) {
  const ChunkSigning signing =
      ExampleSigning("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  Trailers trailers;

  const Result<std::string> data = DecodeAwsChunked(SignedExample(), trailers, &signing);

  ASSERT_TRUE(data) << data.error().ToText();
  EXPECT_EQ(*data, kData);
}

TEST(AwsChunked, RefusesAChunkThatWasChanged) {
  const ChunkSigning signing =
      ExampleSigning("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  std::string body = SignedExample();
  body[1000] = 'b';
  Trailers trailers;

  const Result<std::string> data = DecodeAwsChunked(body, trailers, &signing);

  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code(), "SignatureDoesNotMatch");
}

TEST(AwsChunked, VerifiesThePublishedTrailer) {
  const ChunkSigning signing =
      ExampleSigning("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
  const std::string body =
      "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n" +
      std::string(65536, 'a') +
      "\r\n400;chunk-signature="
      "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n" +
      std::string(1024, 'a') +
      "\r\n0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
      "x-amz-checksum-crc32c:sOO8/Q==\r\n"
      "x-amz-trailer-signature:"
      "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";
  Trailers trailers;

  const Result<std::string> data = DecodeAwsChunked(body, trailers, &signing);

  ASSERT_TRUE(data) << data.error().ToText();
  EXPECT_EQ(*data, kData);
  EXPECT_THAT(trailers, testing::ElementsAre(testing::Pair("x-amz-checksum-crc32c", "sOO8/Q==")));
}

TEST(AwsChunked, ReadsWhatItWrites) {
  const std::string body = EncodeAwsChunked(kData, {{"x-amz-checksum-crc32", "AAAAAA=="}}, 1000);
  Trailers trailers;

  const Result<std::string> data = DecodeAwsChunked(body, trailers);

  ASSERT_TRUE(data) << data.error().ToText();
  EXPECT_EQ(*data, kData);
  EXPECT_THAT(trailers, testing::ElementsAre(testing::Pair("x-amz-checksum-crc32", "AAAAAA==")));
}

struct Broken {
  const char* name;
  const char* body;
  const char* code;
};

class AwsChunkedRefuses : public testing::TestWithParam<Broken> {};

TEST_P(AwsChunkedRefuses, ABrokenFrame) {
  Trailers trailers;

  const Result<std::string> data = DecodeAwsChunked(GetParam().body, trailers);

  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    All, AwsChunkedRefuses,
    testing::Values(Broken{"Nothing", "", "IncompleteBody"},
                    Broken{"NoSize", "xyz\r\n", "InvalidChunkSizeError"},
                    Broken{"NegativeSize", "-1\r\n", "InvalidChunkSizeError"},
                    Broken{"HugeSize", "fffffffffffffffff\r\n", "InvalidChunkSizeError"},
                    Broken{"TooShort", "5\r\nabc", "IncompleteBody"},
                    Broken{"NoLineEnd", "3\r\nabcd\r\n", "IncompleteBody"},
                    Broken{"NoLastChunk", "3\r\nabc\r\n", "IncompleteBody"},
                    Broken{"BadTrailer", "0\r\nabc\r\n\r\n", "MalformedTrailerError"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace trunkline::aws
