#include "base/hash.h"
#include "tests/cloud/s3/s3_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kLarge(5 << 20, 'a');
const std::string kSmall = "the end";

class Multipart : public S3Test {
 protected:
  Multipart() { MakeBucket(); }
  std::string Begin(std::string_view key, const json::Object& more = {}) {
    return std::string(Do("s3", "CreateMultipartUpload", OfKey(key, more)).GetString("UploadId"));
  }
  json::Object OfUpload(std::string_view upload, const json::Object& more = {}) {
    json::Object input = OfKey("big", more);
    input.Set("UploadId", upload);
    return input;
  }
  // The part as CompleteMultipartUpload wants it.
  json::Value Part(std::string_view upload, int number, std::string_view body) {
    const json::Object answer =
        Do("s3", "UploadPart", OfUpload(upload, {{"PartNumber", number}, {"Body", body}}));
    return json::Object{{"PartNumber", number}, {"ETag", answer.At("ETag")}};
  }
  Answered Complete(std::string_view upload, json::Array parts, const json::Object& more = {}) {
    json::Object input = OfUpload(upload, more);
    input.Set("MultipartUpload", json::Object{{"Parts", std::move(parts)}});
    return Ask("s3", "CompleteMultipartUpload", input);
  }
};

TEST_F(Multipart, PartsBecomeOneObject) {
  const std::string upload =
      Begin("big", {{"ContentType", "text/plain"}, {"Metadata", json::Object{{"k", "v"}}}});
  const json::Value second = Part(upload, 2, kSmall);
  const json::Value first = Part(upload, 1, kLarge);

  const Answered answer = Complete(upload, {first, second});

  ASSERT_THAT(answer, Succeeds());
  const std::string etag = "\"" + ToHex(Md5(Md5(kLarge) + Md5(kSmall))) + "-2\"";
  EXPECT_EQ(answer.output.GetString("ETag"), etag);
  EXPECT_THAT(std::string(answer.output.GetString("Location")), HasSubstr("/acme/big"));
  EXPECT_EQ(Read("big"), kLarge + kSmall);
  const json::Object head = Do("s3", "HeadObject", OfKey("big"));
  EXPECT_EQ(head.GetString("ContentType"), "text/plain");
  EXPECT_EQ(head.GetString("ETag"), etag);
}

TEST_F(Multipart, TheChecksumOfTheWholeIsJoinedFromThatOfTheParts) {
  const std::string upload = Begin("big");
  Complete(upload, {Part(upload, 1, kLarge), Part(upload, 2, kSmall)});
  const json::Object whole = Put("same", kLarge + kSmall);

  const json::Object got = Do("s3", "HeadObject", OfKey("big", {{"ChecksumMode", "ENABLED"}}));

  EXPECT_EQ(got.GetString("ChecksumCRC64NVME"), whole.GetString("ChecksumCRC64NVME"));
  EXPECT_EQ(got.GetString("ChecksumType"), "FULL_OBJECT");
}

TEST_F(Multipart, ACompositeChecksumIsThatOfTheChecksums) {
  const std::string upload = Begin("big", {{"ChecksumAlgorithm", "SHA256"}});

  const Answered answer = Complete(upload, {Part(upload, 1, kLarge), Part(upload, 2, kSmall)});

  EXPECT_EQ(answer.output.GetString("ChecksumSHA256"),
            ToBase64(Sha256(Sha256(kLarge) + Sha256(kSmall))) + "-2");
  EXPECT_EQ(answer.output.GetString("ChecksumType"), "COMPOSITE");
}

TEST_F(Multipart, AWrongChecksumOfTheWholeIsABadDigest) {
  const std::string upload =
      Begin("big", {{"ChecksumAlgorithm", "CRC32"}, {"ChecksumType", "FULL_OBJECT"}});
  const json::Value part = Part(upload, 1, "123456789");

  EXPECT_THAT(Complete(upload, {part}, {{"ChecksumCRC32", "AAAAAA=="}}),
              Fails(400, "BadDigest", HasSubstr("did not match")));
  EXPECT_THAT(Complete(upload, {part}, {{"ChecksumCRC32", ToBase64(*FromHex("cbf43926"))}}),
              Succeeds());
}

TEST_F(Multipart, AllPartsButTheLastHaveFiveMegabytes) {
  const std::string upload = Begin("big");

  const Answered answer = Complete(upload, {Part(upload, 1, kSmall), Part(upload, 2, kSmall)});

  EXPECT_THAT(answer, Fails(400, "EntityTooSmall", HasSubstr("smaller than the minimum")));
  EXPECT_THAT(answer.response.body, HasSubstr("<MinSizeAllowed>5242880</MinSizeAllowed>"));
}

TEST_F(Multipart, PartsMustBeKnownAndInOrder) {
  const std::string upload = Begin("big");
  const json::Value first = Part(upload, 1, kLarge);
  const json::Value second = Part(upload, 2, kSmall);

  EXPECT_THAT(Complete(upload, {second, first}),
              Fails(400, "InvalidPartOrder", HasSubstr("ascending order")));
  EXPECT_THAT(Complete(upload, {json::Object{{"PartNumber", 1}, {"ETag", "\"other\""}}}).code,
              "InvalidPart");
  EXPECT_THAT(Complete(upload, {first, json::Object{{"PartNumber", 3}, {"ETag", "\"x\""}}}).code,
              "InvalidPart");
  EXPECT_THAT(Complete(upload, {}).code, "MalformedXML");
  EXPECT_THAT(Complete(upload, {first}), Succeeds());
  EXPECT_THAT(Complete(upload, {first}),
              Fails(404, "NoSuchUpload", HasSubstr("upload does not exist")));
}

