#include "base/json.h"

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::json {
namespace {

TEST(Json, WritingWhatWasReadChangesOnlyWhiteSpace) {
  const std::string text = R"({"b":28.4,"a":[1E-1,-0,true,null,"\u00e9\n"],"c":{}})";

  const auto value = Parse(text);

  ASSERT_TRUE(value.ok());
  EXPECT_EQ(Write(*value), "{\"b\":28.4,\"a\":[1E-1,-0,true,null,\"\xC3\xA9\\n\"],\"c\":{}}");
}

TEST(Json, ADuplicateKeyIsAnErrorThatNamesIt) {
  const auto value = Parse("{\"a\": 1,\n \"a\": 2}");

  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.error().message(), "key 'a' stands twice in this object, at line 2 column 2");
}

TEST(Json, MistakesSayWhatWasExpectedAndWhere) {
  const auto message = [](std::string_view text) { return Parse(text).error().message(); };

  EXPECT_EQ(message(""), "expected a JSON value but got the end of the text, at line 1 column 1");
  EXPECT_EQ(message("{a: 1}"), "expected a key in double quotes but got 'a', at line 1 column 2");
  EXPECT_EQ(message("[1 2]"), "expected ',' or ']' in an array but got '2', at line 1 column 4");
  EXPECT_EQ(message("[01]"), "expected a number without leading zeros, at line 1 column 2");
  EXPECT_EQ(message("\"\\uD800\""),
            "expected the second half of a surrogate pair, at line 1 column 2");
  EXPECT_EQ(message("[1] x"), "expected the end of the document but got 'x', at line 1 column 5");
  EXPECT_EQ(message("{\"a\": 1,}"),
            "expected another item after ',' but got '}', at line 1 column 8");
}

TEST(Json, FilesOfPeopleMayHoldCommentsAndTrailingCommasWithAWarning) {
  const auto outcome = Read("{ // why\n  \"a\": 1, /* x */\n}\n", "c.json",
                            {.comments = true, .trailing_commas = true});

  ASSERT_TRUE(outcome.value.has_value());
  EXPECT_EQ(ToText(outcome.findings),
            "c.json:2:9: warning: a comma before a closing bracket is not JSON [TL-J002]\n"
            "   2 |   \"a\": 1, /* x */\n"
            "     |         ^ remove the comma\n");
}

TEST(Json, NestingIsBounded) {
  EXPECT_TRUE(Parse(std::string(200, '[') + std::string(200, ']')).ok());
  EXPECT_FALSE(Parse(std::string(201, '[') + std::string(201, ']')).ok());
}

TEST(Json, OtherBytesThanUtf8AreAnError) {
  EXPECT_FALSE(Parse("\"\xE9\"").ok());
  EXPECT_FALSE(Parse("\"\xED\xA0\x80\"").ok());
  EXPECT_TRUE(Parse("\"\xF0\x9F\x93\x9E\"").ok());
}

TEST(Json, AnObjectFindsItsKeysHoweverManyThereAre) {
  Object object;
  for (int i = 0; i < 100; ++i) object.Set("key" + std::to_string(i), i);

  object.Remove("key50");

  EXPECT_EQ(object.GetInt("key99"), 99);
  EXPECT_FALSE(object.Has("key50"));
  EXPECT_EQ(object.size(), 99U);
}

TEST(Json, SortedTextIsTheSameForEqualValues) {
  EXPECT_EQ(WriteSorted(*Parse(R"({"b":1,"a":{"d":2,"c":3}})")),
            WriteSorted(*Parse(R"({"a":{"c":3,"d":2},"b":1})")));
}

}  // namespace
}  // namespace trunkline::json
