// What is wrong with a pattern, and where; and what fits.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "cloud/event_pattern.h"

namespace trunkline::cloud {
namespace {

std::string Problem(std::string_view text, PatternDialect dialect = PatternDialect::kRules) {
  std::string problem;
  return ReadPattern(text, problem, dialect) ? "" : problem;
}

bool Fits(std::string_view pattern, std::string_view event) {
  std::string problem;
  const auto read = ReadPattern(pattern, problem);
  EXPECT_TRUE(read) << problem;
  return read && MatchesPattern(*read, json::Parse(event).value().AsObject());
}

struct WrongPattern {
  std::string_view text;
  std::string_view problem;
  int column;  // 0: no place is told
};

class WrongEventPatterns : public ::testing::TestWithParam<WrongPattern> {};

TEST_P(WrongEventPatterns, SayWhatAndWhere) {
  const WrongPattern& row = GetParam();
  std::string expected(row.problem);
  if (row.column != 0) {
    expected += "\n at [Source: (String)\"" + std::string(row.text) +
                "\"; line: 1, column: " + std::to_string(row.column) + "]";
  }
  EXPECT_EQ(Problem(row.text), expected);
}

// Columns as the service tells them: behind a token, a text's not yet read.
INSTANTIATE_TEST_SUITE_P(
    Rows, WrongEventPatterns,
    ::testing::Values(
        WrongPattern{R"({"n": 42})", R"("n" must be an object or an array)", 9},
        WrongPattern{R"({"s": "text"})", R"("s" must be an object or an array)", 8},
        WrongPattern{R"({"a": []})", "Empty arrays are not allowed", 9},
        WrongPattern{R"({"a":[["b"]]})", "Match value must be String, number, true, false, or null",
                     8},
        WrongPattern{R"({"a":[{"no":true}]})", "Unrecognized match type no", 17},
        WrongPattern{R"({"a":[{"suffix":"b","prefix":"c"}]})",
                     "Only one key allowed in match expression", 31},
        WrongPattern{R"({"a":[{"suffix":[]}]})", "suffix match pattern must be a string", 18},
        WrongPattern{R"({"a":[{"numeric":["o"]}]})", "Unrecognized numeric range operator: o", 23},
        WrongPattern{R"({"a":[{"numeric":["=","0"]}]})", "Value of equals must be numeric", 24},
        WrongPattern{R"({"a":[{"numeric":[">",3,"<",1]}]})", "Bottom must be less than top", 31},
        WrongPattern{R"({"a":[{"anything-but":{"wildcard":7}}]})",
                     "wildcard match pattern must be a string", 36},
        WrongPattern{R"({"a":[{"wildcard":"b**"}]})", "Consecutive wildcard characters at pos 2",
                     24},
        WrongPattern{R"({"a":[{"wildcard":"*:*:*:*:*:x"}]})",
                     "Rule is too complex - try using fewer wildcard characters or fewer repeating "
                     "character sequences after a wildcard character",
                     0},
        WrongPattern{R"({"a":[{"cidr":"10.0.0.0"}]})", "Malformed CIDR, one '/' required", 0},
        WrongPattern{R"({"a":[{"cidr":"x.1/8"}]})", "Nonstandard IP address: x.1", 0},
        WrongPattern{R"({'a': 1})",
                     "Unexpected character (''' (code 39)): was expecting double-quote to start "
                     "field name",
                     2},
        WrongPattern{R"({"a": word})",
                     "Unrecognized token 'word': was expecting (JSON String, Number, Array, Object "
                     "or token 'null', 'true' or 'false')",
                     11},
        WrongPattern{R"(["a"])", "Filter is not an object", 2}));

TEST(EventPatterns, OfTopicsSayItInTheirOwnWords) {
  EXPECT_EQ(Problem("{bad}", PatternDialect::kFilterPolicies),
            "failed to parse JSON. Unexpected character ('b' (code 98)): was expecting "
            "double-quote to start field name\n at [Source: REDACTED "
            "(`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]");
  EXPECT_THAT(
      Problem(R"({"a":[{"anything-but":{"suffix":"b"}}]})", PatternDialect::kFilterPolicies),
      ::testing::HasSubstr("Unsupported anything-but pattern: suffix"));
}

TEST(EventPatterns, InListsOfAnythingButThePlaceIsSaidTwice) {
  const std::string place =
      "\n at [Source: (String)\"{\"a\":[{\"anything-but\":{\"prefix\":[1]}}]}\"; line: 1, column: "
      "35]";
  EXPECT_EQ(Problem(R"({"a":[{"anything-but":{"prefix":[1]}}]})"),
            "prefix/suffix match pattern must be a string" + place + place);
}

TEST(EventPatterns, DotsJoinNames) {
  EXPECT_TRUE(Fits(R"({"a.b":["x"]})", R"({"a":{"b":"x"}})"));
  EXPECT_TRUE(Fits(R"({"a":{"b":["x"]}})", R"({"a.b":"x"})"));
  EXPECT_FALSE(Fits(R"({"a.b":["x"]})", R"({"a":{"b":"y"}})"));
}

TEST(EventPatterns, ListsWithinListsAreOne) {
  EXPECT_TRUE(Fits(R"({"a":["x"]})", R"({"a":[["y",["x"]]]})"));
  EXPECT_TRUE(Fits(R"({"a":{"b":["x"]}})", R"({"a":[[{"b":"x"}]]})"));
}

TEST(EventPatterns, AnEmptyListHoldsNothing) {
  EXPECT_FALSE(Fits(R"({"a":[null]})", R"({"a":[]})"));
  EXPECT_FALSE(Fits(R"({"a":[{"exists":true}]})", R"({"a":[]})"));
  EXPECT_TRUE(Fits(R"({"a":[{"exists":false}]})", R"({"a":{"b":1}})"));
}

TEST(EventPatterns, NothingIsAnythingButWhatIsThere) {
  EXPECT_TRUE(Fits(R"({"a":[{"anything-but":["x"]}]})", R"({"a":null})"));
  EXPECT_FALSE(Fits(R"({"a":[{"anything-but":["x"]}]})", R"({"b":1})"));
  EXPECT_TRUE(Fits(R"({"a":[{"anything-but":{"prefix":"x"}}]})", R"({"a":7})"));
}

TEST(EventPatterns, AKeySaidTwiceJoins) {
  EXPECT_FALSE(Fits(R"({"a":{"b":["x"]},"a":{"c":["y"]}})", R"({"a":{"c":"y"}})"));
}

}  // namespace
}  // namespace trunkline::cloud
