#include "tests/cloud/s3/s3_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Versions : public S3Test {
 protected:
  Versions() { MakeBucket(); }
  json::Object List(const json::Object& more = {}) {
    return Do("s3", "ListObjectVersions", With(more));
  }
  static std::vector<std::string> Ids(const json::Object& answer,
                                      std::string_view list = "Versions") {
    return Texts(answer, list, "VersionId");
  }
};

TEST_F(Versions, AreKeptOnceTheBucketHasThem) {
  Version();

  const std::string one = PutVersion("a", "one");
  const std::string two = PutVersion("a", "two");

  EXPECT_NE(one, two);
  EXPECT_EQ(Read("a"), "two");
  EXPECT_EQ(Read("a", {{"VersionId", one}}), "one");
  EXPECT_THAT(Ids(List()), ElementsAre(two, one));
  EXPECT_TRUE(List().GetArray("Versions")[0].AsObject().GetBool("IsLatest"));
}

TEST_F(Versions, WhatWasThereBeforeHasTheIdNull) {
  Put("a", "before");
  Version();
  Put("a", "after");

  EXPECT_EQ(Read("a", {{"VersionId", "null"}}), "before");
}

TEST_F(Versions, DeletingPutsAMarkerOnTop) {
  Version();
  const std::string one = PutVersion("a", "one");

  const Answered deleted = Ask("s3", "DeleteObject", OfKey("a"));
  const std::string marker(deleted.output.GetString("VersionId"));

  EXPECT_TRUE(deleted.output.GetBool("DeleteMarker"));
  const Answered gone = Ask("s3", "GetObject", OfKey("a"));
  EXPECT_THAT(gone, Fails(404, "NoSuchKey", HasSubstr("does not exist")));
  EXPECT_EQ(gone.response.headers.Get("x-amz-delete-marker"), "true");
  EXPECT_EQ(gone.response.headers.Get("x-amz-version-id"), marker);
  EXPECT_THAT(Ask("s3", "GetObject", OfKey("a", {{"VersionId", marker}})),
              Fails(405, "MethodNotAllowed", HasSubstr("not allowed")));
  EXPECT_THAT(Ids(List(), "DeleteMarkers"), ElementsAre(marker));
  EXPECT_EQ(Read("a", {{"VersionId", one}}), "one");
}

TEST_F(Versions, RemovingTheMarkerBringsTheObjectBack) {
  Version();
  PutVersion("a", "one");
  const std::string marker(Do("s3", "DeleteObject", OfKey("a")).GetString("VersionId"));

  const json::Object removed = Do("s3", "DeleteObject", OfKey("a", {{"VersionId", marker}}));

  EXPECT_TRUE(removed.GetBool("DeleteMarker"));
  EXPECT_EQ(Read("a"), "one");
}

TEST_F(Versions, RemovingTheNewestShowsTheOneBefore) {
  Version();
  const std::string one = PutVersion("a", "one");
  const std::string two = PutVersion("a", "two");
  const std::string three = PutVersion("a", "three");

  Do("s3", "DeleteObject", OfKey("a", {{"VersionId", three}}));
  EXPECT_EQ(Read("a"), "two");
  Do("s3", "DeleteObject", OfKey("a", {{"VersionId", one}}));
  Do("s3", "DeleteObject", OfKey("a", {{"VersionId", two}}));

  EXPECT_EQ(Ask("s3", "GetObject", OfKey("a")).code, "NoSuchKey");
  EXPECT_THAT(Ids(List()), IsEmpty());
  Do("s3", "DeleteBucket", With({}));
}

TEST_F(Versions, SuspendedOnesReplaceTheNullVersionOnly) {
  Version();
  const std::string one = PutVersion("a", "one");
  Version("Suspended");

  EXPECT_EQ(PutVersion("a", "two"), "");
  EXPECT_EQ(PutVersion("a", "three"), "");

  EXPECT_THAT(Ids(List()), ElementsAre("null", one));
  EXPECT_EQ(Read("a"), "three");
  const json::Object deleted = Do("s3", "DeleteObject", OfKey("a"));
  EXPECT_EQ(deleted.GetString("VersionId"), "null");
  EXPECT_THAT(Ids(List()), ElementsAre(one));
}

TEST_F(Versions, UnknownOnesAreNamed) {
  Version();
  Put("a", "1");
  const std::string gone = PutVersion("a", "2");
  Do("s3", "DeleteObject", OfKey("a", {{"VersionId", gone}}));

  EXPECT_THAT(Ask("s3", "GetObject", OfKey("a", {{"VersionId", gone}})),
              Fails(404, "NoSuchVersion", "The specified version does not exist."));
  EXPECT_EQ(Ask("s3", "DeleteObject", OfKey("a", {{"VersionId", gone}})).status, 204);
}

