#include "base/hash.h"
#include "tests/cloud/s3/s3_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class S3Objects : public S3Test {
 protected:
  S3Objects() { MakeBucket(); }
  json::Object Head(std::string_view key, const json::Object& more = {}) {
    return Do("s3", "HeadObject", OfKey(key, more));
  }
};

TEST_F(S3Objects, BytesAndHeadersComeBack) {
  const json::Object put = Put("prompts/welcome.wav", "RIFF....",
                               {{"ContentType", "audio/wav"},
                                {"CacheControl", "no-cache"},
                                {"Metadata", json::Object{{"Voice", "Joanna"}}}});

  EXPECT_EQ(put.GetString("ETag"), "\"" + ToHex(Md5("RIFF....")) + "\"");
  const json::Object got = Do("s3", "GetObject", OfKey("prompts/welcome.wav"));
  EXPECT_EQ(got.GetString("ContentType"), "audio/wav");
  EXPECT_EQ(got.GetString("CacheControl"), "no-cache");
  EXPECT_EQ(got.GetObject("Metadata").GetString("voice"), "Joanna");
  EXPECT_EQ(got.GetString("ServerSideEncryption"), "AES256");
  EXPECT_EQ(Read("prompts/welcome.wav"), "RIFF....");
}

TEST_F(S3Objects, HeadTellsTheSizeWithoutABody) {
  Put("a", "12345");

  const Answered answer = Ask("s3", "HeadObject", OfKey("a"));

  EXPECT_EQ(answer.output.GetInt("ContentLength"), 5);
  EXPECT_TRUE(answer.response.body.empty());
  EXPECT_FALSE(answer.response.file.has_value());
}

TEST_F(S3Objects, KeysMayHoldAnyCharacter) {
  const std::string key = "a b/ü+&=?#%/ä..//x";
  Put(key, "1");

  EXPECT_EQ(Read(key), "1");
  EXPECT_THAT(Keys(Do("s3", "ListObjectsV2", With({}))), ElementsAre(key));
}

TEST_F(S3Objects, AKeyHasAtMost1024Bytes) {
  EXPECT_THAT(Ask("s3", "PutObject", OfKey(std::string(1025, 'x'))),
              Fails(400, "KeyTooLongError", "Your key is too long"));
}

TEST_F(S3Objects, UnknownOnesAre404) {
  EXPECT_THAT(Ask("s3", "GetObject", OfKey("nope")),
              Fails(404, "NoSuchKey", "The specified key does not exist."));
  EXPECT_EQ(Ask("s3", "HeadObject", OfKey("nope")).status, 404);
  EXPECT_THAT(Ask("s3", "GetObject", {{"Bucket", "elsewhere"}, {"Key", "a"}}).code, "NoSuchBucket");
}

TEST_F(S3Objects, OverwritingReplacesTheBytes) {
  Put("a", "one", {{"ContentType", "text/plain"}});
  Put("a", "two");

  EXPECT_EQ(Read("a"), "two");
  EXPECT_NE(Head("a").GetString("ContentType"), "text/plain");
}

TEST_F(S3Objects, WithoutATypeAreBinary) {
  net::Request request = Encode("s3", "PutObject", OfKey("a", {{"Body", "1"}}));
  request.headers.Remove("Content-Type");
  Send(std::move(request));

  EXPECT_EQ(Head("a").GetString("ContentType"), "binary/octet-stream");
}

TEST_F(S3Objects, DeletingIsFineTwice) {
  Put("a", "1");

  EXPECT_EQ(Ask("s3", "DeleteObject", OfKey("a")).status, 204);
  EXPECT_EQ(Ask("s3", "DeleteObject", OfKey("a")).status, 204);
  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a")).code, "NoSuchKey");
}

TEST_F(S3Objects, SurviveARestart) {
  Put("a", "kept", {{"Metadata", json::Object{{"k", "v"}}}});

  Restart();

  EXPECT_EQ(Read("a"), "kept");
  EXPECT_EQ(Head("a").GetObject("Metadata").GetString("k"), "v");
}