TEST_F(Multipart, APartCanBeBroughtAgain) {
  const std::string upload = Begin("big");
  Part(upload, 1, "old");
  const json::Value part = Part(upload, 1, "new");

  Complete(upload, {part});

  EXPECT_EQ(Read("big"), "new");
}

TEST_F(Multipart, PartNumbersAreBounded) {
  const std::string upload = Begin("big");

  EXPECT_THAT(Ask("s3", "UploadPart", OfUpload(upload, {{"PartNumber", 0}})),
              Fails(400, "InvalidArgument", HasSubstr("between 1 and 10000")));
  EXPECT_THAT(Ask("s3", "UploadPart", OfUpload("nope", {{"PartNumber", 1}})).code, "NoSuchUpload");
}

TEST_F(Multipart, PartsAreListedInPages) {
  const std::string upload = Begin("big");
  for (int number : {3, 1, 2}) Part(upload, number, kSmall);

  const json::Object page = Do("s3", "ListParts", OfUpload(upload, {{"MaxParts", 2}}));
  const json::Object rest = Do(
      "s3", "ListParts", OfUpload(upload, {{"PartNumberMarker", page.At("NextPartNumberMarker")}}));

  EXPECT_EQ(page.GetArray("Parts").size(), 2U);
  EXPECT_TRUE(page.GetBool("IsTruncated"));
  ASSERT_EQ(rest.GetArray("Parts").size(), 1U);
  EXPECT_EQ(rest.GetArray("Parts")[0].AsObject().GetInt("PartNumber"), 3);
}

TEST_F(Multipart, UploadsAreListedUntilTheyEnd) {
  const std::string one = Begin("a/1");
  const std::string two = Begin("b");

  const json::Object all = Do("s3", "ListMultipartUploads", With({}));
  const json::Object rolled = Do("s3", "ListMultipartUploads", With({{"Delimiter", "/"}}));

  EXPECT_THAT(Texts(all, "Uploads", "UploadId"), ElementsAre(one, two));
  EXPECT_THAT(Texts(rolled, "Uploads", "Key"), ElementsAre("b"));
  EXPECT_THAT(Texts(rolled, "CommonPrefixes", "Prefix"), ElementsAre("a/"));
  Do("s3", "AbortMultipartUpload", OfKey("b", {{"UploadId", two}}));
  EXPECT_THAT(
      Texts(Do("s3", "ListMultipartUploads", With({{"KeyMarker", "a/1"}})), "Uploads", "Key"),
      IsEmpty());
}

TEST_F(Multipart, GivingUpForgetsTheParts) {
  const std::string upload = Begin("big");
  Part(upload, 1, kSmall);

  EXPECT_EQ(Ask("s3", "AbortMultipartUpload", OfUpload(upload)).status, 204);

  EXPECT_EQ(Ask("s3", "ListParts", OfUpload(upload)).code, "NoSuchUpload");
  EXPECT_EQ(Ask("s3", "HeadObject", OfKey("big")).status, 404);
  Do("s3", "DeleteBucket", With({}));
}

TEST_F(Multipart, APartMayBeCopied) {
  Put("source", "0123456789");
  const std::string upload = Begin("big");

  const json::Object copied = Do("s3", "UploadPartCopy",
                                 OfUpload(upload, {{"PartNumber", 1},
                                                   {"CopySource", "acme/source"},
                                                   {"CopySourceRange", "bytes=2-4"}}))
                                  .GetObject("CopyPartResult");
  Complete(upload, {json::Object{{"PartNumber", 1}, {"ETag", copied.At("ETag")}}});

  EXPECT_EQ(Read("big"), "234");
  EXPECT_THAT(Ask("s3", "UploadPartCopy",
                  OfUpload(Begin("big"), {{"PartNumber", 1},
                                          {"CopySource", "acme/source"},
                                          {"CopySourceRange", "bytes=2-10"}})),
              Fails(400, "InvalidArgument", HasSubstr("source object of size: 10")));
}

TEST_F(Multipart, APartOfTheObjectCanBeReadAlone) {
  const std::string upload = Begin("big");
  Complete(upload, {Part(upload, 1, kLarge), Part(upload, 2, kSmall)});

  const Answered answer = Ask("s3", "GetObject", OfKey("big", {{"PartNumber", 2}}));

  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(BytesOf(answer.response), kSmall);
  EXPECT_EQ(answer.output.GetInt("PartsCount"), 2);
  EXPECT_EQ(Ask("s3", "GetObject", OfKey("big", {{"PartNumber", 3}})).code, "InvalidPartNumber");
}

TEST_F(Multipart, SurviveARestart) {
  const std::string upload = Begin("big");
  const json::Value first = Part(upload, 1, kLarge);

  Restart();

  EXPECT_THAT(Complete(upload, {first, Part(upload, 2, kSmall)}), Succeeds());
  EXPECT_EQ(Read("big"), kLarge + kSmall);
}

}  // namespace
}  // namespace trunkline::cloud::tests
