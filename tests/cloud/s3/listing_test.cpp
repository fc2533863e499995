#include "tests/cloud/s3/s3_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Listings : public S3Test {
 protected:
  Listings() {
    MakeBucket();
    for (const char* key : {"a", "b/1", "b/2", "b/c/3", "d", "e/4"}) Put(key, key);
  }
  json::Object List(const json::Object& more = {}) { return Do("s3", "ListObjectsV2", With(more)); }
  static std::vector<std::string> Prefixes(const json::Object& answer) {
    return Texts(answer, "CommonPrefixes", "Prefix");
  }
};

TEST_F(Listings, ShowKeysInTheOrderOfBytes) {
  Put("B", "1");

  const json::Object answer = List();

  EXPECT_THAT(Keys(answer), ElementsAre("B", "a", "b/1", "b/2", "b/c/3", "d", "e/4"));
  EXPECT_EQ(answer.GetInt("KeyCount"), 7);
  EXPECT_FALSE(answer.GetBool("IsTruncated"));
  const json::Object& first = answer.GetArray("Contents")[1].AsObject();
  EXPECT_EQ(first.GetInt("Size"), 1);
  EXPECT_EQ(first.GetString("StorageClass"), "STANDARD");
  EXPECT_FALSE(first.Has("Owner"));
}

TEST_F(Listings, RollUpBehindADelimiter) {
  const json::Object answer = List({{"Delimiter", "/"}});

  EXPECT_THAT(Keys(answer), ElementsAre("a", "d"));
  EXPECT_THAT(Prefixes(answer), ElementsAre("b/", "e/"));
  EXPECT_EQ(answer.GetInt("KeyCount"), 4);
}

TEST_F(Listings, StartWithAPrefix) {
  const json::Object answer = List({{"Prefix", "b/"}, {"Delimiter", "/"}});

  EXPECT_THAT(Keys(answer), ElementsAre("b/1", "b/2"));
  EXPECT_THAT(Prefixes(answer), ElementsAre("b/c/"));
}

TEST_F(Listings, PageThroughKeysAndCommonPrefixes) {
  std::vector<std::string> seen;
  json::Object input{{"Delimiter", "/"}, {"MaxKeys", 1}};
  for (int pages = 0; pages < 10; ++pages) {
    const json::Object page = List(input);
    for (const std::string& key : Keys(page)) seen.push_back(key);
    for (const std::string& prefix : Prefixes(page)) seen.push_back(prefix);
    if (!page.GetBool("IsTruncated")) break;
    input.Set("ContinuationToken", page.At("NextContinuationToken"));
  }

  EXPECT_THAT(seen, ElementsAre("a", "b/", "d", "e/"));
}

TEST_F(Listings, ATokenIsGoodForTheSameListingOnly) {
  const json::Object page = List({{"MaxKeys", 1}});

  EXPECT_THAT(Ask("s3", "ListObjectsV2",
                  With({{"Prefix", "b"}, {"ContinuationToken", page.At("NextContinuationToken")}})),
              Fails(400, "InvalidArgument", HasSubstr("continuation token")));
}

TEST_F(Listings, StartBehindAKey) {
  EXPECT_THAT(Keys(List({{"StartAfter", "b/2"}})), ElementsAre("b/c/3", "d", "e/4"));
}

TEST_F(Listings, ATokenOutlivesTheDeletionOfItsKey) {
  const json::Object page = List({{"MaxKeys", 2}});
  Do("s3", "DeleteObject", OfKey("b/1"));

  EXPECT_THAT(Keys(List({{"ContinuationToken", page.At("NextContinuationToken")}})),
              ElementsAre("b/2", "b/c/3", "d", "e/4"));
}

TEST_F(Listings, OfNoKeysAreNotTruncated) {
  const json::Object answer = List({{"MaxKeys", 0}});

  EXPECT_THAT(Keys(answer), IsEmpty());
  EXPECT_FALSE(answer.GetBool("IsTruncated"));
}

TEST_F(Listings, NamesAreEncodedWhenAsked) {
  Put("b/ ü", "1");

  const json::Object answer = List({{"Prefix", "b/ "}, {"EncodingType", "url"}});

  EXPECT_THAT(Keys(answer), ElementsAre("b/%20%C3%BC"));
  EXPECT_EQ(answer.GetString("Prefix"), "b/%20");
}

TEST_F(Listings, OfVersionOneNameTheOwnerAndANextMarkerForDelimiters) {
  const json::Object plain = Do("s3", "ListObjects", With({{"MaxKeys", 2}}));
  const json::Object rolled = Do("s3", "ListObjects", With({{"MaxKeys", 2}, {"Delimiter", "/"}}));
  const json::Object rest =
      Do("s3", "ListObjects", With({{"Delimiter", "/"}, {"Marker", rolled.At("NextMarker")}}));

  EXPECT_THAT(Keys(plain), ElementsAre("a", "b/1"));
  EXPECT_FALSE(plain.Has("NextMarker"));
  EXPECT_TRUE(plain.GetArray("Contents")[0].AsObject().Has("Owner"));
  EXPECT_EQ(rolled.GetString("NextMarker"), "b/");
  EXPECT_THAT(Keys(rest), ElementsAre("d"));
  EXPECT_THAT(Prefixes(rest), ElementsAre("e/"));
}

TEST_F(Listings, HideWhatHasADeleteMarker) {
  Version();
  Do("s3", "DeleteObject", OfKey("a"));
  Do("s3", "DeleteObject", OfKey("e/4"));

  const json::Object answer = List({{"Delimiter", "/"}});

  EXPECT_THAT(Keys(answer), ElementsAre("d"));
  EXPECT_THAT(Prefixes(answer), ElementsAre("b/"));
}

TEST_F(Listings, AreOfOneBucket) {
  MakeBucket("acme2");
  Do("s3", "PutObject", {{"Bucket", "acme2"}, {"Key", "zzz"}, {"Body", "1"}});

  EXPECT_THAT(Keys(Do("s3", "ListObjectsV2", {{"Bucket", "acme2"}})), ElementsAre("zzz"));
  EXPECT_EQ(List().GetInt("KeyCount"), 6);
}

}  // namespace
}  // namespace trunkline::cloud::tests