TEST_F(S3Objects, AnEmptyBodyIsAnObject) {
  Put("empty", "");

  EXPECT_EQ(Read("empty"), "");
  EXPECT_EQ(Head("empty").GetString("ETag"), "\"d41d8cd98f00b204e9800998ecf8427e\"");
}

TEST_F(S3Objects, LargeBodiesAreHashedAndKept) {
  const std::string body(3 << 20, 'x');

  const json::Object put = Put("large", body);

  EXPECT_EQ(put.GetString("ETag"), "\"" + ToHex(Md5(body)) + "\"");
  EXPECT_EQ(Read("large"), body);
}

// ---- ranges

struct RangeRow {
  std::string header;
  int status;
  std::string bytes;
  std::string content_range;
};
class Ranges : public S3Objects, public ::testing::WithParamInterface<RangeRow> {};
TEST_P(Ranges, SendTheirPart) {
  const RangeRow& row = GetParam();
  Put("a", "0123456789");

  const Answered answer = Ask("s3", "GetObject", OfKey("a", {{"Range", row.header}}));

  EXPECT_EQ(answer.status, row.status);
  EXPECT_EQ(answer.output.GetString("ContentRange"), row.content_range);
  EXPECT_EQ(answer.ok() ? BytesOf(answer.response) : "", row.bytes);
}
INSTANTIATE_TEST_SUITE_P(Rows, Ranges,
                         ::testing::Values(RangeRow{"bytes=0-3", 206, "0123", "bytes 0-3/10"},
                                           RangeRow{"bytes=8-", 206, "89", "bytes 8-9/10"},
                                           RangeRow{"bytes=-3", 206, "789", "bytes 7-9/10"},
                                           RangeRow{"bytes=5-99", 206, "56789", "bytes 5-9/10"},
                                           RangeRow{"bytes=0-0,2-3", 200, "0123456789", ""},
                                           RangeRow{"lines=1-2", 200, "0123456789", ""},
                                           RangeRow{"bytes=x-", 200, "0123456789", ""},
                                           RangeRow{"bytes=10-", 416, "", ""},
                                           RangeRow{"bytes=-0", 416, "", ""}));

TEST_F(S3Objects, ARangeBehindTheEndSaysTheSize) {
  Put("a", "0123456789");

  const Answered answer = Ask("s3", "GetObject", OfKey("a", {{"Range", "bytes=10-"}}));

  EXPECT_THAT(answer, Fails(416, "InvalidRange", "The requested range is not satisfiable"));
  EXPECT_THAT(answer.response.body, HasSubstr("<ActualObjectSize>10</ActualObjectSize>"));
}

// ---- conditions

TEST_F(S3Objects, ReadingHonoursTags) {
  const std::string etag(Put("a", "1").GetString("ETag"));

  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a", {{"IfMatch", etag}})).status, 200);
  EXPECT_THAT(Ask("s3", "GetObject", OfKey("a", {{"IfMatch", "\"other\""}})),
              Fails(412, "PreconditionFailed", HasSubstr("pre-conditions")));
  const Answered same = Ask("s3", "GetObject", OfKey("a", {{"IfNoneMatch", etag}}));
  EXPECT_EQ(same.status, 304);
  EXPECT_TRUE(same.response.body.empty());
  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a", {{"IfNoneMatch", "\"other\""}})).status, 200);
}

TEST_F(S3Objects, ReadingHonoursTimes) {
  Put("a", "1");
  const std::int64_t now = clock().Now().time_since_epoch().count() / 1000;

  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a", {{"IfModifiedSince", now - 60}})).status, 200);
  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a", {{"IfModifiedSince", now}})).status, 304);
  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a", {{"IfModifiedSince", now + 60}})).status, 200)
      << "times in the future are not looked at";
  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a", {{"IfUnmodifiedSince", now + 60}})).status, 200);
  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a", {{"IfUnmodifiedSince", now - 60}})).status, 412);
}

