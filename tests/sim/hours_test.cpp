#include "sim/hours.h"

#include <gmock/gmock.h>

#include "base/json_read.h"

namespace trunkline::sim {
namespace {

TimePoint At(std::string_view text) {
  return *ParseIso8601(text);
}

HoursOfOperation Office() {
  HoursOfOperation hours{.name = "Office", .time_zone = "Europe/Berlin"};
  for (const Day day :
       {Day::kMonday, Day::kTuesday, Day::kWednesday, Day::kThursday, Day::kFriday}) {
    hours.slots.push_back({.day = day, .start = 9 * 60, .end = 17 * 60});
  }
  return hours;
}

bool Open(const HoursOfOperation& hours, std::string_view time) {
  return *IsOpen(hours, At(time));
}

TEST(Hours, CountInTheirOwnTimeZone) {
  // Berlin is one hour ahead of UTC in winter, two in summer.
  EXPECT_TRUE(Open(Office(), "2026-01-05T08:00:00Z"));
  EXPECT_FALSE(Open(Office(), "2026-01-05T07:59:59Z"));
  EXPECT_TRUE(Open(Office(), "2026-07-06T07:00:00Z"));
  EXPECT_FALSE(Open(Office(), "2026-07-06T15:00:00Z"));
}

TEST(Hours, AreClosedOnADayWithoutASlot) {
  EXPECT_FALSE(Open(Office(), "2026-01-04T12:00:00Z"));
}

TEST(Hours, MidnightToMidnightIsTheWholeDay) {
  const HoursOfOperation sunday{.time_zone = "UTC", .slots = {{.day = Day::kSunday}}};

  EXPECT_TRUE(Open(sunday, "2026-01-04T00:00:00Z"));
  EXPECT_TRUE(Open(sunday, "2026-01-04T23:59:00Z"));
  EXPECT_FALSE(Open(sunday, "2026-01-05T00:00:00Z"));
}

TEST(Hours, ASlotMayRunPastMidnight) {
  const HoursOfOperation night{.time_zone = "UTC",
                               .slots = {{.day = Day::kFriday, .start = 22 * 60, .end = 6 * 60}}};

  EXPECT_TRUE(Open(night, "2026-01-02T23:00:00Z"));
  EXPECT_TRUE(Open(night, "2026-01-03T05:59:00Z"));
  EXPECT_FALSE(Open(night, "2026-01-03T06:00:00Z"));
  EXPECT_FALSE(Open(night, "2026-01-02T05:00:00Z"));
}

TEST(Hours, AnOverrideReplacesTheWeekOnItsDates) {
  HoursOfOperation hours = Office();
  hours.overrides = {{.name = "Christmas", .from = "2026-12-24", .until = "2026-12-26"},
                     {.name = "Inventory",
                      .from = "2026-12-28",
                      .until = "2026-12-28",
                      .slots = {{.day = Day::kMonday, .start = 12 * 60, .end = 13 * 60}}}};

  EXPECT_FALSE(Open(hours, "2026-12-24T10:00:00Z"));
  EXPECT_FALSE(Open(hours, "2026-12-28T10:00:00Z"));
  EXPECT_TRUE(Open(hours, "2026-12-28T11:30:00Z"));
  EXPECT_TRUE(Open(hours, "2026-12-29T10:00:00Z"));
}

TEST(Hours, AnUnknownTimeZoneIsAnError) {
  const HoursOfOperation hours{.time_zone = "Europe/Atlantis"};

  const auto open = IsOpen(hours, At("2026-01-05T08:00:00Z"));

  ASSERT_FALSE(open.ok());
  EXPECT_EQ(open.error().message(),
            "time zone 'Europe/Atlantis' is not known: expected a name of the tz database like "
            "'Europe/Berlin'");
}

TEST(Hours, AreReadFromTheWire) {
  const auto config = json::Parse(
      R"([{"Day":"MONDAY","StartTime":{"Hours":9,"Minutes":0},"EndTime":{"Hours":17,"Minutes":30}}])");

  const auto slots = ReadSlots(config->AsArray());

  ASSERT_TRUE(slots.ok());
  ASSERT_EQ(slots->size(), 1U);
  EXPECT_EQ(slots->front().end, 17 * 60 + 30);
}

TEST(Hours, ATimeBeyondTheDayIsAnError) {
  const auto config = json::Parse(
      R"([{"Day":"MONDAY","StartTime":{"Hours":9,"Minutes":0},"EndTime":{"Hours":24,"Minutes":0}}])");

  const auto slots = ReadSlots(config->AsArray());

  ASSERT_FALSE(slots.ok());
  EXPECT_EQ(slots.error().message(),
            "expected a time with Hours from 0 to 23 and Minutes from 0 to 59");
}

}  // namespace
}  // namespace trunkline::sim
