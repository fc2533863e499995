#include "sim/slot_values.h"

#include <gmock/gmock.h>

#include "sim/bot.h"

namespace trunkline::sim {
namespace {

using ::testing::ElementsAre;

TimePoint Sunday() {
  return *ParseIso8601("2026-11-22T12:00:00Z");
}

std::string Text(const std::optional<SlotFill>& fill) {
  return fill ? fill->interpreted.value_or("?") : "none";
}

TEST(SlotValues, NumbersInWordsAndFigures) {
  const auto number = [](std::string_view text) {
    return ReadNumber(text, Language::kEnglish).value_or("none");
  };

  EXPECT_EQ(number("42"), "42");
  EXPECT_EQ(number("1,234"), "1234");
  EXPECT_EQ(number("4.50"), "4.50");
  EXPECT_EQ(number("one hundred and twenty three point four"), "123.4");
  EXPECT_EQ(number("minus fifteen"), "-15");
  EXPECT_EQ(number("two thousand and five"), "2005");
  EXPECT_EQ(number("three hundred thousand"), "300000");
  EXPECT_EQ(number("one two three"), "123");
  EXPECT_EQ(number("sales"), "none");
  EXPECT_EQ(number("1.2.3"), "none");
  EXPECT_EQ(number(""), "none");
}

TEST(SlotValues, SpanishNumbers) {
  const auto number = [](std::string_view text) {
    return ReadNumber(text, Language::kSpanish).value_or("none");
  };

  EXPECT_EQ(number("treinta y dos"), "32");
  EXPECT_EQ(number("dos mil quinientos"), "2500");
  EXPECT_EQ(number("veintitrés"), "23");
  EXPECT_EQ(number("tres punto cinco"), "3.5");
}

TEST(SlotValues, DatesCountFromToday) {
  const auto date = [](std::string_view text) {
    return Text(ReadDate(text, Language::kEnglish, Sunday()));
  };

  EXPECT_EQ(date("today"), "2026-11-22");
  EXPECT_EQ(date("tomorrow"), "2026-11-23");
  EXPECT_EQ(date("the day after tomorrow"), "2026-11-24");
  EXPECT_EQ(date("on friday"), "2026-11-27");
  EXPECT_EQ(date("next sunday"), "2026-11-29");
  EXPECT_EQ(date("next week"), "2026-11-29");
  EXPECT_EQ(date("next month"), "2026-12-31");
  EXPECT_EQ(date("December 24th"), "2026-12-24");
  EXPECT_EQ(date("the twenty fourth of december"), "2026-12-24");
  EXPECT_EQ(date("march 1"), "2027-03-01");
  EXPECT_EQ(date("march 1 2028"), "2028-03-01");
  EXPECT_EQ(date("2026-12-24"), "2026-12-24");
  EXPECT_EQ(date("12/24/2026"), "2026-12-24");
  EXPECT_EQ(date("february 30"), "none");
  EXPECT_EQ(date("soon"), "none");
}

TEST(SlotValues, SpanishDates) {
  const auto date = [](std::string_view text) {
    return Text(ReadDate(text, Language::kSpanish, Sunday()));
  };

  EXPECT_EQ(date("mañana"), "2026-11-23");
  EXPECT_EQ(date("pasado mañana"), "2026-11-24");
  EXPECT_EQ(date("el viernes"), "2026-11-27");
  EXPECT_EQ(date("24 de diciembre"), "2026-12-24");
  EXPECT_EQ(date("24/12/2026"), "2026-12-24");
}

TEST(SlotValues, TimesOfTheDay) {
  const auto time = [](std::string_view text) { return Text(ReadTime(text, Language::kEnglish)); };

  EXPECT_EQ(time("5 pm"), "17:00");
  EXPECT_EQ(time("5pm"), "17:00");
  EXPECT_EQ(time("12 am"), "00:00");
  EXPECT_EQ(time("17:30"), "17:30");
  EXPECT_EQ(time("five thirty in the morning"), "05:30");
  EXPECT_EQ(time("half past five in the afternoon"), "17:30");
  EXPECT_EQ(time("quarter to six am"), "05:45");
  EXPECT_EQ(time("noon"), "12:00");
  EXPECT_EQ(time("midnight"), "00:00");
  EXPECT_EQ(time("25:00"), "none");
  EXPECT_EQ(Text(ReadTime("las cinco y media de la tarde", Language::kSpanish)), "17:30");
}

TEST(SlotValues, AnAmbiguousTimeResolvesToBothHours) {
  const auto fill = ReadTime("at five", Language::kEnglish);

  ASSERT_TRUE(fill);
  EXPECT_EQ(fill->interpreted, std::nullopt);
  EXPECT_THAT(fill->resolved, ElementsAre("05:00", "17:00"));
}

std::string Value(std::string_view type, std::string_view text) {
  const BotLocale locale{
      .locale_id = "en_US",
      .slot_types = {
          {.name = "Department",
           .resolution = SlotType::Resolution::kTopResolution,
           .values = {{"Sales", {"buying", "new orders"}}, {"Finance", {"billing"}}}},
          {.name = "Said", .values = {{"Sales", {"buying"}}}},
          {.name = "Plate", .parent = "AMAZON.AlphaNumeric", .regex = "[A-Z]{2}[0-9]{2}"}}};
  const auto match = MatchSlotValue(locale, type, text, Sunday());
  return match ? match->fill.interpreted.value_or("?") : "none";
}

TEST(SlotValues, CustomTypesTakeSynonymsAndMistakes) {
  EXPECT_EQ(Value("Department", "sales"), "Sales");
  EXPECT_EQ(Value("Department", "new order"), "Sales");
  EXPECT_EQ(Value("Department", "biling"), "Finance");
  EXPECT_EQ(Value("Department", "parking"), "none");
  EXPECT_EQ(Value("Said", "buying"), "buying");
}

TEST(SlotValues, BuiltInTypes) {
  EXPECT_EQ(Value("AMAZON.PhoneNumber", "+1 (555) 010-0199"), "+15550100199");
  EXPECT_EQ(Value("AMAZON.PhoneNumber", "five five five zero one zero zero"), "5550100");
  EXPECT_EQ(Value("AMAZON.PhoneNumber", "hello"), "none");
  EXPECT_EQ(Value("AMAZON.EmailAddress", "Ada at example dot com"), "ada@example.com");
  EXPECT_EQ(Value("AMAZON.EmailAddress", "nobody"), "none");
  EXPECT_EQ(Value("AMAZON.Confirmation", "Yeah"), "Yes");
  EXPECT_EQ(Value("AMAZON.Confirmation", "I don't know"), "Don't know");
  EXPECT_EQ(Value("AMAZON.AlphaNumeric", "a b one 2"), "ab12");
  EXPECT_EQ(Value("AMAZON.FirstName", "Ada"), "Ada");
  EXPECT_EQ(Value("AMAZON.Duration", "ten minutes"), "none");
  EXPECT_EQ(Value("Plate", "ab 12"), "ab12");
  EXPECT_EQ(Value("Plate", "abc"), "none");
}

TEST(SlotValues, WhatIsNotUnderstoodIsNamed) {
  const BotLocale locale{
      .locale_id = "en_US",
      .intents = {{.name = "Wait", .slots = {{.name = "HowLong", .type = "AMAZON.Duration"}}},
                  {.name = "Ask", .parent = "AMAZON.QnAIntent"},
                  {.name = "Go", .slots = {{.name = "Where", .type = "Place"}}}}};

  EXPECT_THAT(NotUnderstood(locale),
              ElementsAre("slot 'HowLong' of intent 'Wait' has type 'AMAZON.Duration', which is "
                          "not understood here",
                          "intent 'Ask' is derived from AMAZON.QnAIntent, which is not simulated",
                          "slot 'Where' of intent 'Go' has type 'Place', which does not exist"));
}

}  // namespace
}  // namespace trunkline::sim