TEST_F(S3Objects, WritingCanDependOnWhatIsThere) {
  const std::string etag(Put("a", "1").GetString("ETag"));

  EXPECT_THAT(Ask("s3", "PutObject", OfKey("a", {{"IfNoneMatch", "*"}})).code,
              "PreconditionFailed");
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("b", {{"IfNoneMatch", "*"}})), Succeeds());
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("a", {{"IfMatch", "\"other\""}})).code,
              "PreconditionFailed");
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("a", {{"IfMatch", etag}})), Succeeds());
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("c", {{"IfMatch", etag}})).code, "NoSuchKey");
}

TEST_F(S3Objects, TheRequestMayReplaceHeadersOfTheAnswer) {
  Put("a", "1", {{"ContentType", "text/plain"}});

  const json::Object got = Do("s3", "GetObject",
                              OfKey("a", {{"ResponseContentType", "text/html"},
                                          {"ResponseContentDisposition", "attachment"}}));

  EXPECT_EQ(got.GetString("ContentType"), "text/html");
  EXPECT_EQ(got.GetString("ContentDisposition"), "attachment");
}

// ---- digests

struct DigestRow {
  std::string member;
  std::string value;
};
class Digests : public S3Objects, public ::testing::WithParamInterface<DigestRow> {};
TEST_P(Digests, OfTheBodyAreCheckedAndGivenBack) {
  const DigestRow& row = GetParam();

  const json::Object put = Put("a", "123456789", {{row.member, row.value}});
  const json::Object got = Do("s3", "GetObject", OfKey("a", {{"ChecksumMode", "ENABLED"}}));

  EXPECT_EQ(put.GetString(row.member), row.value);
  EXPECT_EQ(got.GetString(row.member), row.value);
  EXPECT_EQ(got.GetString("ChecksumType"), "FULL_OBJECT");
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("b", {{"Body", "other"}, {row.member, row.value}})),
              Fails(400, "BadDigest", HasSubstr("did not match the calculated checksum")));
  EXPECT_EQ(Ask("s3", "HeadObject", OfKey("b")).status, 404);
}
// The check values of the algorithms' catalogue, for "123456789".
INSTANTIATE_TEST_SUITE_P(
    Algorithms, Digests,
    ::testing::Values(DigestRow{"ChecksumCRC32", ToBase64(*FromHex("cbf43926"))},
                      DigestRow{"ChecksumCRC32C", ToBase64(*FromHex("e3069283"))},
                      DigestRow{"ChecksumCRC64NVME", ToBase64(*FromHex("ae8b14860a799888"))},
                      DigestRow{"ChecksumSHA1", ToBase64(Sha1("123456789"))},
                      DigestRow{"ChecksumSHA256", ToBase64(Sha256("123456789"))}));

TEST_F(S3Objects, HaveACrc64WhenTheClientSendsNoChecksum) {
  EXPECT_EQ(Put("a", "123456789").GetString("ChecksumCRC64NVME"),
            ToBase64(*FromHex("ae8b14860a799888")));
}

TEST_F(S3Objects, TheMd5OfTheBodyIsChecked) {
  EXPECT_THAT(
      Ask("s3", "PutObject", OfKey("a", {{"Body", "1"}, {"ContentMD5", ToBase64(Md5("1"))}})),
      Succeeds());
  EXPECT_THAT(
      Ask("s3", "PutObject", OfKey("a", {{"Body", "2"}, {"ContentMD5", ToBase64(Md5("1"))}})),
      Fails(400, "BadDigest", HasSubstr("Content-MD5")));
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("a", {{"Body", "2"}, {"ContentMD5", "short"}})),
              Fails(400, "InvalidDigest", HasSubstr("Content-MD5")));
}

TEST_F(S3Objects, TheSignedHashOfTheBodyIsChecked) {
  net::Request request = Encode("s3", "PutObject", OfKey("a", {{"Body", "1"}}));
  request.headers.Set("x-amz-content-sha256", ToHex(Sha256("2")));

  const net::Response response = Send(std::move(request));

  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("<Code>XAmzContentSHA256Mismatch</Code>"));
}

TEST_F(S3Objects, UnknownAlgorithmsAreNamed) {
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("a", {{"ChecksumAlgorithm", "XXHASH3"}})),
              Fails(400, "InvalidRequest", HasSubstr("'XXHASH3' are not implemented")));
}

