#include "cloud/schedule.h"

#include <gmock/gmock.h>

namespace trunkline::cloud {
namespace {

struct Case {
  const char* expression;
  const char* after;
  const char* next;  // empty: never again
};

class Schedules : public ::testing::TestWithParam<Case> {};

TEST_P(Schedules, TellTheNextTime) {
  const auto schedule = Schedule::Read(GetParam().expression);
  ASSERT_TRUE(schedule);

  const auto next = schedule->After(*ParseIso8601(GetParam().after));

  EXPECT_EQ(next ? ToIso8601(*next) : "", GetParam().next) << GetParam().expression;
}

INSTANTIATE_TEST_SUITE_P(
    All, Schedules,
    ::testing::Values(
        Case{"rate(5 minutes)", "2026-01-01T00:00:30Z", "2026-01-01T00:05:30Z"},
        Case{"rate(1 day)", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"},
        Case{"cron(0 12 * * ? *)", "2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z"},
        Case{"cron(0/15 8-9 ? * MON-FRI *)", "2026-01-02T09:45:00Z", "2026-01-05T08:00:00Z"},
        Case{"cron(0 0 L * ? *)", "2026-02-01T00:00:00Z", "2026-02-28T00:00:00Z"},
        Case{"cron(0 0 ? * 6L *)", "2026-01-01T00:00:00Z", "2026-01-30T00:00:00Z"},
        Case{"cron(0 0 ? * MON#2 *)", "2026-01-01T00:00:00Z", "2026-01-12T00:00:00Z"},
        Case{"cron(0 0 15W * ? *)", "2026-02-01T00:00:00Z", "2026-02-16T00:00:00Z"},
        Case{"cron(30 6 1 JAN ? 2028)", "2026-01-01T00:00:00Z", "2028-01-01T06:30:00Z"},
        Case{"cron(0 0 1 1 ? 2025)", "2026-01-01T00:00:00Z", ""},
        Case{"cron(0 0 30 2 ? *)", "2026-01-01T00:00:00Z", ""}));

class WrongSchedules : public ::testing::TestWithParam<const char*> {};

TEST_P(WrongSchedules, AreRefused) {
  EXPECT_FALSE(Schedule::Read(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(All, WrongSchedules,
                         ::testing::Values("", "rate(1 minutes)", "rate(5 minute)", "rate(0 days)",
                                           "rate(5 weeks)", "cron(* * * * * *)",
                                           "cron(60 0 * * ? *)", "cron(0 0 ? * MON#6 *)",
                                           "cron(0 0 * * ?)", "every day"));

}  // namespace
}  // namespace trunkline::cloud
