#include "base/clock.h"

#include <gmock/gmock.h>

namespace trunkline {
namespace {

using std::chrono::hours;

// 2026-11-22T20:35:18.123Z
constexpr TimePoint kTime = TimePoint(Milliseconds(1795379718123));
constexpr TimePoint kWholeSecond = TimePoint(Milliseconds(1795379718000));

TEST(Clock, WritesTimesInTheFormsOfTheWire) {
  EXPECT_EQ(ToIso8601(kWholeSecond), "2026-11-22T20:35:18Z");
  EXPECT_EQ(ToIso8601(kTime), "2026-11-22T20:35:18.123Z");
  EXPECT_EQ(ToIso8601Basic(kTime), "20261122T203518Z");
  EXPECT_EQ(ToHttpDate(kTime), "Sun, 22 Nov 2026 20:35:18 GMT");
  EXPECT_EQ(EpochSeconds(kWholeSecond), "1795379718");
  EXPECT_EQ(EpochSeconds(kTime), "1795379718.123");
}

TEST(Clock, ReadsWhatItWrites) {
  EXPECT_EQ(ParseIso8601(ToIso8601(kTime)), kTime);
  EXPECT_EQ(ParseIso8601(ToIso8601Basic(kTime)), kWholeSecond);
  EXPECT_EQ(ParseHttpDate(ToHttpDate(kTime)), kWholeSecond);
  EXPECT_EQ(FromEpochSeconds(1795379718.123), kTime);
}

TEST(Clock, ReadsOffsetsAndLongFractions) {
  EXPECT_EQ(ParseIso8601("2026-11-22T22:35:18+02:00"), kWholeSecond);
  EXPECT_EQ(ParseIso8601("2026-11-22T15:05:18-0530"), kWholeSecond);
  EXPECT_EQ(ParseIso8601("2026-11-22T20:35:18.123999Z"), kTime);
}

TEST(Clock, TimesBefore1970KeepTheirSign) {
  const TimePoint before = TimePoint(Milliseconds(-500));

  EXPECT_EQ(ToIso8601(before), "1969-12-31T23:59:59.500Z");
  EXPECT_EQ(EpochSeconds(before), "-0.500");
}

class NotATime : public testing::TestWithParam<const char*> {};

TEST_P(NotATime, IsRefused) {
  EXPECT_EQ(ParseIso8601(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Iso8601, NotATime,
                         testing::Values("", "2026-11-22", "2026-11-22T20:35:18",
                                         "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
                                         "2026-11-22T24:00:00Z", "2026-11-22T20:60:00Z",
                                         "2026-11-22T20:35:18.Z", "2026-11-22T20:35:18Zx",
                                         "20261122T20:35:18Z"));

TEST(Clock, AnHttpDateOfAnotherFormIsRefused) {
  EXPECT_EQ(ParseHttpDate("Sunday, 22-Nov-26 20:35:18 GMT"), std::nullopt);
  EXPECT_EQ(ParseHttpDate("Sun, 22 Nov 2026 20:35:18 CET"), std::nullopt);
}

TEST(Clock, DurationsReadAsPeopleSayThem) {
  EXPECT_EQ(ToDurationText(Milliseconds(40)), "40 ms");
  EXPECT_EQ(ToDurationText(Milliseconds(400)), "0.4 s");
  EXPECT_EQ(ToDurationText(Milliseconds(9'960)), "10 s");
  EXPECT_EQ(ToDurationText(Milliseconds(12'100)), "12 s");
  EXPECT_EQ(ToDurationText(Milliseconds(185'000)), "3 min 5 s");
  EXPECT_EQ(ToDurationText(hours(2) + std::chrono::minutes(4)), "2 h 4 min");
  EXPECT_EQ(ToDurationText(std::chrono::minutes(5)), "5 min");
  EXPECT_EQ(ToDurationText(hours(6)), "6 h");
}

TEST(Clock, AManualClockTicksWhenTold) {
  ManualClock clock(kTime);

  clock.Advance(hours(1));

  EXPECT_EQ(clock.Now(), kTime + hours(1));
}

}  // namespace
}  // namespace trunkline