TEST_F(S3Objects, BodiesInChunksAreTakenApart) {
  net::Request request = Encode(
      "s3", "PutObject", OfKey("a", {{"Body", ""}, {"ContentEncoding", "aws-chunked,gzip"}}));
  request.headers.Set("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
  request.headers.Set("x-amz-decoded-content-length", "9");
  request.headers.Set("x-amz-trailer", "x-amz-checksum-crc32");
  request.body =
      "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:" + ToBase64(*FromHex("cbf43926")) +
      "\r\n\r\n";

  EXPECT_EQ(Send(std::move(request)).status, 200);

  EXPECT_EQ(Read("a"), "123456789");
  EXPECT_EQ(Head("a").GetString("ContentEncoding"), "gzip");
  EXPECT_EQ(Head("a", {{"ChecksumMode", "ENABLED"}}).GetString("ChecksumCRC32"),
            ToBase64(*FromHex("cbf43926")));
}

TEST_F(S3Objects, AWrongTrailerIsABadDigest) {
  net::Request request = Encode("s3", "PutObject", OfKey("a", {{"Body", ""}}));
  request.headers.Set("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
  request.body = "4\r\n1234\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";

  const net::Response response = Send(std::move(request));

  EXPECT_THAT(response.body, HasSubstr("<Code>BadDigest</Code>"));
}

// ---- tags, attributes, names

TEST_F(S3Objects, TagsComeWithTheBodyOrLater) {
  Put("a", "1", {{"Tagging", "team=sales&x=%C3%BC"}});
  EXPECT_EQ(Head("a").GetInt("TagCount"), 2);

  const json::Array tags{json::Object{{"Key", "k"}, {"Value", "v"}}};
  Do("s3", "PutObjectTagging", OfKey("a", {{"Tagging", json::Object{{"TagSet", tags}}}}));
  EXPECT_EQ(Do("s3", "GetObjectTagging", OfKey("a")).GetArray("TagSet"), tags);
  EXPECT_EQ(Ask("s3", "DeleteObjectTagging", OfKey("a")).status, 204);
  EXPECT_TRUE(Do("s3", "GetObjectTagging", OfKey("a")).GetArray("TagSet").empty());
}

TEST_F(S3Objects, MoreThanTenTagsAreRefused) {
  json::Array tags;
  for (int i = 0; i < 11; ++i)
    tags.push_back(json::Object{{"Key", std::to_string(i)}, {"Value", ""}});
  Put("a", "1");

  EXPECT_THAT(
      Ask("s3", "PutObjectTagging", OfKey("a", {{"Tagging", json::Object{{"TagSet", tags}}}})),
      Fails(400, "InvalidTag", "Object tags cannot be greater than 10"));
}

TEST_F(S3Objects, AttributesAreShownAsAsked) {
  Put("a", "12345");

  const json::Object shown =
      Do("s3", "GetObjectAttributes",
         OfKey("a", {{"ObjectAttributes", json::Array{"ETag", "ObjectSize", "Checksum"}}}));

  EXPECT_EQ(shown.GetString("ETag"), ToHex(Md5("12345")));
  EXPECT_EQ(shown.GetInt("ObjectSize"), 5);
  EXPECT_TRUE(shown.GetObject("Checksum").Has("ChecksumCRC64NVME"));
}

TEST_F(S3Objects, CustomerKeysAreRefusedByName) {
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("a", {{"SSECustomerAlgorithm", "AES256"}})),
              Fails(501, "NotImplemented", HasSubstr("SSECustomerAlgorithm is not implemented")));
}

TEST_F(S3Objects, ABucketMayStandInTheHost) {
  Put("a/b", "1");
  net::Request request{
      .method = "GET", .target = "/a/b", .headers = {{"Host", "acme.s3.localhost:4566"}}};

  const net::Response response = Send(std::move(request));

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(BytesOf(response), "1");
}

// ---- deleting many

