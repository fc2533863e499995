#include "cloud/services/dynamodb/number.h"

#include <gmock/gmock.h>

namespace trunkline::cloud::dynamodb {
namespace {

using ::testing::HasSubstr;

Number Read(std::string_view text) {
  return Number::Parse(text).value();
}

TEST(DynamoDbNumber, HasOneTextForEachValue) {
  EXPECT_EQ(Read("1200").Text(), "1200");
  EXPECT_EQ(Read("0012.500").Text(), "12.5");
  EXPECT_EQ(Read("-.05").Text(), "-0.05");
  EXPECT_EQ(Read("1E3").Text(), "1000");
  EXPECT_EQ(Read("+1.5e-3").Text(), "0.0015");
  EXPECT_EQ(Read("-0.0").Text(), "0");
}

TEST(DynamoDbNumber, RefusesWhatIsNoNumber) {
  for (const std::string_view text : {"", "a", "1a", "1.2.3", "-", "1e", "NaN", "1 "})
    EXPECT_FALSE(Number::Parse(text)) << text;
  EXPECT_EQ(Number::Parse("x1").error().message,
            "The parameter cannot be converted to a numeric value: x1");
}

TEST(DynamoDbNumber, HasThirtyEightDigitsAndARange) {
  EXPECT_TRUE(Number::Parse(std::string(38, '9')));
  EXPECT_THAT(Number::Parse(std::string(39, '9')).error().message,
              HasSubstr("more than 38 significant digits"));
  EXPECT_TRUE(Number::Parse("9.9e125"));
  EXPECT_THAT(Number::Parse("1e126").error().message, HasSubstr("Number overflow"));
  EXPECT_TRUE(Number::Parse("1e-130"));
  EXPECT_THAT(Number::Parse("1e-131").error().message, HasSubstr("Number underflow"));
}

TEST(DynamoDbNumber, AddsExactly) {
  const auto add = [](std::string_view a, std::string_view b) {
    return Number::Add(Read(a), Read(b)).value().Text();
  };
  EXPECT_EQ(add("0.1", "0.2"), "0.3");
  EXPECT_EQ(add("999", "1"), "1000");
  EXPECT_EQ(add("5", "-7.5"), "-2.5");
  EXPECT_EQ(add("-3", "3"), "0");
  EXPECT_EQ(add("12345678901234567890123456789012345678", "-1"),
            "12345678901234567890123456789012345677");
  EXPECT_EQ(Number::Subtract(Read("1"), Read("0.999")).value().Text(), "0.001");
  EXPECT_FALSE(Number::Add(Read("1e38"), Read("1e-10")));
}

TEST(DynamoDbNumber, SortsByItsText) {
  const std::vector<std::string_view> ordered = {"-1e100", "-12", "-1.5", "-1.25", "-1",   "-0.5",
                                                 "-1e-9",  "0",   "1e-9", "0.5",   "1",    "1.25",
                                                 "1.5",    "9",   "10",   "12",    "1e100"};
  for (std::size_t i = 1; i < ordered.size(); ++i) {
    EXPECT_LT(Read(ordered[i - 1]).SortText(), Read(ordered[i]).SortText()) << ordered[i];
    EXPECT_LT(Read(ordered[i - 1]), Read(ordered[i])) << ordered[i];
  }
}

}  // namespace
}  // namespace trunkline::cloud::dynamodb
