// Token buckets, back-off and pages: the parts of the client that are plain functions of time and
// chance.
#include <gmock/gmock.h>

#include "aws/pages.h"
#include "aws/rate_limits.h"
#include "aws/retry.h"

namespace trunkline::aws {
namespace {

using std::chrono::seconds;

const TimePoint kNow{seconds(1'700'000'000)};

TEST(TokenBucket, LetsABurstGoAndThenKeepsTheRate) {
  TokenBucket bucket({.rate = 2, .burst = 3}, kNow);

  EXPECT_EQ(bucket.Reserve(kNow), Milliseconds(0));
  EXPECT_EQ(bucket.Reserve(kNow), Milliseconds(0));
  EXPECT_EQ(bucket.Reserve(kNow), Milliseconds(0));
  EXPECT_EQ(bucket.Reserve(kNow), Milliseconds(500));
  EXPECT_EQ(bucket.Reserve(kNow), Milliseconds(1000));
}

TEST(TokenBucket, FillsUpToItsBurst) {
  TokenBucket bucket({.rate = 2, .burst = 1}, kNow);
  EXPECT_EQ(bucket.Reserve(kNow), Milliseconds(0));

  EXPECT_EQ(bucket.Reserve(kNow + seconds(60)), Milliseconds(0));
  EXPECT_EQ(bucket.Reserve(kNow + seconds(60)), Milliseconds(500));
}

TEST(TokenBucket, HalvesItsRateWhenThrottledAndRecovers) {
  TokenBucket bucket({.rate = 2, .burst = 5}, kNow);

  bucket.Throttled(kNow);

  EXPECT_EQ(bucket.rate(), 1);
  EXPECT_EQ(bucket.Reserve(kNow), Milliseconds(1000));
  for (int i = 0; i < 30; ++i) bucket.Succeeded();
  EXPECT_EQ(bucket.rate(), 2);
}

TEST(TokenBucket, NeverStopsAltogether) {
  TokenBucket bucket({.rate = 2, .burst = 5}, kNow);

  for (int i = 0; i < 100; ++i) bucket.Throttled(kNow);

  EXPECT_GE(bucket.rate(), 0.1);
}

TEST(RateLimits, KeepAccountsRegionsAndOperationsApart) {
  RateLimits limits;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(limits.Reserve("1", "eu", "connect", "CreateQueue", kNow).count(), 0);
  }

  EXPECT_GT(limits.Reserve("1", "eu", "connect", "CreateQueue", kNow).count(), 0);
  EXPECT_EQ(limits.Reserve("2", "eu", "connect", "CreateQueue", kNow).count(), 0);
  EXPECT_EQ(limits.Reserve("1", "us", "connect", "CreateQueue", kNow).count(), 0);
  EXPECT_EQ(limits.Reserve("1", "eu", "connect", "CreatePrompt", kNow).count(), 0);
}

TEST(RateLimits, LimitAnOperationWithoutAQuotaOnceItWasThrottled) {
  RateLimits limits;
  EXPECT_EQ(limits.Reserve("1", "eu", "iam", "GetRole", kNow).count(), 0);

  limits.Throttled("1", "eu", "iam", "GetRole", kNow);

  EXPECT_EQ(limits.Reserve("1", "eu", "iam", "GetRole", kNow), Milliseconds(200));
}

TEST(RateLimits, TakeWhatAnAccountWasGranted) {
  RateLimits limits({{"connect:CreateQueue", {.rate = 20, .burst = 50}}});

  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(limits.Reserve("1", "eu", "connect", "CreateQueue", kNow).count(), 0);
  }

  EXPECT_EQ(limits.Reserve("1", "eu", "connect", "CreateQueue", kNow), Milliseconds(50));
}

TEST(Quotas, AreThoseOfTheGuide) {
  EXPECT_EQ(DocumentedQuota("connect", "CreateQueue")->rate, 2);
  EXPECT_EQ(DocumentedQuota("connect", "GetMetricData")->burst, 8);
  EXPECT_EQ(DocumentedQuota("connectparticipant", "SendMessage")->rate, 10);
  EXPECT_FALSE(DocumentedQuota("s3", "PutObject"));
}

// ---- retrying

TEST(BackOff, StaysBelowACeilingThatDoubles) {
  SeededRandom random(1);

  for (int i = 0; i < 200; ++i) {
    EXPECT_LE(BackOff(1, {}, random), seconds(1));
    EXPECT_LE(BackOff(3, {}, random), seconds(4));
    EXPECT_LE(BackOff(40, {}, random), seconds(20));
  }
}

TEST(BackOff, SpreadsOverTheWholeRange) {
  SeededRandom random(1);
  Milliseconds least = seconds(20);
  Milliseconds most(0);

  for (int i = 0; i < 500; ++i) {
    const Milliseconds wait = BackOff(40, {}, random);
    least = std::min(least, wait);
    most = std::max(most, wait);
  }

  EXPECT_LT(least, seconds(1));
  EXPECT_GT(most, seconds(19));
}

TEST(BackOff, DoesWhatTheAnswerAsksWithinReason) {
  SeededRandom random(1);

  EXPECT_EQ(BackOff(1, {{"Retry-After", "7"}}, random), seconds(7));
  EXPECT_EQ(BackOff(1, {{"Retry-After", "100000"}}, random), seconds(60));
  EXPECT_LE(BackOff(1, {{"Retry-After", "soon"}}, random), seconds(1));
}

TEST(Retrying, IsForThrottlesAndTransientFaults) {
  const Error throttled(ErrorKind::kThrottled, "slow");
  const Error unreached(ErrorKind::kUnreached, "no answer");
  const Error invalid(ErrorKind::kInvalid, "wrong");

  EXPECT_TRUE(IsWorthRetrying(throttled, 400));
  EXPECT_TRUE(IsWorthRetrying(unreached, 0));
  EXPECT_TRUE(IsWorthRetrying(unreached, 503));
  EXPECT_FALSE(IsWorthRetrying(unreached, 501));
  EXPECT_FALSE(IsWorthRetrying(invalid, 400));
  EXPECT_TRUE(IsWorthRetrying(Error(ErrorKind::kInvalid, "late").WithCode("RequestTimeout"), 400));
}

TEST(RetryBudget, IsUsedUpByFailuresAndPaidBackBySuccesses) {
  RetryBudget budget;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(budget.Take());
  EXPECT_FALSE(budget.Take());

  budget.Succeeded(true);

  EXPECT_TRUE(budget.Take());
  EXPECT_FALSE(budget.Take());
}

// ---- pages

const Page kTwoTokens{.input_tokens = {"KeyMarker", "UploadIdMarker"},
                      .output_tokens = {"NextKeyMarker", "NextUploadIdMarker"},
                      .limit = "",
                      .more = "IsTruncated",
                      .lists = {"Uploads"}};

TEST(Pages, CarryAllTokensOver) {
  json::Object input;

  EXPECT_TRUE(NextPage(kTwoTokens,
                       {{"IsTruncated", true}, {"NextKeyMarker", "k"}, {"NextUploadIdMarker", "u"}},
                       input));

  EXPECT_EQ(input, (json::Object{{"KeyMarker", "k"}, {"UploadIdMarker", "u"}}));
}

TEST(Pages, EndWhereTheAnswerSaysSo) {
  json::Object input;

  EXPECT_FALSE(NextPage(kTwoTokens, {{"IsTruncated", false}, {"NextKeyMarker", "k"}}, input));
  EXPECT_FALSE(NextPage(kTwoTokens, {{"IsTruncated", true}}, input));
}

TEST(Pages, EndWithAnEmptyToken) {
  const Page page{.input_tokens = {"NextToken"}, .output_tokens = {"NextToken"}};
  json::Object input;

  EXPECT_FALSE(NextPage(page, {{"NextToken", ""}}, input));
  EXPECT_FALSE(NextPage(page, {{"NextToken", nullptr}}, input));
}

TEST(Pages, GoOnBehindTheLastItemWhereThereIsNoToken) {
  const json::Object output{
      {"Contents", json::Array{json::Object{{"Key", "a"}}, json::Object{{"Key", "b"}}}}};

  const json::Value* token = FindByPath(output, "NextMarker || Contents[-1].Key");

  ASSERT_NE(token, nullptr);
  EXPECT_EQ(token->AsString(), "b");
}

TEST(Pages, JoinListsInsideStructures) {
  const Page page{.lists = {"Result.Items"}};
  json::Object first{{"Result", json::Object{{"Items", json::Array{1}}}}};

  JoinPage(page, first, {{"Result", json::Object{{"Items", json::Array{2, 3}}}}});

  EXPECT_EQ(FindByPath(first, "Result.Items")->AsArray().size(), 3U);
}

}  // namespace
}  // namespace trunkline::aws