TEST_F(S3Objects, ManyAreDeletedAtOnce) {
  Put("a", "1");
  Put("b", "1");
  const auto named = [](std::string_view key) { return json::Value(json::Object{{"Key", key}}); };

  const json::Object loud =
      Do("s3", "DeleteObjects",
         With({{"Delete", json::Object{{"Objects", json::Array{named("a"), named("nope")}}}}}));
  const json::Object quiet =
      Do("s3", "DeleteObjects",
         With({{"Delete", json::Object{{"Objects", json::Array{named("b")}}, {"Quiet", true}}}}));

  EXPECT_THAT(Texts(loud, "Deleted", "Key"), ElementsAre("a", "nope"));
  EXPECT_FALSE(quiet.Has("Deleted"));
  EXPECT_THAT(Keys(Do("s3", "ListObjectsV2", With({}))), IsEmpty());
}

TEST_F(S3Objects, DeletingManyNeedsAnIntactBody) {
  net::Request request = Encode(
      "s3", "DeleteObjects",
      With({{"Delete", json::Object{{"Objects", json::Array{json::Object{{"Key", "a"}}}}}}}));
  request.headers.Set("Content-MD5", ToBase64(Md5("else")));

  const net::Response response = Send(std::move(request));

  EXPECT_THAT(response.body, HasSubstr("<Code>BadDigest</Code>"));
}

// ---- copying

TEST_F(S3Objects, ACopyTakesBytesHeadersAndTags) {
  Put("a", "bytes",
      {{"ContentType", "text/plain"}, {"Metadata", json::Object{{"k", "v"}}}, {"Tagging", "t=1"}});

  const json::Object copied =
      Do("s3", "CopyObject", OfKey("b", {{"CopySource", "acme/a"}})).GetObject("CopyObjectResult");

  EXPECT_EQ(copied.GetString("ETag"), "\"" + ToHex(Md5("bytes")) + "\"");
  EXPECT_EQ(Read("b"), "bytes");
  const json::Object head = Head("b");
  EXPECT_EQ(head.GetString("ContentType"), "text/plain");
  EXPECT_EQ(head.GetObject("Metadata").GetString("k"), "v");
  EXPECT_EQ(head.GetInt("TagCount"), 1);
}

TEST_F(S3Objects, ACopyMayReplaceThem) {
  Put("a", "bytes", {{"ContentType", "text/plain"}});

  Do("s3", "CopyObject",
     OfKey("a", {{"CopySource", "/acme/a"},
                 {"MetadataDirective", "REPLACE"},
                 {"ContentType", "text/html"}}));

  EXPECT_EQ(Head("a").GetString("ContentType"), "text/html");
  EXPECT_EQ(Read("a"), "bytes");
}

TEST_F(S3Objects, CopyingOntoItselfWithoutAChangeIsRefused) {
  Put("a", "bytes");

  EXPECT_THAT(Ask("s3", "CopyObject", OfKey("a", {{"CopySource", "acme/a"}})),
              Fails(400, "InvalidRequest", HasSubstr("copy an object to itself")));
}

TEST_F(S3Objects, ACopyHonoursItsConditions) {
  const std::string etag(Put("a", "1").GetString("ETag"));

  EXPECT_THAT(Ask("s3", "CopyObject",
                  OfKey("b", {{"CopySource", "acme/a"}, {"CopySourceIfNoneMatch", etag}}))
                  .code,
              "PreconditionFailed");
  EXPECT_THAT(
      Ask("s3", "CopyObject", OfKey("b", {{"CopySource", "acme/a"}, {"CopySourceIfMatch", etag}})),
      Succeeds());
  EXPECT_THAT(Ask("s3", "CopyObject", OfKey("b", {{"CopySource", "acme/nope"}})).code, "NoSuchKey");
}

TEST_F(S3Objects, ACopyMayComeFromAnotherBucketWithAnEncodedKey) {
  MakeBucket("other");
  Do("s3", "PutObject", {{"Bucket", "other"}, {"Key", "a b/ü"}, {"Body", "1"}});

  Do("s3", "CopyObject", OfKey("c", {{"CopySource", "other/a%20b/%C3%BC"}}));

  EXPECT_EQ(Read("c"), "1");
}

}  // namespace
}  // namespace trunkline::cloud::tests