TEST_F(Versions, AreListedInPages) {
  Version();
  const std::string a1 = PutVersion("a", "1");
  const std::string a2 = PutVersion("a", "2");
  const std::string b1 = PutVersion("b", "1");

  const json::Object page = List({{"MaxKeys", 1}});
  const json::Object rest = List({{"KeyMarker", page.At("NextKeyMarker")},
                                  {"VersionIdMarker", page.At("NextVersionIdMarker")}});

  EXPECT_THAT(Ids(page), ElementsAre(a2));
  EXPECT_TRUE(page.GetBool("IsTruncated"));
  EXPECT_THAT(Ids(rest), ElementsAre(a1, b1));
  EXPECT_THAT(Ids(List({{"KeyMarker", "a"}})), ElementsAre(b1));
}

TEST_F(Versions, ACopyMayBeOfAnOldOne) {
  Version();
  const std::string one = PutVersion("a", "one");
  PutVersion("a", "two");

  const json::Object copied =
      Do("s3", "CopyObject", OfKey("b", {{"CopySource", "acme/a?versionId=" + one}}));

  EXPECT_EQ(copied.GetString("CopySourceVersionId"), one);
  EXPECT_EQ(Read("b"), "one");
}

TEST_F(Versions, TagsBelongToAVersion) {
  Version();
  const std::string one = PutVersion("a", "one");
  PutVersion("a", "two");
  const json::Array tags{json::Object{{"Key", "k"}, {"Value", "v"}}};

  Do("s3", "PutObjectTagging",
     OfKey("a", {{"VersionId", one}, {"Tagging", json::Object{{"TagSet", tags}}}}));

  EXPECT_EQ(Do("s3", "GetObjectTagging", OfKey("a", {{"VersionId", one}})).GetArray("TagSet"),
            tags);
  EXPECT_TRUE(Do("s3", "GetObjectTagging", OfKey("a")).GetArray("TagSet").empty());
}

TEST_F(Versions, SurviveARestart) {
  Version();
  const std::string one = PutVersion("a", "one");
  const std::string two = PutVersion("a", "two");
  Do("s3", "DeleteObject", OfKey("a"));

  Restart();

  EXPECT_THAT(Ids(List()), ElementsAre(two, one));
  EXPECT_EQ(Read("a", {{"VersionId", one}}), "one");
}

// ---- locks

class Locks : public Versions {
 protected:
  Locks() {
    Version();
    Do("s3", "PutObjectLockConfiguration",
       With({{"ObjectLockConfiguration", json::Object{{"ObjectLockEnabled", "Enabled"}}}}));
  }
  std::int64_t In(std::chrono::seconds time) {
    return (clock().Now() + time).time_since_epoch().count() / 1000;
  }
};

TEST_F(Locks, ALegalHoldKeepsAVersion) {
  const std::string one = PutVersion("a", "one");
  Do("s3", "PutObjectLegalHold", OfKey("a", {{"LegalHold", json::Object{{"Status", "ON"}}}}));

  EXPECT_THAT(Ask("s3", "DeleteObject", OfKey("a", {{"VersionId", one}})),
              Fails(403, "AccessDenied", HasSubstr("object lock")));
  EXPECT_EQ(Do("s3", "GetObjectLegalHold", OfKey("a")).GetObject("LegalHold").GetString("Status"),
            "ON");
  Do("s3", "PutObjectLegalHold", OfKey("a", {{"LegalHold", json::Object{{"Status", "OFF"}}}}));
  EXPECT_THAT(Ask("s3", "DeleteObject", OfKey("a", {{"VersionId", one}})), Succeeds());
}

TEST_F(Locks, ARetentionPeriodEnds) {
  const std::string one = PutVersion("a", "one");
  const json::Object retention{{"Mode", "COMPLIANCE"},
                               {"RetainUntilDate", In(std::chrono::hours(1))}};
  Do("s3", "PutObjectRetention", OfKey("a", {{"Retention", retention}}));

  const json::Object remove = OfKey("a", {{"VersionId", one}, {"BypassGovernanceRetention", true}});
  EXPECT_EQ(Ask("s3", "DeleteObject", remove).code, "AccessDenied");
  EXPECT_EQ(Do("s3", "GetObjectRetention", OfKey("a")).GetObject("Retention").GetString("Mode"),
            "COMPLIANCE");
  Advance(std::chrono::hours(2));
  EXPECT_THAT(Ask("s3", "DeleteObject", remove), Succeeds());
}

TEST_F(Locks, GovernanceCanBeBypassed) {
  const json::Object put = Put(
      "a", "one",
      {{"ObjectLockMode", "GOVERNANCE"}, {"ObjectLockRetainUntilDate", In(std::chrono::hours(1))}});
  json::Object remove = OfKey("a", {{"VersionId", put.At("VersionId")}});

  EXPECT_EQ(Ask("s3", "DeleteObject", remove).code, "AccessDenied");
  remove.Set("BypassGovernanceRetention", true);
  EXPECT_THAT(Ask("s3", "DeleteObject", remove), Succeeds());
}

TEST_F(Versions, LocksNeedABucketThatHasThem) {
  Put("a", "1");

  EXPECT_THAT(
      Ask("s3", "PutObjectLegalHold", OfKey("a", {{"LegalHold", json::Object{{"Status", "ON"}}}})),
      Fails(400, "InvalidRequest", "Bucket is missing Object Lock Configuration"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
