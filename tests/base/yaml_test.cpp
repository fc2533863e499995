#include "base/yaml.h"

#include <string>

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::yaml {
namespace {

std::string Read(std::string_view text, const ReadOptions& options = {}) {
  const Result<json::Value> value = Parse(text, options);
  return value ? json::Write(*value) : "error: " + value.error().message();
}

Result<json::Value> Tag(std::string_view tag, json::Value value) {
  if (tag == "Bad") return Error(ErrorKind::kInvalid, "'!Bad' is not a function");
  return json::Value(json::Object{{std::string(tag), std::move(value)}});
}

TEST(Yaml, ReadsMappingsSequencesAndBlocksOfText) {
  EXPECT_EQ(Read("a: 1\nb: [x, 'y', \"z\"]\nc: |\n  two\n  lines\n"),
            R"({"a":1,"b":["x","y","z"],"c":"two\nlines\n"})");
}

TEST(Yaml, TakesOnlyWhatJsonKnowsForSomethingElseThanText) {
  EXPECT_EQ(
      Read("[1, -2.5e3, true, null, ~, yes, on, 0123, 0x1f, 12:30, 2012-10-17, '1', !!str 2]"),
      R"([1,-2.5e3,true,null,null,"yes","on","0123","0x1f","12:30","2012-10-17","1","2"])");
}

TEST(Yaml, WritesKeysThatAreNotTextsAsTexts) {
  EXPECT_EQ(Read("200: a\ntrue: b\n"), R"({"200":"a","true":"b"})");
}

TEST(Yaml, ReadsNothingAsNull) {
  EXPECT_EQ(Read(""), "null");
}

TEST(Yaml, ReadsJson) {
  EXPECT_EQ(Read(R"({"a": [1, {"b": "c"}]})"), R"({"a":[1,{"b":"c"}]})");
}

TEST(Yaml, GivesLocalTagsToTheCaller) {
  EXPECT_EQ(Read("a: !Sub '${B}'\nc: !Select [0, !Ref D]", {.local_tag = Tag}),
            R"({"a":{"Sub":"${B}"},"c":{"Select":[0,{"Ref":"D"}]}})");
  EXPECT_EQ(Read("a:\n  - !Bad x", {.local_tag = Tag}),
            "error: '!Bad' is not a function, at line 2 column 5");
  EXPECT_EQ(Read("a: !Sub x"), "error: the tag '!Sub' is not known, at line 1 column 4");
}

TEST(Yaml, NamesTheSecondOfTwoKeys) {
  EXPECT_EQ(Read("a: 1\nb: 2\na: 3"), "error: the key 'a' stands twice, at line 3 column 1");
}

TEST(Yaml, SaysWhereItIsNotYaml) {
  EXPECT_EQ(Read("a: [1, 2\nb: 3"), "error: did not find expected ',' or ']', at line 2 column 2");
  EXPECT_EQ(Read("a: 1\n--- \nb: 2"),
            "error: expected one document but there is another, at line 2 column 1");
}

TEST(Yaml, RefusesAliasesUnlessAskedFor) {
  EXPECT_EQ(Read("a: &x 1\nb: *x"), "error: anchors are not taken here, at line 1 column 4");
  EXPECT_EQ(Read("a: &x {k: 1, l: 2}\nb: *x\nc: {<<: *x, l: 3}", {.aliases = true}),
            R"({"a":{"k":1,"l":2},"b":{"k":1,"l":2},"c":{"l":3,"k":1}})");
}

TEST(Yaml, CountsWhatAliasesStandForSoThatTheyCannotExplode) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    text += fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", i,
                        i - 1);
  }

  EXPECT_THAT(Read(text, {.aliases = true}),
              testing::StartsWith("error: more than 200000 values, at line 6"));
}

TEST(Yaml, BoundsTheDepth) {
  EXPECT_EQ(Read(std::string(200, '['), {}).substr(0, 30), "error: nested deeper than 100,");
}

TEST(Yaml, KnowsWhereValuesStand) {
  const std::string text = "ä: ö\nb:\n  ü: [1, x]\n";
  const Result<json::Value> value = Parse(text);
  ASSERT_TRUE(value);
  const json::Value& x = value->AsObject().GetObject("b").GetArray("ü").at(1);

  const Place place = json::Locate(text, x.offset(), "f");
  EXPECT_EQ(place.line, 3U);
  EXPECT_EQ(text.substr(x.offset(), 1), "x");
}

}  // namespace
}  // namespace trunkline::yaml
